"""What the clocks of a referral are worked out from: rows of other rooms, read for many at once.

Each is read anew, also where the session holds it: a bulk update may have changed it meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from vcs.access.records import AuditEntry
from vcs.clock import london_date
from vcs.clocks.records import ClockEnd, ClockStart
from vcs.events.records import EventLine, KeyEvent
from vcs.needs.records import NeedAnswer
from vcs.post.records import LetterRecord
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import Sentence
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter, Victim

_ANEW = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class ApprovedLetter:
    """A letter that was approved, without what is in it."""

    id: int
    approved_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class VictimFacts:
    """One victim's part: what they chose and were sent, oldest first.

    ``handed_over`` are the days on which hospital managers were told of their wish.
    """

    victim: Victim
    choices: tuple[ChoiceRecord, ...]
    contacts: tuple[ContactRecord, ...]
    letters: tuple[ApprovedLetter, ...]
    posted: tuple[PostedLetter, ...]
    lines: tuple[tuple[EventLine, KeyEvent], ...]
    asked: tuple[date, ...]
    handed_over: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One referral with all that starts, meets or stops a clock of it."""

    referral: Referral
    sentence: Sentence
    assigned_on: date | None
    deadlines: tuple[DeadlineRecord, ...]
    victims: tuple[VictimFacts, ...]
    events: tuple[KeyEvent, ...]
    starts: tuple[ClockStart, ...]
    ends: Mapping[str, ClockEnd] = field(default_factory=dict)

    @property
    def referred_on(self) -> date | None:
        """Return the day on which the first victim was referred."""
        return min((one.victim.referred_on for one in self.victims), default=None)


def facts_of(session: Session, referral_ids: Collection[int]) -> list[Facts]:
    """Return the facts of some referrals, in the order of their ids."""
    query = (
        select(Referral, Sentence)
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(col(Referral.id).in_(referral_ids))
        .order_by(col(Referral.id))
    )
    pairs = session.exec(query, execution_options=_ANEW).all()
    ids = [referral.id for referral, _ in pairs]
    victims = _victims(session, ids)
    deadlines = _by(session, DeadlineRecord, "referral_id", ids)
    events = _by(session, KeyEvent, "referral_id", ids)
    starts = _by(session, ClockStart, "referral_id", ids)
    ends = _by(session, ClockEnd, "referral_id", ids)
    assigned = _assigned(session, [referral.reference for referral, _ in pairs])
    return [
        Facts(
            referral,
            sentence,
            assigned.get(referral.reference),
            tuple(deadlines[referral.id]),
            tuple(victims[referral.id]),
            tuple(events[referral.id]),
            tuple(starts[referral.id]),
            {one.clock_key: one for one in ends[referral.id]},
        )
        for referral, sentence in pairs
    ]


def _victims(session: Session, referral_ids: Collection[int]) -> dict[int, list[VictimFacts]]:
    found: dict[int, list[VictimFacts]] = defaultdict(list)
    held = _by(session, Victim, "referral_id", referral_ids)
    victims = [one for some in held.values() for one in some]
    ids = [one.id for one in victims]
    choices = _by(session, ChoiceRecord, "victim_id", ids)
    contacts = _by(session, ContactRecord, "victim_id", ids)
    letters = _letters(session, ids)
    posted = _by(session, PostedLetter, "victim_id", ids)
    handed_over = _handed_over(session, ids)
    asked = _by(session, NeedAnswer, "victim_id", ids)
    lines = _lines(session, ids)
    for one in victims:
        found[one.referral_id].append(
            VictimFacts(
                one,
                tuple(sorted(choices[one.id], key=lambda choice: (choice.chosen_on, choice.id))),
                tuple(contacts[one.id]),
                tuple(letters[one.id]),
                tuple(sorted(posted[one.id], key=lambda letter: (letter.posted_on, letter.id))),
                tuple(lines[one.id]),
                tuple(sorted({answer.asked_on for answer in asked[one.id]})),
                tuple(handed_over[one.id]),
            )
        )
    return found


def _handed_over(session: Session, victim_ids: Collection[int]) -> dict[int, list[date]]:
    query = (
        select(col(LetterRecord.about_victim_id), col(PostedLetter.posted_on))
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .where(
            col(LetterRecord.about_victim_id).in_(victim_ids),
            col(PostedLetter.duty).is_not(None),
            col(PostedLetter.came_back_on).is_(None),
        )
    )
    found: dict[int, list[date]] = defaultdict(list)
    for victim_id, day in session.exec(query) if victim_ids else ():
        found[victim_id or 0].append(day)
    return found


def _letters(session: Session, victim_ids: Collection[int]) -> dict[int, list[ApprovedLetter]]:
    # Their contents and PDFs are large, and are not read.
    whose, at = col(LetterRecord.victim_id), col(LetterRecord.approved_at)
    query = select(whose, col(LetterRecord.id), at, col(LetterRecord.withdrawn_at)).where(
        col(LetterRecord.victim_id).in_(victim_ids), col(LetterRecord.approved_at).is_not(None)
    )
    found: dict[int, list[ApprovedLetter]] = defaultdict(list)
    if victim_ids:
        for victim_id, its_id, approved_at, withdrawn_at in session.exec(query):
            withdrawn_on = london_date(withdrawn_at) if withdrawn_at else None
            if approved_at is not None and victim_id is not None:
                letter = ApprovedLetter(its_id, london_date(approved_at), withdrawn_on)
                found[victim_id].append(letter)
    return found


def _lines(
    session: Session, victim_ids: Collection[int]
) -> dict[int, list[tuple[EventLine, KeyEvent]]]:
    query = (
        select(EventLine, KeyEvent)
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .where(col(EventLine.victim_id).in_(victim_ids), ~col(EventLine.undo))
        .order_by(col(EventLine.id))
    )
    found: dict[int, list[tuple[EventLine, KeyEvent]]] = defaultdict(list)
    if victim_ids:
        for line, event in session.exec(query, execution_options=_ANEW):
            found[line.victim_id].append((line, event))
    return found


def _assigned(session: Session, references: Collection[str]) -> dict[str, date]:
    """Return the day on which each referral first had an officer, as the trail tells."""
    query = select(AuditEntry.subject, AuditEntry.at).where(
        col(AuditEntry.subject).in_(references), AuditEntry.event == "vlo.assigned"
    )
    found: dict[str, datetime] = {}
    for subject, at in session.exec(query):
        found[subject] = min(at, found.get(subject, at))
    return {subject: london_date(at) for subject, at in found.items()}


def _by(
    session: Session, model: type[SQLModel], column: str, ids: Collection[int]
) -> dict[int, list[Any]]:
    """Return the rows of a table for some ids, in the order in which they were kept."""
    found: dict[int, list[Any]] = defaultdict(list)
    if not ids:
        return found
    key: Any = model.id  # type: ignore[attr-defined]  # every table asked for here has one
    query = select(model).where(col(getattr(model, column)).in_(ids)).order_by(col(key))
    for one in session.exec(query, execution_options=_ANEW):
        found[getattr(one, column)].append(one)
    return found
