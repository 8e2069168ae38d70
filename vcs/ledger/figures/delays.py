"""How long witness care takes to refer, by unit and court: figures that both sides may see.

Counts under 5 are withheld, and so is whatever would give them away by subtraction: where a row is
withheld, others of its area are withheld with it until what the area's row leaves over tells of no
few people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import repeat
from statistics import median

from sqlalchemy import func, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from vcs.access.actors import Actor, Reach
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.consequences.closing.reasons import OWED_UNTIL_CLOSED
from vcs.intake.regions import POLICE_AREAS, court
from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import working_days_between
from vcs.ledger.counted.keep import Counting, plain_reach
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.small_numbers.withheld import FEWEST, is_small

DAYS = 365


@dataclass(frozen=True, slots=True)
class Tally:
    """Referrals that fell due: in all, in time, late, and still missing."""

    due: int = 0
    in_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def is_small(self) -> bool:
        """Say whether a count would tell of few people."""
        return any(is_small(n) for n in (self.due, self.in_time, self.late, self.missing))

    def plus(self, other: Tally) -> Tally:
        """Return the sum."""
        return Tally(
            self.due + other.due,
            self.in_time + other.in_time,
            self.late + other.late,
            self.missing + other.missing,
        )


@dataclass(frozen=True, slots=True)
class DelayRow:
    """One court of an area, or the whole area (``court`` empty). ``tally`` None is withheld.

    ``median`` is in working days from sentence to referral; None where withheld, or none came.
    """

    area: str
    court: str
    tally: Tally | None
    median: int | None


@dataclass(frozen=True, slots=True)
class _Due:
    """Referrals of one court that fell due alike: ``n`` of them."""

    area: str
    court: str
    starts_on: date
    due_on: date
    met_on: date | None
    n: int = 1

    @property
    def tally(self) -> Tally:
        if self.met_on is None:
            return Tally(due=self.n, missing=self.n)
        in_time = self.n if self.met_on <= self.due_on else 0
        return Tally(self.n, in_time, self.n - in_time, 0)


def delays(session: Session, actor: Actor, today: date) -> list[DelayRow]:
    """Return the delay of each unit, and of each court under it, over the last year."""
    require_may(actor, Act.SEE_DELAYS)
    return delays_within(session, reach_of_counts(actor), today)


def delays_within(session: Session, reached: Reach, today: date) -> list[DelayRow]:
    """Return the same for the areas of a reach.

    A deadline that was lifted before its day counts nowhere. One whose matter was closed later,
    with nobody referred, was never met: it counts as not referred.
    """
    by_area: dict[str, dict[str, list[_Due]]] = defaultdict(lambda: defaultdict(list))
    for one in _due(session, reached, today):
        by_area[one.area][one.court].append(one)
    return [row for area, courts in sorted(by_area.items()) for row in area_rows(area, courts)]


def counting_of_delays(reached: Reach, today: date) -> Counting[list[DelayRow]]:
    """Return how the delays within a reach are counted and kept."""
    return Counting(
        "delays",
        {"reach": plain_reach(reached), "today": today},
        lambda session: delays_within(session, reached, today),
        lambda rows: [asdict(row) for row in rows],
        lambda plain: [_delay_row(**one) for one in plain],
    )


def _delay_row(area: str, court: str, tally: dict[str, int] | None, median: int | None) -> DelayRow:
    return DelayRow(area, court, Tally(**tally) if tally else None, median)


def _due(session: Session, reached: Reach, today: date) -> Iterable[_Due]:
    due_on = col(DeadlineRecord.due_on)
    met_on, lifted_on = col(DeadlineRecord.met_on), col(DeadlineRecord.lifted_on)
    alike = (
        *(col(Referral.police_area), col(Sentence.court_code)),
        *(col(DeadlineRecord.starts_on), due_on, met_on),
    )
    query = (
        columns_of(*alike, func.count())
        .select_from(DeadlineRecord)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            col(DeadlineRecord.duty) == duties.REFER,
            due_on >= today - timedelta(days=DAYS),
            due_on < today,
            or_(lifted_on.is_(None), lifted_on > due_on),
            or_(
                met_on.is_not(None),
                col(Referral.status) != ReferralStatus.CLOSED,
                col(Referral.closed_reason).in_(OWED_UNTIL_CLOSED),
            ),
            reached.covering(
                col(Referral.region_code), col(Referral.police_area), col(Referral.sentence_id)
            ),
        )
        .group_by(*alike)
    )
    for area, court_code, *rest in session.execute(query):
        known = court(court_code)
        name = known.name if known else court_code or "Court not known"
        yield _Due(POLICE_AREAS.get(area or "", "Area not known"), name, *rest)


def area_rows(area: str, courts: dict[str, list[_Due]]) -> list[DelayRow]:
    """Return the rows of one area, with withheld what would tell of few people."""
    tallies = {name: _sum(rows) for name, rows in courts.items()}
    whole = _sum([one for rows in courts.values() for one in rows])
    hidden = withheld(tallies)
    everything = [one for rows in courts.values() for one in rows]
    tell_whole = hidden is not None and not whole.is_small
    return [
        DelayRow(area, "", whole, _median(everything))
        if tell_whole
        else DelayRow(area, "", None, None),
        *(
            DelayRow(area, name, tallies[name], _median(courts[name]))
            if hidden is not None and name not in hidden
            else DelayRow(area, name, None, None)
            for name in sorted(courts)
        ),
    ]


def withheld(tallies: dict[str, Tally]) -> frozenset[str] | None:
    """Return the courts whose rows are withheld; None where the whole area must be.

    What is withheld together is more than one court and no small count, as a reader can subtract
    the others from the area.
    """
    hidden = [name for name, one in tallies.items() if one.is_small]
    if not hidden:
        return frozenset()
    shown = sorted((one for one in tallies if one not in hidden), key=lambda one: tallies[one].due)
    while len(hidden) < 2 or _together(tallies, hidden).is_small:
        if not shown:
            return None
        hidden.append(shown.pop(0))
    return frozenset(hidden)


def _together(tallies: dict[str, Tally], names: Sequence[str]) -> Tally:
    total = Tally()
    for name in names:
        total = total.plus(tallies[name])
    return total


def _sum(rows: Iterable[_Due]) -> Tally:
    total = Tally()
    for one in rows:
        total = total.plus(one.tally)
    return total


def _median(rows: Iterable[_Due]) -> int | None:
    took = [
        days
        for one in rows
        if one.met_on
        for days in repeat(working_days_between(one.starts_on, one.met_on), one.n)
    ]
    return round(median(took)) if len(took) >= FEWEST else None
