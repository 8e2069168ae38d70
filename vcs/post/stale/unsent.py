"""Approved letters that stay in the building: a person is asked why, and later asked again.

Only a recorded despatch takes a letter off this list. What GOV.UK Notify has is asked about by
itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import working_days_between
from vcs.post.cases.case import gather
from vcs.post.concern import Concern
from vcs.post.gate import Hold, Step, holds
from vcs.post.notify.records import MAY_BE_THERE, NotifyLetter
from vcs.post.others.about import about_letter
from vcs.post.others.case import gather_other
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.records import ReturnedLetter
from vcs.post.stale.stopping import WAITS, waits_question
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task
from vcs.victims.records import PostedLetter, Victim

LEAVES_WITHIN: Final = 5
"""Working days within which an approved letter should leave: ours, to be confirmed."""

ASKED_EVERY: Final = 10
"""Working days after which one that waits still is asked about again: ours, to be confirmed."""

_NOTHING_HOLDS_IT: Final = (
    "Nothing holds it. Put it into a print batch; or, if it went already, record the day on which "
    "it left."
)


def unsent_to_check(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return letters approved some time ago that are not recorded as gone and not asked about."""
    letter = col(LetterRecord.id)
    query = (
        select(LetterRecord.id, LetterRecord.approved_at)
        .where(
            LetterRecord.status == LetterStatus.APPROVED,
            # Whether one from before it was kept what a letter rests on has left is not known.
            col(LetterRecord.made_from).is_not(None),
            ~exists().where(col(PostedLetter.letter_id) == letter),
            ~exists().where(col(ReturnedLetter.letter_id) == letter),
            ~exists().where(
                col(NotifyLetter.letter_id) == letter, col(NotifyLetter.status).in_(MAY_BE_THERE)
            ),
            ~_is_asked_about(),
        )
        .order_by(col(LetterRecord.approved_at), letter)
    )
    late = (one for one, at in session.exec(query) if at and _waited(at, today) > LEAVES_WITHIN)
    return list(late)[:limit]


def _is_asked_about() -> ColumnElement[bool]:
    """Say whether a question about a letter that waits is open."""
    begins = literal(WAITS[0]) + cast(col(LetterRecord.reference), String) + literal(WAITS[1])
    open_one = and_(col(Task.key).like(begins + literal("%")), col(Task.done_at).is_(None))
    return exists().where(open_one)


def _waited(approved_at: datetime, today: date) -> int:
    return working_days_between(london_date(approved_at), today)


def ask_if_unsent(session: Session, sealer: Sealer, letter_id: int, now: datetime) -> bool:
    """Ask what keeps one letter in the building. Says whether a person is asked."""
    letter, today = session.get_one(LetterRecord, letter_id), london_date(now)
    if letter.approved_at is None:
        return False
    found, concern = _held(session, sealer, letter, now)
    why = " ".join(dict.fromkeys(hold.text for hold in found)) or _NOTHING_HOLDS_IT
    words = f"it was approved on {in_words(london_date(letter.approved_at))} and is not recorded"
    time = _waited(letter.approved_at, today) // ASKED_EVERY
    asked = waits_question(letter, concern, f"{words} as having left. {why}", today, time)
    open_tasks(session, [asked], today)
    return True


def _held(
    session: Session, sealer: Sealer, letter: LetterRecord, now: datetime
) -> tuple[Iterable[Hold], Concern]:
    """Return what holds a letter now, and whom it concerns."""
    if letter.victim_id is None:
        about = about_letter(session, sealer, letter, now)
        return holds(gather_other(about, letter).case, Step.DESPATCH), Concern.of_case(about)
    victim = session.get_one(Victim, letter.victim_id)
    case = gather(session, sealer, victim, letter, london_date(now)).case
    referral = session.get_one(Referral, victim.referral_id)
    return holds(case, Step.DESPATCH), Concern.of_victim(victim, referral)
