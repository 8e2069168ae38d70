"""What the pictures show: the trend of what is not accounted for, and the days of each hand-off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.measures.disclosure.overlapping import History, span_of
from vcs.measures.disclosure.tallies import tallied
from vcs.measures.facts import Asked, of_referrals, of_victims
from vcs.measures.figures import Beside, Published, Rate, whole_of
from vcs.measures.flow import flow_over
from vcs.measures.formulas.referring import Waiting, eligible, heard_at, known_by_the_end
from vcs.sentences.records import Sentence
from vcs.small_numbers.withheld import FEWEST_FOR_SHARE, WITHHELD, Shown, is_small
from vcs.victims.records import ChoiceRecord, Victim

MOST_WEEKS: Final = 53

_WAITING: Final = "M0"


@dataclass(frozen=True, slots=True)
class Week:
    """How many sentences were not accounted for at the end of a Sunday, or of the last day."""

    ends_on: date
    unaccounted: Shown


@dataclass(frozen=True, slots=True)
class HandOff:
    """One step of the journey: how many took it, and after how many days."""

    words: str
    count: Shown
    middle: Rate
    tail: Rate


def trend(session: Session, asked: Asked, before: Published | None = None) -> tuple[Week, ...]:
    """Return the newest weeks of a period, the earliest first; small numbers are withheld.

    ``before`` is what was published of other periods.
    """
    return trend_of(list(eligible(session, asked)), asked, (before or {}).get(_WAITING))


def trend_of(
    cases: Sequence[Waiting], asked: Asked, before: History | None = None
) -> tuple[Week, ...]:
    """Return the weeks of some sentences.

    What waits on the last day is the numerator of M0, and is withheld wherever M0 withholds it.
    """
    waiting = [case for case in cases if not case.taken_back]
    known = sorted(case.known_on for case in waiting)
    # What ended on the day on which it was known waited at the end of no day.
    ended = sorted(case.ended_on for case in waiting if case.ended_on is not None)
    days = list(_sundays(asked))[-MOST_WEEKS:]
    counts = [(day, bisect_right(known, day) - bisect_right(ended, day)) for day in days]
    hidden = {day for day, count in counts if is_small(count)}
    if _at_the_end(cases, asked, before) == WITHHELD:
        hidden.add(asked.end)
    return tuple(Week(day, WITHHELD if day in hidden else count) for day, count in counts)


def _at_the_end(cases: Sequence[Waiting], asked: Asked, before: History | None) -> Shown:
    """Return what M0 shows as waiting at the end of the period."""
    tally, span = tallied(known_by_the_end(cases, asked)), span_of(asked.from_on, asked.end)
    return whole_of(_WAITING, tally, Beside(flow_over(cases, asked), before, span)).numerator


def _sundays(asked: Asked) -> Iterator[date]:
    day = asked.from_on + timedelta(days=6 - asked.from_on.weekday())
    while day < asked.end:
        yield day
        day += timedelta(days=7)
    if asked.from_on <= asked.end:
        yield asked.end


def hand_offs(session: Session, asked: Asked) -> tuple[HandOff, ...]:
    """Return the steps from the sentence to the answer, of sentences passed in the period."""
    passed = col(Sentence.sentenced_on).between(asked.from_on, asked.to_on)
    chosen = (
        select(func.min(col(ChoiceRecord.chosen_on)))
        .where(col(ChoiceRecord.victim_id) == col(Victim.id))
        .correlate(Victim)
        .scalar_subquery()
    )
    courts = session.execute(
        of_referrals(asked, col(Sentence.sentenced_on), heard_at().label("heard_at")).where(passed)
    ).all()
    dates = (col(Sentence.sentenced_on), col(Victim.referred_on), col(Victim.contacted_on))
    victims = session.execute(of_victims(asked, *dates, chosen.label("chosen_on")).where(passed))
    rows = victims.all()
    return (
        _step(
            "Sentence to the court’s message",
            [(row.sentenced_on, row.heard_at and london_date(row.heard_at)) for row in courts],
        ),
        _step("Sentence to referral", [(row.sentenced_on, row.referred_on) for row in rows]),
        _step("Referral to first contact", [(row.referred_on, row.contacted_on) for row in rows]),
        _step("First contact to answer", [(row.contacted_on, row.chosen_on) for row in rows]),
    )


def _step(words: str, pairs: list[tuple[Any, Any]]) -> HandOff:
    days = sorted((end - start).days for start, end in pairs if start and end)
    count: Shown = WITHHELD if is_small(len(days)) else len(days)
    if len(days) < FEWEST_FOR_SHARE:
        word = WITHHELD if days else None
        return HandOff(words, count, word, word)
    tail = days[-(-9 * len(days) // 10) - 1]
    return HandOff(words, count, round(median(days), 1), float(tail))
