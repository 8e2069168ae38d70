"""Counts as a certificate shows them: small ones withheld, with what would give them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vcs.lists.certificate.shown import (
    ALL,
    BOTH,
    EITHER,
    IN_ONE,
    OURS,
    Numbers,
    shown_beside,
)
from vcs.lists.endings import Ends
from vcs.lists.reads import EndedCount
from vcs.small_numbers.withheld import Cell, Shown, Tie


def alone(number: int, earlier: Iterable[Numbers] = ()) -> Shown:
    """Return one number that stands for itself, beside what earlier certificates said."""
    return shown_beside({ALL: number}, (), earlier)[ALL]


def of_list(
    counts: Sequence[EndedCount], in_both: int, in_either: int, earlier: Iterable[Numbers] = ()
) -> dict[str, Any]:
    """Return how the lines of a list ended, and how far it agrees with us, withheld together."""
    theirs = [one for one in counts if not one.of_ours]
    ours = [one for one in counts if one.of_ours]
    ended = Counter[str]({str(one): 0 for one in Ends})
    for one in theirs:
        ended[one.ends_as] += one.count
    numbers: dict[Cell, int] = {ALL: ended.total(), OURS: sum(one.count for one in ours)}
    numbers |= {("ended", name): count for name, count in ended.items()}
    numbers |= {_cell(one): one.count for one in counts}
    numbers |= {BOTH: in_both, EITHER: in_either, IN_ONE: in_either - in_both}
    shown = shown_beside(numbers, _ties(theirs, ours), earlier)
    return {
        "lines": shown[ALL],
        "ended": {str(one): shown["ended", str(one)] for one in Ends},
        "by_reason": [_reason(one, shown) for one in theirs],
        "in_ours_and_not_in_the_list": [_reason(one, shown) for one in ours],
        "eligible_in_both": shown[BOTH],
        "eligible_in_either": shown[EITHER],
    }


def _ties(theirs: Sequence[EndedCount], ours: Sequence[EndedCount]) -> list[Tie]:
    ended = tuple(("ended", str(one)) for one in Ends)
    parts = {one: tuple(_cell(each) for each in theirs if each.ends_as == one) for one in Ends}
    told = [Tie((("ended", str(one)),), cells) for one, cells in parts.items() if cells]
    return [
        Tie((ALL,), ended),
        Tie((OURS,), tuple(map(_cell, ours))),
        Tie((EITHER,), (BOTH, IN_ONE)),
        *told,
    ]


def _cell(one: EndedCount) -> Cell:
    return ("ours" if one.of_ours else one.ends_as, one.reason)


def _reason(one: EndedCount, shown: Mapping[Cell, Shown]) -> dict[str, Any]:
    second = {"second_person": "wanted" if one.needs_second else "looked"}
    is_second = one.needs_second or one.checked_by
    told = {"ended": one.ends_as, "reason": one.reason, "lines": shown[_cell(one)]}
    return told | (second if is_second else {})


def by_each(rows: Iterable[Mapping[str, str]], earlier: Iterable[Numbers] = ()) -> dict[str, Any]:
    """Count rows in all and by each of their columns, for example by region and by law.

    Each column adds up to the whole. Rows have the same columns; no column is called ``all``.
    """
    every = list(rows)
    columns = tuple(every[0]) if every else ()
    numbers: dict[Cell, int] = {ALL: len(every)}
    ties = []
    for column in columns:
        found = Counter((column, row[column]) for row in every)
        numbers |= found
        ties.append(Tie((ALL,), tuple(found)))
    shown = shown_beside(numbers, ties, earlier)
    return {
        "all": shown[ALL],
        **{
            column: {key: count for (axis, key), count in sorted(shown.items()) if axis == column}
            for column in columns
        },
    }
