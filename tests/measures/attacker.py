"""Somebody who holds every published output, and solves them all together.

Cases are of classes: a place, a month, what became of them. The attacker knows the classes and not
how many cases each has. Each output is a sum over classes with the number that was shown; what
follows from the sums is what any additions and subtractions of outputs can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import product

_PRIME = (1 << 61) - 1
"""Rows are reduced modulo a prime: exact but for a chance that no test will live to see."""


@dataclass(frozen=True, slots=True)
class Output:
    """One number of one output: its name, the classes it adds up, how many, and whether shown."""

    name: str
    classes: frozenset[int]
    count: int
    is_shown: bool

    @property
    def is_small(self) -> bool:
        """Say whether it counts from 1 to 4 cases."""
        return 0 < self.count < 5


def given_away(outputs: Iterable[Output]) -> list[str]:
    """Return the small numbers that are shown or follow from others that are."""
    every = list(outputs)
    shown = [one for one in every if one.is_shown]
    # Where 0 is shown, no class in it has a case.
    empty = frozenset(at for one in shown if not one.count for at in one.classes)
    rows = _reduced({one.classes - empty for one in shown})
    small = {one.name: one.classes - empty for one in every if one.is_small}
    return sorted(name for name, classes in small.items() if not _rest(classes, rows))


def withheld_in_vain(outputs: Iterable[Output]) -> list[str]:
    """Return the numbers that were withheld and follow from others that are shown."""
    every = list(outputs)
    names = {one.name for one in every if one.is_shown}
    asked = [replace(one, count=1) for one in every if one.count and one.name not in names]
    return given_away([*(one for one in every if one.is_shown), *asked])


def differing_by_few(outputs: Iterable[Output]) -> list[str]:
    """Return the shown numbers that are part of another, and differ from it by 1 to 4."""
    shown = [one for one in outputs if one.is_shown]
    return sorted(
        f"{one.name} of {other.name}"
        for one, other in product(shown, shown)
        if 0 < other.count - one.count < 5 and one.classes < other.classes
    )


_Row = dict[int, int]


def _reduced(sets: Collection[frozenset[int]]) -> dict[int, _Row]:
    rows: dict[int, _Row] = {}
    for classes in sorted(sets, key=lambda one: (len(one), sorted(one))):
        left = _rest(classes, rows)
        if left:
            lead = min(left)
            inverse = pow(left[lead], -1, _PRIME)
            rows[lead] = {at: value * inverse % _PRIME for at, value in left.items()}
    return rows


def _rest(classes: frozenset[int], rows: dict[int, _Row]) -> _Row:
    """Return what is left of a sum after everything that is known is taken off."""
    left = dict.fromkeys(classes, 1)
    for lead in sorted(rows):
        if by := left.get(lead):
            for at, value in rows[lead].items():
                new = (left.get(at, 0) - by * value) % _PRIME
                if new:
                    left[at] = new
                else:
                    left.pop(at, None)
    return left
