"""Ask a person about a letter that must be stopped, or that could not leave.

What must be stopped has a topic of its own: people are told of it at once, and of the rest not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, String, cast, exists, func, literal
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.post.concern import Concern
from vcs.post.records import LetterRecord
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic

_BEFORE, _AFTER = f"{TaskKind.LETTER_NOT_SENT}:", ":stop"


def ask_about_unsent(work: Work, letter: LetterRecord, concern: Concern, why: str) -> None:
    """Ask a person, today, about a letter that did not leave and cannot, as it is."""
    open_tasks(work.session, [_question(letter, concern, why, work.today)], work.today)


def ask_to_stop(work: Work, letter: LetterRecord, concern: Concern, why: str) -> None:
    """Ask a person about a letter that is out and should not be: they are told at once."""
    open_tasks(work.session, [stop_question(letter, concern, why, work.today)], work.today)


def stop_question(
    letter: LetterRecord, concern: Concern, why: str, today: date, about: str = ""
) -> Question:
    """Return the question about a letter that must be stopped, asked once for each letter.

    ``about`` tells it from others about the same letter, where it may be asked more than once.
    """
    asked = _question(letter, concern, why, today)
    return replace(asked, key=_stop_key(letter, about), topic=TaskTopic.MUST_STOP)


WAITS: Final = (_BEFORE, ":waits:")
"""What the key of a question about a letter that waits begins with, around its reference."""


def waits_question(
    letter: LetterRecord, concern: Concern, why: str, today: date, time: int
) -> Question:
    """Return the question about a letter that stays in the building, for the how-many-th time."""
    before, after = WAITS
    asked = _question(letter, concern, why, today)
    return replace(asked, key=f"{before}{letter.reference}{after}{time}")


def stops_asked_about(session: Session, letter: LetterRecord) -> int:
    """Return how many questions ``about`` something were asked to stop a letter."""
    is_one = col(Task.key).startswith(_stop_key(letter) + ":", autoescape=True)
    return session.exec(select(func.count()).select_from(Task).where(is_one)).one()


def is_stop_asked(session: Session, letter: LetterRecord, about: Iterable[str]) -> bool:
    """Say whether any of some questions to stop a letter was asked."""
    keys = [_stop_key(letter, one) for one in about]
    return session.exec(select(Task.id).where(col(Task.key).in_(keys))).first() is not None


def _stop_key(letter: LetterRecord, about: str = "") -> str:
    return f"{_BEFORE}{letter.reference}{_AFTER}" + (f":{about}" if about else "")


def was_asked_to_stop() -> ColumnElement[bool]:
    """Say of a letter whether a person was asked to stop it."""
    key = literal(_BEFORE) + cast(col(LetterRecord.reference), String) + literal(_AFTER)
    return exists().where(col(Task.key) == key)


def _question(letter: LetterRecord, concern: Concern, why: str, today: date) -> Question:
    return Question(
        f"{_BEFORE}{letter.reference}",
        TaskKind.LETTER_NOT_SENT,
        f"Letter {letter.reference}: {why} Decide what must be done, and do it today.",
        concern.region_code,
        today,
        concern.sentence_id,
        concern.referral_id,
        victim_id=concern.to.id if concern.to else None,
    )
