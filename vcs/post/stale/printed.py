"""Letters that may be printed and have not left, and that must not leave any more.

The gate stops whoever records that one leaves. Nothing stops paper in a tray: a person does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.concern import Concern
from vcs.post.others.about import about_letter
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.stale.left import (
    IS_ON_ITS_WAY,
    MUST_NOT_LEAVE,
    address_asked_about,
    died_since,
    in_any_record,
    why_unsafe,
)
from vcs.post.stale.left_to_others import why_unsafe_to_others
from vcs.post.stale.stopping import stop_question, was_asked_to_stop
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task
from vcs.terms import Choice
from vcs.victims.preferences.records import PreferenceRecord, Rule
from vcs.victims.records import (
    ChoiceRecord,
    FormerDetails,
    PersonJoin,
    PersonRecord,
    PostedLetter,
    Victim,
)

_PART: Final[Any] = aliased(Victim)


def printed_to_check(session: Session, now: datetime, limit: int = 500) -> list[int]:
    """Return the letters that may lie printed, were not asked about, and may have to be stopped.

    Letters to partners too: one about a victim is looked at as one to that victim is. Only
    narrows: each is looked at by itself.
    """
    printed = _printed().subquery()
    made_at = printed.c.made_at
    whose = func.coalesce(col(LetterRecord.victim_id), col(LetterRecord.about_victim_id))
    query = (
        select(LetterRecord.id)
        .outerjoin(Victim, col(Victim.id) == whose)
        .outerjoin(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .outerjoin(printed, printed.c.letter_id == col(LetterRecord.id))
        .where(
            or_(col(LetterRecord.opened_at) >= now - IS_ON_ITS_WAY, made_at.is_not(None)),
            ~exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id)),
            _may_be_unsafe(func.coalesce(made_at, col(LetterRecord.opened_at))),
            ~was_asked_to_stop(),
        )
    )
    return list(session.exec(query.order_by(col(LetterRecord.id)).limit(limit)))


def _printed() -> Any:
    """Return a query for the letters that a finished file holds, and since when.

    A file counts while its batch is open, and where the batch was closed with none of it gone.
    What was pulled after the file was made may lie printed as well.
    """
    beside = aliased(BatchLetter)
    left = exists().where(
        col(beside.batch_id) == col(PrintBatch.id), col(beside.left_on).is_not(None)
    )
    return (
        select(BatchLetter.letter_id, func.max(col(PrintBatch.made_at)).label("made_at"))
        .join(PrintBatch, col(PrintBatch.id) == col(BatchLetter.batch_id))
        .where(
            col(PrintBatch.made_at).is_not(None),
            or_(col(PrintBatch.closed_at).is_(None), ~left),
            col(BatchLetter.left_on).is_(None),
            or_(
                col(BatchLetter.pulled_at).is_(None),
                col(BatchLetter.pulled_at) >= col(PrintBatch.made_at),
            ),
        )
        .group_by(col(BatchLetter.letter_id))
    )


def _may_be_unsafe(printed_at: ColumnElement[Any]) -> ColumnElement[bool]:
    person = col(Victim.person_id)
    changed = exists().where(
        col(FormerDetails.person_id) == person, col(FormerDetails.replaced_at) >= printed_at
    )
    compared = address_asked_about(col(Task.done_at).is_(None))
    withdrawn = col(LetterRecord.withdrawn_at) >= printed_at
    still = col(LetterRecord.status) == LetterStatus.APPROVED
    joined = exists().where(
        col(PersonJoin.to_person_id) == person, col(PersonJoin.joined_at) >= printed_at
    )
    unsafe = or_(changed, compared, joined, col(PersonRecord.safe_to_post).is_(False))
    return or_(withdrawn, and_(still, or_(unsafe, *_said_since(printed_at))))


def _said_since(printed_at: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    """Yield that a person, in whichever referral, said no since, or how not to be reached, or died.

    In any record that was joined to theirs: each still counts. One that was opened by itself is
    not withdrawn for these, as it may have gone.
    """
    yield exists().where(
        col(ChoiceRecord.victim_id) == col(_PART.id),
        col(_PART.person_id) == col(Victim.person_id),
        col(ChoiceRecord.choice) == str(Choice.OPT_OUT),
        col(ChoiceRecord.recorded_at) >= printed_at,
    )
    yield in_any_record(
        col(PreferenceRecord.person_id),
        col(PreferenceRecord.rule) != str(Rule.ALLOWED),
        col(PreferenceRecord.ended_at).is_(None),
        col(PreferenceRecord.recorded_at) >= printed_at,
    )
    yield died_since(printed_at)


def ask_if_printed(session: Session, sealer: Sealer, letter_id: int, now: datetime) -> bool:
    """Ask for a letter to be taken out of the post, where it must not leave. Says whether it is."""
    letter, today = session.get_one(LetterRecord, letter_id), london_date(now)
    why, concern = _why(session, sealer, letter, now)
    if not why:
        return False
    words = f"it may be printed, and now: {why} Take it out of the post before it leaves."
    open_tasks(session, [stop_question(letter, concern, words, today)], today)
    return True


def _why(
    session: Session, sealer: Sealer, letter: LetterRecord, now: datetime
) -> tuple[str, Concern]:
    """Return why a printed letter must not leave, "" where it may; and what it concerns."""
    if letter.victim_id is None:
        about = about_letter(session, sealer, letter, now)
        why = _withdrawn(letter) or why_unsafe_to_others(about, letter)
        return why, Concern.of_case(about)
    victim = session.get_one(Victim, letter.victim_id)
    concern = Concern.of_victim(victim, session.get_one(Referral, victim.referral_id))
    mail, today = (letter, victim), london_date(now)
    unsafe = _withdrawn(letter) or why_unsafe(session, sealer, mail, today, MUST_NOT_LEAVE)
    return unsafe, concern


def _withdrawn(letter: LetterRecord) -> str:
    if letter.status != LetterStatus.WITHDRAWN:
        return ""
    return f"it was withdrawn. {letter.withdrawn_reason or ''}".strip()
