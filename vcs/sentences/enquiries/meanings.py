"""Result codes that no table holds: asked about once for each code, and read by what was answered.

Answers are dated rows that are only added; the newest for a code counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.results.learned import Meanings, canonical, is_known
from vcs.law.facts import SentenceFacts, SentencingFacts
from vcs.sentences.records import DecisionRecord, ResultMeaning
from vcs.tasks.ask import Question
from vcs.tasks.records import Task, TaskKind
from vcs.terms import SentenceKind

CAN_MEAN = tuple(kind for kind in SentenceKind if kind is not SentenceKind.UNKNOWN)

"""What a person may say of a code: unknown is what it is already."""

_LONGEST_CODE, _LONGEST_TITLE = 10, 80

_IN_THE_TABLE = "the table of results holds it now"


def meanings_held(session: Session) -> Meanings:
    """Return what each code that was answered means, by its canonical form."""
    query = select(col(ResultMeaning.code), col(ResultMeaning.kind)).order_by(col(ResultMeaning.id))
    return {code: SentenceKind[kind] for code, kind in session.execute(query)}


def keep_meaning(
    session: Session, code: str, kind: SentenceKind, reason: str, by: tuple[int, datetime]
) -> None:
    """Add what a code means; ``by`` is the account and the moment."""
    account_id, now = by
    row = ResultMeaning(
        code=code, kind=kind.name, reason=reason, answered_at=now, answered_by=account_id
    )
    session.add(row)


def questions(told: Iterable[tuple[str, SentencingFacts]]) -> list[Question]:
    """Return a question for each code that no table holds, from formats and the facts they gave."""
    asked = {
        canonical(one.result_code or ""): _question(one, feed)
        for feed, facts in told
        for one in _unknown(facts)
    }
    return list(asked.values())


def _unknown(facts: SentencingFacts) -> Iterator[SentenceFacts]:
    for offence in facts.offences:
        yield from (one for one in offence.sentences if code_asked_about(one))


def code_asked_about(one: SentenceFacts) -> str:
    """Return the code of a result that no table holds; empty where no code is what is missing."""
    if one.kind is not SentenceKind.UNKNOWN:
        return ""
    code = canonical(one.result_code or "")
    is_a_code = code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE
    return code if is_a_code and not is_known(code) else ""


def question_key(code: str) -> str:
    """Return what makes the question about a code one of a kind."""
    return f"{TaskKind.RESULT_CODE}:{code}"


def _question(one: SentenceFacts, feed: str) -> Question:
    code = canonical(one.result_code or "")
    title = f" (the court calls it “{one.label[:_LONGEST_TITLE]}”)" if one.label else ""
    text = (
        f"The result code {code}{title} is in no table. It came by the feed {feed}. Until somebody "
        "says what it means, every sentence with it is 'cannot tell'. Look it up in the list of "
        "result codes, or ask the court. Your answer decides all of them again, and those to come."
    )
    return Question(question_key(code), TaskKind.RESULT_CODE, text, result_code=code)


def close_known(session: Session, now: datetime) -> list[Task]:
    """Close the questions about codes that the tables have come to hold; returns them."""
    is_open = (col(Task.kind) == TaskKind.RESULT_CODE, col(Task.done_at).is_(None))
    tasks = session.execute(select(Task).where(*is_open).with_for_update()).scalars()
    known = [one for one in tasks if one.result_code and is_known(one.result_code)]
    for task in known:
        task.done_at, task.answer = now, _IN_THE_TABLE
        session.add(task)
    return known


def messages_with(session: Session, code: str) -> list[int]:
    """Return the messages, still kept, whose facts have a result of a code that is not known."""
    read = (str(MessageStatus.READ), str(MessageStatus.OLDER_THAN_HELD))
    query = (
        select(col(DecisionRecord.message_id), col(DecisionRecord.facts))
        .join(CourtMessage, col(CourtMessage.id) == col(DecisionRecord.message_id))
        .where(
            col(DecisionRecord.facts).like(f'%"result_code":"%{code}"%'),
            col(CourtMessage.body).is_not(None),
            col(CourtMessage.status).in_(read),
        )
    )
    found = {its_id for its_id, facts in session.execute(query) if _has(json.loads(facts), code)}
    return sorted(found)


def _has(facts: dict[str, list[dict[str, list[dict[str, str | None]]]]], code: str) -> bool:
    told = (one for offence in facts["offences"] for one in offence["sentences"])
    return any(canonical(one["result_code"] or "") == code for one in told)
