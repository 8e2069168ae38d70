"""The letters of one kind one after another: how many wait, and which is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, cast, exists, func, literal
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may, seen_by
from vcs.post.drafts.waiting import theirs
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskKind
from vcs.victims.records import Victim

SENT_BACK: Final = f"{TaskKind.LETTER_NOT_SENT}:back:"
"""What the key of the task about a letter that was sent back begins with."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many letters of a kind wait for somebody to look at them."""

    kind: str
    count: int


def kinds_waiting(session: Session, actor: Actor, now: datetime) -> tuple[Waits, ...]:
    """Return the kinds of letter of which drafts wait, the most first."""
    query = _drafts(session, actor, now, LetterRecord.kind, func.count(col(LetterRecord.id)))
    found = session.exec(query.group_by(LetterRecord.kind))
    waits = (Waits(kind, count) for kind, count in found)
    return tuple(sorted(waits, key=lambda one: (-one.count, one.kind)))


def next_letter(
    session: Session, actor: Actor, now: datetime, kind: str, after: str = ""
) -> str | None:
    """Return the next draft of a kind after one that was looked at; None at the end.

    A letter that somebody may not see is after none, as if there were no such letter.
    """
    query = _drafts(session, actor, now, col(LetterRecord.reference)).where(
        LetterRecord.kind == kind
    )
    if after:
        before = (
            select(LetterRecord.id)
            .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
            .join(Referral, col(Referral.id) == col(Victim.referral_id))
            .where(LetterRecord.reference == after, seen_by(actor, Referral))
        )
        query = query.where(col(LetterRecord.id) > before.scalar_subquery())
    found: str | None = session.exec(query.order_by(col(LetterRecord.id))).first()
    return found


def is_waiting(session: Session, actor: Actor, now: datetime, kind: str, reference: str) -> bool:
    """Return whether a letter is a draft of a kind that waits for somebody to look at it."""
    query = _drafts(session, actor, now, col(LetterRecord.id)).where(
        LetterRecord.kind == kind, LetterRecord.reference == reference
    )
    return session.exec(query).first() is not None


def _drafts(session: Session, actor: Actor, now: datetime, *columns: Any) -> Any:
    require_may(actor, Act.WRITE_LETTER)
    key = literal(SENT_BACK) + cast(col(LetterRecord.reference), String) + literal(":%")
    sent_back = exists().where(col(Task.key).like(key), col(Task.done_at).is_(None))
    return (
        select(*columns)
        .select_from(LetterRecord)
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(*theirs(session, actor, now), ~sent_back)
    )
