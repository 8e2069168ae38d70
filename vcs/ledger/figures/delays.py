"""How long witness care takes to refer, by unit and court: figures that both sides may see.

A table is of one whole quarter, counted once when it is over, and stays as it was made known: a
table that moved every day would tell of each case by the difference of two days. Quarters share no
case, so that no two tables can be subtracted.

Counts under 5 are withheld, and so is whatever would give them away by subtraction: where a row is
withheld, others of its area are withheld with it until what the area's row leaves over tells of no
few people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice, repeat
from statistics import median
from typing import Any, Final

from sqlalchemy import func, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.clock import london_date
from vcs.consequences.closing.reasons import OWED_UNTIL_CLOSED
from vcs.intake.regions import POLICE_AREAS, court
from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import working_days_between
from vcs.ledger.counted.keep import Counting, Shown, keep, kept
from vcs.ledger.counted.records import DELAYS_OF_QUARTER
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.small_numbers.withheld import FEWEST, is_small

QUARTERS: Final = 4
"""How many quarters are shown."""

_MONTHS: Final = 3


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
    """One court of an area in a region, or all of it (``court`` empty). ``tally`` None is withheld.

    ``median`` is in working days from sentence to referral; None where withheld, or none came.
    """

    region_code: str | None
    police_area: str | None
    court: str
    tally: Tally | None
    median: int | None
    sentence_id: None = None

    @property
    def area(self) -> str:
        """Return the name of the police area."""
        return POLICE_AREAS.get(self.police_area or "", "Area not known")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three whole months of the calendar, from ``first`` until the day before ``after``."""

    first: date
    after: date

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.after - timedelta(days=1)

    @property
    def name(self) -> str:
        """Return the quarter as it is written, like 2026-Q3."""
        return f"{self.first.year}-Q{(self.first.month - 1) // _MONTHS + 1}"


@dataclass(frozen=True, slots=True)
class DelayTable:
    """The delays of one quarter as they were made known; ``made_at`` None where not yet."""

    quarter: Quarter
    made_at: datetime | None
    rows: tuple[DelayRow, ...]


_Place = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Due:
    """Referrals of one court that fell due alike: ``n`` of them."""

    place: _Place
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


def quarter_of(today: date) -> Quarter:
    """Return the quarter that runs, which is made known on the day ``after`` it."""
    first = date(today.year, today.month - (today.month - 1) % _MONTHS, 1)
    last_month = date(first.year, first.month + _MONTHS - 1, 28)
    return Quarter(first, (last_month + timedelta(days=4)).replace(day=1))


def quarters_before(today: date) -> Iterator[Quarter]:
    """Yield the quarters that are over, the newest first."""
    after = quarter_of(today).first
    while True:
        before = after - timedelta(days=1)
        first = date(before.year, before.month - _MONTHS + 1, 1)
        yield Quarter(first, after)
        after = first


def delays(session: Session, actor: Actor, today: date) -> list[DelayTable]:
    """Return the tables of the last quarters, with the rows of an actor's region or area."""
    require_may(actor, Act.SEE_DELAYS)
    reached = reach_of_counts(actor)
    tables = []
    for quarter in islice(quarters_before(today), QUARTERS):
        found = kept(session, counting_of(quarter))
        rows = found.found if found else []
        made_at = found.counted_at if found else None
        tables.append(DelayTable(quarter, made_at, tuple(filter(reached.covers, rows))))
    return tables


def unmade(session: Session, now: datetime) -> list[Quarter]:
    """Return the quarters that are over and were not counted."""
    found = islice(quarters_before(london_date(now)), QUARTERS)
    return [one for one in found if kept(session, counting_of(one)) is None]


def make_known(session: Session, now: datetime) -> int:
    """Count each quarter that is over and was not counted. Returns how many were."""
    quarters = unmade(session, now)
    for counting in map(counting_of, quarters):
        keep(session, counting, Shown(counting.count(session), now))
    return len(quarters)


def counting_of(quarter: Quarter) -> Counting[list[DelayRow]]:
    """Return how the delays of a quarter are counted and kept."""
    return Counting(
        DELAYS_OF_QUARTER,
        {"quarter": quarter.name},
        lambda session: delays_of(session, quarter),
        lambda rows: [asdict(row) for row in rows],
        lambda plain: [_delay_row(**one) for one in plain],
    )


def delays_of(session: Session, quarter: Quarter) -> list[DelayRow]:
    """Count the delay of each unit, and of each court under it, in every region.

    A deadline that was lifted before its day counts nowhere. One whose matter was closed later,
    with nobody referred, was never met: it counts as not referred.
    """
    by_place: dict[_Place, dict[str, list[_Due]]] = defaultdict(lambda: defaultdict(list))
    for one in _due(session, quarter):
        by_place[one.place][one.court].append(one)
    ordered = sorted(by_place.items(), key=lambda each: tuple(map(str, each[0])))
    return [row for place, courts in ordered for row in area_rows(place, courts)]


def _delay_row(tally: dict[str, int] | None, **more: Any) -> DelayRow:
    return DelayRow(tally=Tally(**tally) if tally else None, **more)


def _due(session: Session, quarter: Quarter) -> Iterable[_Due]:
    due_on = col(DeadlineRecord.due_on)
    met_on, lifted_on = col(DeadlineRecord.met_on), col(DeadlineRecord.lifted_on)
    alike = (
        *(col(Referral.region_code), col(Referral.police_area), col(Sentence.court_code)),
        *(col(DeadlineRecord.starts_on), due_on, met_on),
    )
    query = (
        columns_of(*alike, func.count())
        .select_from(DeadlineRecord)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            col(DeadlineRecord.duty) == duties.REFER,
            due_on >= quarter.first,
            due_on < quarter.after,
            or_(lifted_on.is_(None), lifted_on > due_on),
            or_(
                met_on.is_not(None),
                col(Referral.status) != ReferralStatus.CLOSED,
                col(Referral.closed_reason).in_(OWED_UNTIL_CLOSED),
            ),
        )
        .group_by(*alike)
    )
    for region, area, court_code, *rest in session.execute(query):
        known = court(court_code)
        name = known.name if known else court_code or "Court not known"
        yield _Due((region or None, area or None), name, *rest)


def area_rows(place: _Place, courts: dict[str, list[_Due]]) -> list[DelayRow]:
    """Return the rows of one area, with withheld what would tell of few people."""
    tallies = {name: _sum(rows) for name, rows in courts.items()}
    whole = _sum([one for rows in courts.values() for one in rows])
    hidden = withheld(tallies)
    everything = [one for rows in courts.values() for one in rows]
    tell_whole = hidden is not None and not whole.is_small
    return [
        DelayRow(*place, "", whole, _median(everything))
        if tell_whole
        else DelayRow(*place, "", None, None),
        *(
            DelayRow(*place, name, tallies[name], _median(courts[name]))
            if hidden is not None and name not in hidden
            else DelayRow(*place, name, None, None)
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
