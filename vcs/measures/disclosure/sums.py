"""What follows from numbers that are known, by any additions and subtractions of them. Pure.

A number is a sum of steps: how far a count had come by one day, less how far by another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

_PRIME: Final = (1 << 61) - 1
"""Sums are reduced modulo a prime: exact, but for a chance that nobody lives to see."""

Step = tuple[Hashable, int]
"""How far a count had come: which count, and its number. At 0 it is no step: all know it."""

Form = Mapping[Step, int]
"""A number as so many times each step."""

Rest = Mapping[Step, int]
"""What of a step is unknown: so many times each step that nothing known is solved for."""

_Name = TypeVar("_Name", bound=Hashable)


class Sums:
    """What is unknown of each step beside all sums that are known."""

    def __init__(self) -> None:
        self._rests: dict[Step, Rest] = {}
        self._users: dict[Step, set[Step]] = defaultdict(set)

    def know(self, step: Step) -> None:
        """Take note of a step of which nothing is known."""
        if step not in self._rests:
            self._keep(step, {step: 1})

    def rest(self, step: Step) -> Rest:
        """Return what is unknown of a step. Two with one rest differ by a number that is known."""
        return self._rests[step] if step[1] else {}

    def left(self, form: Form) -> Rest:
        """Return what is unknown of a number: nothing where it follows from what is known."""
        found: dict[Step, int] = {}
        for step, by in form.items():
            _add(found, self._rests[step], by)
        return found

    def add(self, form: Form) -> Mapping[Step, Rest]:
        """Add a number that is known. Return what was unknown before of each step that it tells."""
        left = self.left(form)
        if not left:
            return {}
        solved = min(left, key=lambda step: len(self._users[step]))
        by = pow(-left[solved], -1, _PRIME)
        known = _times({step: value for step, value in left.items() if step != solved}, by)
        before = {step: self._rests[step] for step in self._users[solved]}
        for step, rest in before.items():
            new = dict(rest)
            _add(new, known, new.pop(solved))
            self._keep(step, new)
        return before

    def undo(self, before: Mapping[Step, Rest]) -> None:
        """Forget what was added last."""
        for step, rest in before.items():
            self._keep(step, rest)

    def _keep(self, step: Step, rest: Rest) -> None:
        was = self._rests.get(step, {})
        for one in was.keys() - rest.keys():
            self._users[one].discard(step)
        for one in rest.keys() - was.keys():
            self._users[one].add(step)
        self._rests[step] = rest


def dependencies(parts: Mapping[_Name, Iterable[Hashable]]) -> list[dict[_Name, int]]:
    """Return how sets hang together: each way in which so many times each set are nothing."""
    rows: dict[Hashable, tuple[dict[Hashable, int], dict[_Name, int]]] = {}
    found = []
    for name, atoms in parts.items():
        left, made = dict.fromkeys(atoms, 1), {name: 1}
        while (lead := next((one for one in left if one in rows), None)) is not None:
            by = -left[lead]
            _add(left, rows[lead][0], by)
            _add(made, rows[lead][1], by)
        if not left:
            found.append(made)
            continue
        lead, value = next(iter(left.items()))
        by = pow(value, -1, _PRIME)
        rows[lead] = _times(left, by), _times(made, by)
    return found


def _add(row: dict[_Name, int], other: Mapping[_Name, int], by: int) -> None:
    for name, value in other.items():
        new = (row.get(name, 0) + by * value) % _PRIME
        if new:
            row[name] = new
        else:
            row.pop(name, None)


def _times(row: Mapping[_Name, int], by: int) -> dict[_Name, int]:
    return {name: value * by % _PRIME for name, value in row.items()}
