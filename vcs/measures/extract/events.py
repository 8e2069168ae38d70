"""Every event of a journey, from the records: one query for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.records import EventLine, KeyEvent
from vcs.intake.records import CourtMessage
from vcs.law.deadlines.duties import FIRST_CONTACT, REFER
from vcs.needs.records import NeedAction, NeedAnswer
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral, ReopeningRecord
from vcs.sentences.records import DecisionRecord, Sentence, SentenceReport
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter, Victim

COURT, CARE, UNIT, VICTIM, PRISON = (
    "court",
    "witness care",
    "victim liaison unit",
    "victim",
    "prison",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``victim_id`` is None before a victim is known; ``duty`` is what it meets.

    ``due`` is given where the event is a duty's own: that it began, or fell due.
    """

    sentence_id: int
    victim_id: int | None
    on: date
    event: str
    turn: str
    officer_id: int | None = None
    channel: str = ""
    detail: str = ""
    duty: str = ""
    rule_set: str = ""
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """By when a duty is owed by law; ``late_by`` in working days, None where nothing is late."""

    on: date
    late_by: int | None = None


def of_sentences(session: Session) -> Iterator[Event]:
    """Yield what courts, and the law, did: before a victim is known."""
    for its_id, on in session.exec(select(col(Sentence.id), col(Sentence.sentenced_on))):
        yield Event(its_id, None, on, "sentence_passed", COURT)
    received = select(SentenceReport.sentence_id, CourtMessage.received_at).join(
        CourtMessage, col(CourtMessage.id) == col(SentenceReport.message_id)
    )
    for its_id, at in session.exec(received):
        yield Event(its_id, None, london_date(at), "result_received", COURT)
    for one in session.exec(select(DecisionRecord)):
        event = "redecided" if one.supersedes_id else "decided"
        on, told = london_date(one.made_at), str(one.outcome)
        yield Event(one.sentence_id, None, on, event, "none", detail=told, rule_set=one.rule_set)
    for held in session.exec(select(Referral).where(col(Referral.closed_on).is_not(None))):
        reason = held.closed_reason or ""
        if held.closed_on:
            yield Event(held.sentence_id, None, held.closed_on, "closed", UNIT, detail=reason)
    again = select(Referral.sentence_id, ReopeningRecord.reopened_at).join(
        ReopeningRecord, col(ReopeningRecord.referral_id) == col(Referral.id)
    )
    for its_id, at in session.exec(again):
        yield Event(its_id, None, london_date(at), "reopened", UNIT)


def of_victims(session: Session) -> Iterator[Event]:
    """Yield what was done with each victim: referred, tried, reached, chosen."""
    for its_id, one in session.execute(_with_victims(Victim)):
        who = one.referred_by_account_id
        yield Event(its_id, one.id, one.referred_on, "referred", CARE, who, duty=REFER)
    for its_id, one in session.execute(_with_victims(ContactRecord)):
        event = "reached" if one.reached else "contact_attempted"
        duty = FIRST_CONTACT if one.reached else ""
        yield Event(
            its_id,
            one.victim_id,
            one.happened_on,
            event,
            UNIT,
            one.recorded_by,
            one.how,
            duty=duty,
        )
    for its_id, one in session.execute(_with_victims(ChoiceRecord)):
        who, said = one.recorded_by, one.choice
        yield Event(its_id, one.victim_id, one.chosen_on, "choice_made", VICTIM, who, detail=said)


def of_needs(session: Session) -> Iterator[Event]:
    """Yield which needs were asked about, and what was done."""
    for its_id, one in session.execute(_with_victims(NeedAnswer)):
        detail = f"{one.item}:{one.answer}"
        who = one.recorded_by
        yield Event(its_id, one.victim_id, one.asked_on, "need_asked", UNIT, who, one.how, detail)
    for its_id, one in session.execute(_with_victims(NeedAction)):
        on = london_date(one.opened_at)
        who, item = one.opened_by, one.item
        yield Event(its_id, one.victim_id, on, "need_opened", UNIT, who, detail=item)
        if one.closed_on:
            detail, who = f"{one.item}:{one.outcome}", one.closed_by
            yield Event(
                its_id, one.victim_id, one.closed_on, "need_closed", UNIT, who, detail=detail
            )


def of_letters(session: Session) -> Iterator[Event]:
    """Yield the letters that left, and those that came back."""
    query = _with_victims(PostedLetter).add_columns(col(LetterRecord.kind))
    query = query.join(LetterRecord, col(LetterRecord.id) == col(PostedLetter.letter_id))
    for its_id, one, kind in session.execute(query):
        who, duty = one.recorded_by, one.duty or ""
        yield Event(
            its_id, one.victim_id, one.posted_on, "letter_despatched", UNIT, who, "post", kind, duty
        )
        if one.came_back_on:
            on = one.came_back_on
            yield Event(its_id, one.victim_id, on, "letter_returned", UNIT, None, "post", kind)


def of_events(session: Session) -> Iterator[Event]:
    """Yield the key events, and who was told of them."""
    query = _with_victims(EventLine).add_columns(col(KeyEvent.kind), col(KeyEvent.happened_on))
    query = query.join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
    for its_id, one, kind, on in session.execute(query.where(col(EventLine.undo).is_(False))):
        yield Event(its_id, one.victim_id, on, "key_stage", PRISON, detail=kind)
        if one.told_at is not None:
            yield from _told(its_id, one, kind, one.told_at)


def _told(its_id: int, line: EventLine, kind: str, at: datetime) -> Iterator[Event]:
    on, who, how = london_date(at), line.told_by, line.told_how or ""
    yield Event(its_id, line.victim_id, on, "told", UNIT, who, how, kind)
    if line.heard_before:
        yield Event(its_id, line.victim_id, on, "heard_elsewhere", VICTIM, detail=kind)


SOURCES: Final[tuple[Callable[[Session], Iterator[Event]], ...]] = (
    of_sentences,
    of_victims,
    of_needs,
    of_letters,
    of_events,
)


def _with_victims(model: Any) -> Select[Any]:
    """Return a query over the rows of a table about victims, each with its sentence's id."""
    query: Select[Any] = columns(col(Referral.sentence_id), model)
    if model is Victim:
        return query.join(Referral, col(Referral.id) == col(Victim.referral_id))
    return query.join(Victim, col(Victim.id) == col(model.victim_id)).join(
        Referral, col(Referral.id) == col(Victim.referral_id)
    )
