"""Numbers of a certificate beside those of earlier ones of its month. Pure.

Whoever holds two certificates of one month takes one from the other: what differs by a small number
is withheld, and so is what was withheld before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from vcs.small_numbers.withheld import WITHHELD, Cell, Shown, Tie, is_small, withhold

ALL: Final[Cell] = ("all", "")
OURS: Final[Cell] = ("ours", "")
BOTH: Final[Cell] = ("both", "")
EITHER: Final[Cell] = ("either", "")
IN_ONE: Final[Cell] = ("in one", "")

Told = Mapping[str, Any]
"""What a certificate says, or a part of it."""

Numbers = Mapping[Cell, Shown]


def shown_beside(
    numbers: Mapping[Cell, int], ties: Iterable[Tie], earlier: Iterable[Numbers]
) -> dict[Cell, Shown]:
    """Return each number as it may be shown beside all the others, and beside earlier ones."""
    forced = {
        cell
        for before in earlier
        for cell, number in numbers.items()
        if number and cell in before and _tells(before[cell], number)
    }
    hidden = withhold(numbers, ties, frozenset(forced))
    return {cell: WITHHELD if cell in hidden else number for cell, number in numbers.items()}


def _tells(before: Shown, now: int) -> bool:
    """Say whether a number beside an earlier one gives a small one away."""
    return not isinstance(before, int) or is_small(abs(before - now))


def of_list_before(certificates: Iterable[Told], reference: str) -> Iterator[Numbers]:
    """Give the numbers of a list on earlier certificates, by the cells that count it today."""
    for told in certificates:
        yield from (_of_list(one) for one in told["lists"] if one["reference"] == reference)


def _of_list(one: Told) -> Numbers:
    return {
        ALL: one["lines"],
        BOTH: one["eligible_in_both"],
        EITHER: one["eligible_in_either"],
        **{("ended", name): count for name, count in one["ended"].items()},
        **{(row["ended"], row["reason"]): row["lines"] for row in one["by_reason"]},
        **{("ours", row["reason"]): row["lines"] for row in one["in_ours_and_not_in_the_list"]},
    }


def of_each_before(certificates: Iterable[Told], name: str) -> Iterator[Numbers]:
    """Give what was counted under a name by each of its columns on earlier certificates."""
    for told in certificates:
        # Before decision 237 each one was named, and nothing was withheld.
        if isinstance(told[name], Mapping):
            yield _of_each(told[name])


def _of_each(found: Told) -> Numbers:
    columns = ((name, each) for name, each in found.items() if name != "all")
    return {ALL: found["all"]} | {
        (column, key): count for column, each in columns for key, count in each.items()
    }


def alone_before(certificates: Sequence[Told], *path: str) -> Iterator[Numbers]:
    """Give a number that stands for itself on earlier certificates."""
    for told in certificates:
        value: Any = told
        for name in path:
            value = value[name]
        if value is not None:
            yield {ALL: value}
