"""Letters that left for an address that has become unsafe since: a person is asked at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.law.deadlines.duties import in_words
from vcs.post.cases.case import gather
from vcs.post.concern import Concern
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.records import LetterRecord
from vcs.post.returned.reads import printed_address
from vcs.post.stale.stopping import stop_question, was_asked_to_stop
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.family.records import DeathRecord
from vcs.victims.person import opened
from vcs.victims.places.same_place import comparable
from vcs.victims.records import FormerDetails, PersonJoin, PersonRecord, PostedLetter, Victim

IS_ON_ITS_WAY: Final = timedelta(days=14)
"""How long after it left a letter is asked about: ours, to be confirmed."""

_UNSAFE: Final = (HoldKind.NOT_SAFE_TO_POST, HoldKind.SHARED_ADDRESS, HoldKind.DECEASED)

MUST_NOT_LEAVE: Final = (
    *_UNSAFE,
    HoldKind.OPTED_OUT,
    HoldKind.CHOSE_OTHERWISE,
    HoldKind.NEVER_CONTACT,
    HoldKind.POST_NEVER,
    HoldKind.ONLY_VIA,
)
"""What takes a printed letter out of the tray: also that she does not want it any more."""

_PART: Final[Any] = aliased(Victim)

_MOVED: Final = "This person’s address was changed since: the letter is on its way to the old one."


def left_to_check(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the letters that left lately, were not asked about, and may be unsafe where they go.

    Only narrows: each is looked at by itself.
    """
    person = col(Victim.person_id)
    changed = exists().where(
        col(FormerDetails.person_id) == person,
        col(FormerDetails.replaced_at) >= col(PostedLetter.recorded_at),
    )
    compared = address_asked_about(col(Task.opened_on) >= col(PostedLetter.posted_on))
    query = (
        select(LetterRecord.id)
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(PersonRecord, col(PersonRecord.id) == person)
        .where(
            col(PostedLetter.posted_on) >= today - IS_ON_ITS_WAY,
            col(PostedLetter.came_back_on).is_(None),
            or_(
                changed,
                compared,
                died_since(col(PostedLetter.recorded_at)),
                col(PersonRecord.safe_to_post).is_(False),
            ),
            ~was_asked_to_stop(),
        )
    )
    return list(session.exec(query.order_by(col(LetterRecord.id)).limit(limit)).all())


def address_asked_about(when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say whether a task compares the address of a victim's person, in whichever referral."""
    return exists().where(
        col(Task.victim_id) == col(_PART.id),
        col(_PART.person_id) == col(Victim.person_id),
        col(Task.kind) == TaskKind.ADDRESS_TO_CHECK,
        when,
    )


def died_since(at: Any) -> ColumnElement[bool]:
    """Say whether a victim's person is recorded since as having died, in any record of theirs.

    ``at`` is the column of the moment since when.
    """
    return in_any_record(
        col(DeathRecord.person_id),
        col(DeathRecord.taken_back_at).is_(None),
        col(DeathRecord.recorded_at) >= at,
    )


def in_any_record(whose: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say whether there is such a row of a victim's person, or of any record that became theirs.

    ``whose`` is the column with the id of a row's record. A record that was joined to one that was
    joined counts too: each part of it says through which records it came.
    """
    person = col(Victim.person_id)
    before = (
        select(col(PersonJoin.from_person_id))
        .join(_PART, col(_PART.id) == col(PersonJoin.victim_id))
        .where(col(_PART.person_id) == person, col(PersonJoin.undone_at).is_(None))
        .correlate(Victim)
    )
    return or_(
        exists().where(whose == person, *where),
        exists().where(whose.in_(before), *where),
    )


def ask_if_unsafe(session: Session, sealer: Sealer, letter_id: int, now: datetime) -> bool:
    """Ask what must be done about a letter that left, where it is unsafe now. Say whether it is."""
    letter, today = session.get_one(LetterRecord, letter_id), london_date(now)
    victim = session.get_one(Victim, letter.victim_id)
    referral = session.get_one(Referral, victim.referral_id)
    why = why_unsafe(session, sealer, (letter, victim), today)
    if not why:
        return False
    query = select(col(PostedLetter.posted_on)).where(PostedLetter.letter_id == letter.id)
    left_on = in_words(session.exec(query).one())
    words = f"it left on {left_on}, and now: {why}"
    open_tasks(
        session, [stop_question(letter, Concern.of_victim(victim, referral), words, today)], today
    )
    return True


def why_unsafe(
    session: Session,
    sealer: Sealer,
    mail: tuple[LetterRecord, Victim],
    today: date,
    kinds: Collection[HoldKind] = _UNSAFE,
) -> str:
    """Say why a letter must not reach the address that is printed on it; "" where it may.

    ``kinds`` are the holds that count, where it is for more than the address.
    """
    letter, victim = mail
    case = gather(session, sealer, victim, letter, today).case
    person = opened(sealer, victim.person)
    if printed_address(sealer, letter) not in (comparable(person.where, person.postcode), None):
        return _MOVED
    found = (hold.text for hold in holds(case, Step.DESPATCH) if hold.kind in kinds)
    return " ".join(found)
