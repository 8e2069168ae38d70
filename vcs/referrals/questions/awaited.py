"""The result codes that a sentence waits for, and the sentences that an answer leaves unread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.referrals.states import to_be_read_again
from vcs.sentences.enquiries.meanings import question_key
from vcs.sentences.records import AwaitedCode
from vcs.tasks.records import Task


@dataclass(frozen=True, slots=True)
class AskedCode:
    """A result code that somebody is asked about, with the question."""

    code: str
    task_reference: str
    due_on: date | None


def codes_awaited_by(session: Session, sentence_id: int) -> tuple[AskedCode, ...]:
    """Return the codes that a sentence waits for and that somebody is asked about."""
    codes = select(col(AwaitedCode.code)).where(col(AwaitedCode.sentence_id) == sentence_id)
    keys = [question_key(code) for code in session.execute(codes).scalars()]
    asked = (
        select(col(Task.result_code), col(Task.reference), col(Task.due_on))
        .where(col(Task.key).in_(keys), col(Task.done_at).is_(None))
        .order_by(col(Task.id))
    )
    return tuple(AskedCode(*row) for row in session.execute(asked)) if keys else ()


def left_waiting(session: Session, code: str) -> list[int]:
    """Return the sentences that wait for a code and of which no message is to be read again."""
    query = select(col(AwaitedCode.sentence_id)).where(
        col(AwaitedCode.code) == code, col(AwaitedCode.sentence_id).not_in(to_be_read_again())
    )
    return list(session.execute(query.order_by(col(AwaitedCode.sentence_id))).scalars())
