"""One case as a line of time, with its clocks and its gaps marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from vcs.consequences.closing.reasons import REASONS
from vcs.inspection.names import Names
from vcs.inspection.sources import SOURCES, Case, Entry
from vcs.intake.regions import region_named
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import working_days_between
from vcs.law.decision import OffenceDecision
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.referrals.states import joined, region, state
from vcs.sentences.decisions import decision_card
from vcs.sentences.records import Sentence
from vcs.victims.records import Victim

LONGEST_PAUSE: Final = 20
"""After how many working days without an entry a gap is marked: ours, to be confirmed."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty: from when, by when, and what became of it. ``late_by`` is in working days.

    ``closed_because`` is the reason in words where it ended because the matter was closed, which
    meets no duty.
    """

    duty: str
    owed_by: str
    starts_on: date
    due_on: date
    counted: str
    provision: str
    met_on: date | None
    lifted_on: date | None
    late_by: int
    closed_because: str = ""

    @property
    def ended(self) -> str:
        """Say in words what became of it."""
        if self.met_on:
            late = f", {self.late_by} working days late" if self.late_by else ", in time"
            return f"met on {in_words(self.met_on)}{late}"
        if self.lifted_on:
            return self._not_owed(in_words(self.lifted_on))
        return f"not met, {self.late_by} working days late" if self.late_by else "open, not due yet"

    def _not_owed(self, since: str) -> str:
        how = f"{self.late_by} working days late by then" if self.late_by else "not late by then"
        if self.closed_because:
            return f"not met: ended by closing on {since} ({self.closed_because}), {how}"
        return f"not met: no longer owed from {since}, {how}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nothing was recorded while something was owed."""

    from_on: date
    to_on: date
    working_days: int


OffenceCards = tuple[OffenceDecision, ...]


@dataclass(frozen=True, slots=True)
class Chronology:
    """One case: where it is, its clocks, and every entry, the earliest first."""

    reference: str
    state: str
    region: str
    court: str
    outcome: str
    route: str
    sentenced_on: date
    was_referred: bool
    card: OffenceCards
    clocks: tuple[Clock, ...]
    line: tuple[Entry | Gap, ...]


def chronology(session: Session, sentence_id: int, today: date) -> Chronology:
    """Return a sentence's whole line of time, from its records."""
    where = col(Sentence.id) == sentence_id
    query = sql(state(), region()).select_from(joined()).where(where)
    its_state, its_region = session.execute(query).one()
    sentence = session.get_one(Sentence, sentence_id)
    referral = session.exec(select(Referral).where(Referral.sentence_id == sentence_id)).first()
    case = Case(session, sentence, referral, _victims(session, referral), Names(session))
    entries = sorted(
        (entry for source in SOURCES for entry in source(case) if entry.on <= today),
        key=lambda entry: (entry.on, entry.at, entry.what, entry.detail),
    )
    clocks = tuple(_clocks(session, referral, today))
    place = region_named(its_region) if its_region else None
    return Chronology(
        sentence.reference,
        str(its_state),
        place.name if place else "Not known yet",
        sentence.court_name,
        sentence.outcome,
        sentence.route or "",
        sentence.sentenced_on,
        bool(case.victims),
        decision_card(session, sentence_id).offences,
        clocks,
        tuple(with_gaps(entries, clocks, today)),
    )


def _victims(session: Session, referral: Referral | None) -> tuple[Victim, ...]:
    if referral is None:
        return ()
    query = select(Victim).where(Victim.referral_id == referral.id).order_by(col(Victim.id))
    return tuple(session.exec(query))


def _clocks(session: Session, referral: Referral | None, today: date) -> Iterator[Clock]:
    if referral is None:
        return
    query = select(DeadlineRecord).where(DeadlineRecord.referral_id == referral.id)
    for one in session.exec(query.order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id))):
        due_on = one.lawful_due_on or one.due_on
        ended = one.met_on or one.lifted_on or today
        late = working_days_between(due_on, ended) if ended > due_on else 0
        yield Clock(
            one.duty,
            one.owed_by,
            one.starts_on,
            due_on,
            one.counted,
            one.provision,
            one.met_on,
            one.lifted_on,
            late,
            _closed_because(referral, one),
        )


def _closed_because(referral: Referral, deadline: DeadlineRecord) -> str:
    if deadline.lifted_on is None or deadline.lifted_on != referral.closed_on:
        return ""
    reason = REASONS.get(referral.closed_reason or "")
    return reason.short if reason else "reason no longer listed"


def with_gaps(
    entries: Iterable[Entry], clocks: tuple[Clock, ...], today: date
) -> Iterator[Entry | Gap]:
    """Yield the entries, and between two of them a gap where a duty was open for long."""
    last: date | None = None
    for entry in entries:
        if last and (gap := _gap(last, entry.on, clocks)):
            yield gap
        last = entry.on
        yield entry
    if last and (gap := _gap(last, today, clocks)):
        yield gap


def _gap(from_on: date, to_on: date, clocks: tuple[Clock, ...]) -> Gap | None:
    count = working_days_between(from_on, to_on) if to_on > from_on else 0
    owed = any(
        clock.starts_on < to_on and (clock.met_on or clock.lifted_on or to_on) > from_on
        for clock in clocks
    )
    return Gap(from_on, to_on, count) if owed and count > LONGEST_PAUSE else None
