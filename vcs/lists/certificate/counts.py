"""Counts as a certificate shows them: small ones withheld, with what would give them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from vcs.lists.endings import Ends
from vcs.lists.reads import EndedCount
from vcs.small_numbers.withheld import Cell, Shown, Tie, shown_with

_ALL: Final[Cell] = ("all", "")
_OURS: Final[Cell] = ("ours", "")
_BOTH: Final[Cell] = ("both", "")
_EITHER: Final[Cell] = ("either", "")
_IN_ONE: Final[Cell] = ("in one", "")


def alone(number: int) -> Shown:
    """Return one number that stands for itself."""
    return shown_with({_ALL: number}, ())[_ALL]


def of_list(counts: Sequence[EndedCount], in_both: int, in_either: int) -> dict[str, Any]:
    """Return how the lines of a list ended, and how far it agrees with us, withheld together."""
    theirs = [one for one in counts if not one.of_ours]
    ours = [one for one in counts if one.of_ours]
    ended = Counter[str]({str(one): 0 for one in Ends})
    for one in theirs:
        ended[one.ends_as] += one.count
    numbers: dict[Cell, int] = {_ALL: ended.total(), _OURS: sum(one.count for one in ours)}
    numbers |= {("ended", name): count for name, count in ended.items()}
    numbers |= {_cell(one): one.count for one in counts}
    numbers |= {_BOTH: in_both, _EITHER: in_either, _IN_ONE: in_either - in_both}
    shown = shown_with(numbers, _ties(theirs, ours))
    return {
        "lines": shown[_ALL],
        "ended": {str(one): shown["ended", str(one)] for one in Ends},
        "by_reason": [_reason(one, shown) for one in theirs],
        "in_ours_and_not_in_the_list": [_reason(one, shown) for one in ours],
        "eligible_in_both": shown[_BOTH],
        "eligible_in_either": shown[_EITHER],
    }


def _ties(theirs: Sequence[EndedCount], ours: Sequence[EndedCount]) -> list[Tie]:
    ended = tuple(("ended", str(one)) for one in Ends)
    parts = {one: tuple(_cell(each) for each in theirs if each.ends_as == one) for one in Ends}
    told = [Tie((("ended", str(one)),), cells) for one, cells in parts.items() if cells]
    return [
        Tie((_ALL,), ended),
        Tie((_OURS,), tuple(map(_cell, ours))),
        Tie((_EITHER,), (_BOTH, _IN_ONE)),
        *told,
    ]


def _cell(one: EndedCount) -> Cell:
    return ("ours" if one.of_ours else one.ends_as, one.reason)


def _reason(one: EndedCount, shown: Mapping[Cell, Shown]) -> dict[str, Any]:
    second = {"second_person": "wanted" if one.needs_second else "looked"}
    is_second = one.needs_second or one.checked_by
    told = {"ended": one.ends_as, "reason": one.reason, "lines": shown[_cell(one)]}
    return told | (second if is_second else {})


def by_each(rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Count rows in all and by each of their columns, for example by region and by law.

    Each column adds up to the whole. Rows have the same columns; no column is called ``all``.
    """
    every = list(rows)
    columns = tuple(every[0]) if every else ()
    numbers: dict[Cell, int] = {_ALL: len(every)}
    ties = []
    for column in columns:
        found = Counter((column, row[column]) for row in every)
        numbers |= found
        ties.append(Tie((_ALL,), tuple(found)))
    shown = shown_with(numbers, ties)
    return {
        "all": shown[_ALL],
        **{
            column: {key: count for (axis, key), count in sorted(shown.items()) if axis == column}
            for column in columns
        },
    }
