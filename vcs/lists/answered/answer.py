"""Answer what a list asks: join, part, explain, or have it entered. Kept for later lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, update
from sqlmodel import col, select

from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotAllowed, NotValid
from vcs.intake.inbox import keep_within
from vcs.lists.answered.answering import MOST_ALONE, Explanation, LineAnswer
from vcs.lists.answered.end_again import end_again
from vcs.lists.line_reads import may_answer
from vcs.lists.records import ListAnswer, ListLine
from vcs.lists.sealed_lines import KeptLine
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskTopic

LONGEST_NOTE: Final = 2000

_CLIENT: Final = "list"

_LINES, _ANSWERS = table_of(ListLine), table_of(ListAnswer)


@dataclass(frozen=True, slots=True)
class LineEntry:
    """What somebody says of the lines of a task.

    ``sentence_reference`` is the sentence of ours that they are about, where it was not shown.
    """

    answer: LineAnswer
    note: str
    reason: Explanation | None = None
    sentence_reference: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer: closed, or waiting for a second person or for the sentence."""

    task: Task
    second_wanted: bool = False
    receipt: str = ""


def answer_lines(work: Work, task_reference: str, entry: LineEntry) -> Answered:
    """Keep what a person says of the lines of a task, for these lines and for later lists.

    Over 20 lines of a list that are explained with one reason, and each of a sentence for which
    contact is owed, take a second person: until then the task stays open. Raises NotValid for an
    answer that says nothing.
    """
    work.require_may(Act.RECONCILE)
    task = open_task(work, task_reference, AskedFor.LINE)
    if not may_answer(work.actor, task):
        raise NotAllowed("The managers of its region answer this.")
    lines = _lines(work, task)
    _check(entry, task)
    if entry.answer is LineAnswer.EXPLAINED:
        return _explain(work, task, lines, entry)
    if entry.answer is LineAnswer.ACTED:
        return _have_it_entered(work, task, lines, entry)
    return _join_or_part(work, task, lines, entry)


def _lines(work: Work, task: Task) -> Sequence[ListLine]:
    query = select(ListLine).where(ListLine.task_id == task.id).order_by(col(ListLine.id))
    return work.session.exec(query).all()


def _check(entry: LineEntry, task: Task) -> None:
    if not entry.note.strip():
        raise NotValid("Say how you know.", {"note": "Enter how you know"})
    if len(entry.note) > LONGEST_NOTE:
        long = f"Enter {LONGEST_NOTE} characters or fewer"
        raise NotValid("The note is too long.", {"note": long})
    if entry.answer is LineAnswer.EXPLAINED and entry.reason is None:
        raise NotValid("Select a reason.", {"reason": "Select the reason"})
    if entry.answer is LineAnswer.NOT_SAME and task.topic != TaskTopic.LIST_UNSURE:
        raise NotValid("Nothing of ours is shown beside it.", {"answer": "Select another answer"})


def _keep(work: Work, line: ListLine, entry: LineEntry, sentence_id: int | None) -> ListAnswer:
    kept = ListAnswer(
        line_id=line.id,
        answer=entry.answer,
        reason=entry.reason,
        sentence_id=sentence_id,
        sealed=work.sealer.seal_text(entry.note.strip()),
        answered_at=work.now,
        answered_by=work.actor.account_id,
    )
    work.session.add(kept)
    return kept


def _explain(work: Work, task: Task, lines: Sequence[ListLine], entry: LineEntry) -> Answered:
    waiting = [one for one in _waiting(work, lines) if one.reason == entry.reason]
    if any(one.answered_by == work.actor.account_id for one in waiting):
        raise NotValid(
            "You explained this: another person confirms it.", {"answer": "Ask another person"}
        )
    if waiting:
        for one in waiting:
            one.confirmed_at, one.confirmed_by = work.now, work.actor.account_id
            work.session.add(one)
        return _close(work, task, entry)
    # A no to somebody who is owed contact takes two people, here as everywhere.
    is_owed = task.topic == TaskTopic.UNKNOWN_TO_US
    takes_two = is_owed or _explained_so_far(work, lines, entry) + len(lines) > MOST_ALONE
    for line in lines:
        _keep(work, line, entry, line.sentence_id).needs_second = takes_two
    if takes_two:
        work.note("list.explanation_proposed", task.reference, str(entry.reason))
        return Answered(task, second_wanted=True)
    return _close(work, task, entry)


