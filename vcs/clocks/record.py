"""A person says what started a duty, or how a clock ended, where nothing else can know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clocks.records import STOPS_BY_HAND, ClockEnd, ClockRecord, ClockStart, StartKind
from vcs.clocks.rules import BY_HAND
from vcs.clocks.seen import sees_clock
from vcs.errors import Conflict, NotFound, NotValid
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence

LONGEST_WORDS = 500

_AHEAD = {StartKind.RESTRICTIONS_END}
"""What may be known before its day."""


_AFTER_SENTENCE = {StartKind.RESULT_RECEIVED, StartKind.RESTRICTIONS_END}


@dataclass(frozen=True, slots=True)
class EndEntry:
    """How a clock ended: ``stop_reason`` empty where the duty was met. ``words``: how we know."""

    ended_on: date
    stop_reason: str
    words: str


def record_start(work: Work, reference: str, kind: str, happened_on: date) -> ClockStart:
    """Record what started a duty. Raises NotValid for a day that cannot be."""
    work.require_may(Act.RECORD_CLOCK)
    referral = visible_referral(work.session, work.actor, reference)
    kind = StartKind(kind)
    sentenced_on = work.session.get_one(Sentence, referral.sentence_id).sentenced_on
    if happened_on > work.today and kind not in _AHEAD:
        raise NotValid("The day is in the future.", {"happened_on": "Enter a day that has come"})
    if happened_on < sentenced_on and kind in _AFTER_SENTENCE:
        raise NotValid(
            "The day is before the sentence.",
            {"happened_on": "Enter the day of the sentence or a later one"},
        )
    if _is_held(work, referral, kind, happened_on):
        raise Conflict("That is recorded already.")
    start = ClockStart(
        referral_id=referral.id,
        kind=str(kind),
        happened_on=happened_on,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(start)
    work.note("clock.started", referral.reference, f"{kind.replace('_', ' ')} {happened_on}")
    return start


def _is_held(work: Work, referral: Referral, kind: StartKind, happened_on: date) -> bool:
    query = select(ClockStart.id).where(
        ClockStart.referral_id == referral.id,
        ClockStart.kind == kind,
        ClockStart.happened_on == happened_on,
        col(ClockStart.taken_back_at).is_(None),
    )
    return work.session.exec(query).first() is not None


def take_back_start(work: Work, reference: str, start_id: int) -> None:
    """Take back what was recorded by mistake: its clocks stop, and stay to be seen."""
    work.require_may(Act.RECORD_CLOCK)
    referral = visible_referral(work.session, work.actor, reference)
    query = select(ClockStart).where(
        ClockStart.id == start_id, ClockStart.referral_id == referral.id
    )
    start = work.session.exec(query.with_for_update()).first()
    if start is None:
        raise NotFound("There is no such entry.")
    if start.taken_back_at is None:
        start.taken_back_at, start.taken_back_by = work.now, work.actor.account_id
        work.session.add(start)
        work.note("clock.start_taken_back", referral.reference, start.kind)


def record_end(work: Work, reference: str, clock_id: int, entry: EndEntry) -> None:
    """Record that a duty was met, or why it is not owed. Raises NotValid for a day that cannot be.

    Only for a duty whose end nothing else on record can show.
    """
    work.require_may(Act.RECORD_CLOCK)
    referral = visible_referral(work.session, work.actor, reference)
    clock = work.session.get(ClockRecord, clock_id)
    is_here = clock is not None and clock.referral_id == referral.id
    if clock is None or not is_here or clock.duty not in BY_HAND:
        raise NotFound("There is no such clock.")
    if not sees_clock(work.actor, clock.duty):
        raise NotFound("There is no such clock.")
    if clock.met_on is not None or clock.stopped_on is not None:
        raise Conflict("This clock ended meanwhile.")
    if not clock.starts_on <= entry.ended_on <= work.today:
        wrong = "Enter a day from the start of the clock until today"
        raise NotValid("The day cannot be.", {"ended_on": wrong})
    if entry.stop_reason and entry.stop_reason not in STOPS_BY_HAND:
        raise NotValid("Choose what became of it.", {"became": "Select what became of it"})
    work.session.add(_end(work, clock, entry))
    work.note("clock.ended", referral.reference, f"{clock.duty} {entry.stop_reason or 'met'}")


def _end(work: Work, clock: ClockRecord, entry: EndEntry) -> ClockEnd:
    return ClockEnd(
        referral_id=clock.referral_id,
        clock_key=clock.key,
        ended_on=entry.ended_on,
        stop_reason=entry.stop_reason or None,
        sealed=work.sealer.seal_text(entry.words),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
