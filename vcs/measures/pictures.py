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
from vcs.small_numbers.withheld import (
    FEWEST_FOR_SHARE,
    WITHHELD,
    Cell,
    Shown,
    Tie,
    is_small,
    withhold,
)
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
    """One step of the journey: how many took it, after how many calendar days, how many have not.

    ``left_out`` are those of whom the beginning or the end of the step is not on record yet.
    """

    words: str
    count: Shown
    middle: Rate
    tail: Rate
    left_out: Shown = 0


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
    """Return the steps from the sentence to the answer, of sentences passed in the period.

    The first counts each sentence, the others each victim.
    """
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
    steps = (
        _Step(
            "Sentence to the court’s message",
            [(row.sentenced_on, row.heard_at and london_date(row.heard_at)) for row in courts],
        ),
        _Step("Sentence to referral", [(row.sentenced_on, row.referred_on) for row in rows]),
        _Step("Referral to first contact", [(row.referred_on, row.contacted_on) for row in rows]),
        _Step("First contact to answer", [(row.contacted_on, row.chosen_on) for row in rows]),
    )
    return tuple(_shown(steps))


@dataclass(frozen=True, slots=True)
class _Step:
    """One step with the days on which it began and ended for each who is counted."""

    words: str
    pairs: list[tuple[Any, Any]]

    @property
    def days(self) -> list[int]:
        return sorted((end - start).days for start, end in self.pairs if start and end)


def _shown(steps: Sequence[_Step]) -> Iterator[HandOff]:
    """Yield the steps; small numbers are withheld, also from whoever subtracts one from another."""
    hidden = _hidden(steps)
    for step in steps:
        days, place = step.days, step.words
        count: Shown = WITHHELD if (_TOOK, place) in hidden else len(days)
        left: Shown = WITHHELD if (_LEFT, place) in hidden else len(step.pairs) - len(days)
        if len(days) < FEWEST_FOR_SHARE:
            word = WITHHELD if days else None
            yield HandOff(step.words, count, word, word, left)
            continue
        tail = days[-(-9 * len(days) // 10) - 1]
        yield HandOff(step.words, count, round(median(days), 1), float(tail), left)


_TOOK, _LEFT, _ALL = "took", "left out", "all"


def _hidden(steps: Sequence[_Step]) -> frozenset[Cell]:
    """Return which counts are withheld: of each step, who took it and who did not make up all.

    All victims are the same for every step that counts them.
    """
    numbers: dict[Cell, int] = {}
    ties = []
    for place, step in enumerate(steps):
        took, left = (_TOOK, step.words), (_LEFT, step.words)
        every = (_ALL, "victims" if place else "sentences")
        numbers |= {took: len(step.days), left: len(step.pairs) - len(step.days)}
        numbers[every] = len(step.pairs)
        ties.append(Tie((every,), (took, left)))
    return withhold(numbers, ties)