def _waiting(work: Work, lines: Sequence[ListLine]) -> Sequence[ListAnswer]:
    """Return what another person explained and nobody has confirmed."""
    query = select(ListAnswer).where(
        col(ListAnswer.line_id).in_([line.id for line in lines]),
        ListAnswer.needs_second,
        col(ListAnswer.confirmed_by).is_(None),
    )
    return work.session.exec(query.order_by(col(ListAnswer.id).desc())).all()


def _explained_so_far(work: Work, lines: Sequence[ListLine], entry: LineEntry) -> int:
    """Count the lines of the same lists that people explained with this reason already."""
    runs = {line.run_id for line in lines}
    query = (
        select(func.count())
        .select_from(_ANSWERS.join(_LINES, _LINES.c.id == _ANSWERS.c.line_id))
        .where(_LINES.c.run_id.in_(runs), _ANSWERS.c.reason == str(entry.reason))
    )
    return int(work.session.execute(query).scalar_one())


def _have_it_entered(
    work: Work, task: Task, lines: Sequence[ListLine], entry: LineEntry
) -> Answered:
    """Keep what the list says as a message that a person reads: the task waits for the sentence."""
    told = [KeptLine.of_json(work.sealer.open_json(one.sealed)) for one in lines if one.sealed]
    cells = [dict(one.cells) for one in told]
    body = json.dumps({"task": task.reference, "lines": cells}, sort_keys=True).encode()
    kept = keep_within(work.session, work.sealer, body, _CLIENT, work.now)
    for line in lines:
        _keep(work, line, entry, line.sentence_id).receipt = kept.receipt
    work.note("list.to_be_entered", task.reference, kept.receipt)
    return Answered(task, receipt=kept.receipt)


def _join_or_part(work: Work, task: Task, lines: Sequence[ListLine], entry: LineEntry) -> Answered:
    sentence_id = _sentence_id(work, task, entry)
    for line in lines:
        _keep(work, line, entry, sentence_id)
    if entry.answer is LineAnswer.SAME:
        of_task = update(_LINES).where(_LINES.c.task_id == task.id)
        work.session.execute(of_task.values(sentence_id=sentence_id))
    answered = _close(work, task, entry)
    if entry.answer is LineAnswer.NOT_SAME:
        work.session.flush()
        end_again(work, lines)
    return answered


def _sentence_id(work: Work, task: Task, entry: LineEntry) -> int | None:
    """Return the sentence that an answer is about. Raises NotValid for none that they may see."""
    if not entry.sentence_reference:
        if task.sentence_id is None:
            wanted = "Enter the reference of the sentence that we hold"
            raise NotValid(f"{wanted}.", {"sentence": wanted})
        return task.sentence_id
    query = select(Sentence).where(Sentence.reference == entry.sentence_reference.upper())
    found = work.session.exec(query).first()
    if found is None or not may_see(work.actor, found):
        wrong = "There is no sentence with this reference that you may see"
        raise NotValid(f"{wrong}.", {"sentence": wrong})
    return found.id


def _close(work: Work, task: Task, entry: LineEntry) -> Answered:
    finish(work, task, str(entry.answer), str(entry.reason or ""))
    # The key is given up: a later list may ask anew about what it then says.
    task.key = f"{task.key}:{task.reference}"
    work.note("list.line_answered", task.reference, str(entry.answer))
    return Answered(task)
