"""Nobody who holds every output of a year solves for a number that is small or was withheld."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest

from vcs.measures.disclosure.audit import Span
from vcs.measures.disclosure.overlapping import DENOMINATOR, Before, Case, Events, History
from vcs.measures.disclosure.tallies import WHOLE, tallied
from vcs.measures.facts import Fact, LeftOut, Place
from vcs.measures.hidden import hidden_of_events

YEAR = [date(2026, 4 + n, 1) if n < 9 else date(2027, n - 8, 1) for n in range(13)]

PERIODS: list[Span] = [
    *((YEAR[n], YEAR[n + 1]) for n in range(12)),
    *((YEAR[n], YEAR[n + 3]) for n in range(0, 12, 3)),
    (YEAR[0], YEAR[12]),
    (YEAR[2], YEAR[8]),
    (YEAR[9], YEAR[12]),
]
"""Each month, quarter and the financial year, and two periods that somebody made up."""


def publish(days: list[date], periods: Iterable[Span]) -> dict[Span, int | None]:
    """Show one number after the other as the program would; None where it is withheld."""
    book = Events([Case((WHOLE,), day, counts=False) for day in days])
    found: dict[Span, int | None] = {}
    for span in periods:
        before = [Before(DENOMINATOR, WHOLE, one, number) for one, number in found.items()]
        small = frozenset({WHOLE} if 0 < count(days, span) < 5 else ())
        decided = History(book, before).decide(
            span, {DENOMINATOR: frozenset({WHOLE}) - small}, {DENOMINATOR: small}
        )
        found[span] = None if decided.hidden(DENOMINATOR, small) else count(days, span)
    return found


def count(days: list[date], span: Span) -> int:
    return sum(span[0] <= day < span[1] for day in days)


def solved(outputs: Mapping[Span, int | None]) -> dict[Span, int]:
    """Return every period between two months whose number all outputs together give (Gauss)."""
    months = [(YEAR[n], YEAR[n + 1]) for n in range(12)]
    rows = [
        [Fraction(span[0] <= one[0] and one[1] <= span[1]) for one in months] + [Fraction(number)]
        for span, number in outputs.items()
        if number is not None
    ]
    reduced = _reduced(rows)
    found = {}
    for first in range(12):
        for last in range(first + 1, 13):
            wanted = [Fraction(first <= at < last) for at in range(12)] + [Fraction(0)]
            for row in reduced:
                lead = next(at for at, value in enumerate(row) if value)
                wanted = [a - wanted[lead] * b for a, b in zip(wanted, row, strict=True)]
            if not any(wanted[:12]):
                found[YEAR[first], YEAR[last]] = int(-wanted[12])
    return found


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    found: list[list[Fraction]] = []
    for row in rows:
        left = row
        for other in found:
            lead = next(at for at, value in enumerate(other) if value)
            left = [a - left[lead] * b for a, b in zip(left, other, strict=True)]
        if any(left[:12]):
            lead = next(at for at, value in enumerate(left) if value)
            left = [value / left[lead] for value in left]
            found = [
                [a - one[lead] * b for a, b in zip(one, left, strict=True)] for one in found
            ] + [left]
    return found


@pytest.mark.parametrize("seed", range(60))
def test_no_output_of_a_year_gives_another_away(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    days = sorted(
        YEAR[0] + timedelta(days=chance.randrange(365)) for _ in range(chance.randrange(4, 120))
    )
    periods = PERIODS.copy()
    chance.shuffle(periods)
    outputs = publish(days, periods)
    for span, number in solved(outputs).items():
        assert number == count(days, span)
        assert not 0 < number < 5, span
        assert outputs.get(span, number) is not None, span


def test_without_the_rule_a_quarter_gives_its_month_away() -> None:
    days = [YEAR[0]] * 2 + [YEAR[1]] * 9 + [YEAR[2]] * 8
    month = {(YEAR[1], YEAR[2]): 9, (YEAR[2], YEAR[3]): 8}
    assert solved({**month, (YEAR[0], YEAR[3]): 19})[YEAR[0], YEAR[1]] == 2
    shown = publish(days, [(YEAR[0], YEAR[1]), *month, (YEAR[0], YEAR[3])])
    assert shown == {(YEAR[0], YEAR[1]): None, **month, (YEAR[0], YEAR[3]): None}


def test_a_number_that_follows_from_others_is_no_secret_and_is_shown() -> None:
    days = [YEAR[0]] * 7 + [YEAR[1]] * 9
    halves = [(YEAR[0], YEAR[1]), (YEAR[1], YEAR[2])]
    assert publish(days, [*halves, (YEAR[0], YEAR[2])])[YEAR[0], YEAR[2]] == 16


def test_who_is_left_out_is_told_once_of_days_that_two_periods_share() -> None:
    """Six were not due by the first day and nine by another: three more are nobody's to know."""
    place = Place("", "", "N01", None, "C0100")
    tally = tallied([Fact(YEAR[0], place, False, None, LeftOut.NOT_DUE, "court")] * 9)
    first, longer, after = ((YEAR[a], YEAR[b]) for a, b in ((0, 1), (0, 2), (2, 3)))
    before = [Before(DENOMINATOR, WHOLE, first, 20)]
    why = LeftOut.NOT_DUE, "court"
    history = History(Events([]), before)
    assert hidden_of_events(tally, history, first).left_out[why] == frozenset()
    assert hidden_of_events(tally, history, after).left_out[why] == frozenset()
    assert WHOLE in hidden_of_events(tally, history, longer).left_out[why]
    later = History(Events([]), [*before, Before(DENOMINATOR, WHOLE, longer, 30)])
    assert hidden_of_events(tally, later, first).left_out[why] == frozenset(), "as it was"
