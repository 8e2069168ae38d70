"""Answer what a list asks: join, part, explain, or have it entered. Kept for later lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, update
from sqlmodel import col, select

from vcs.access.one_person import SAME_NAME, are_perhaps_one_person
from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotAllowed, NotValid
from vcs.intake.inbox import keep_within
from vcs.lists.answered.answering import MOST_ALONE, Explanation, LineAnswer
from vcs.lists.answered.end_again import end_again
from vcs.lists.answered.second import line_takes_two
from vcs.lists.line_reads import may_answer
from vcs.lists.records import ListAnswer, ListAnswerTakenBack, ListLine
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

    Whatever ends a line for which contact may be owed takes a second person who says the same, and
    so do over 20 lines of a list that are explained with one reason: until then the task stays
    open. Raises NotValid for an answer that says nothing.
    """
    work.require_may(Act.RECONCILE)
    task = open_task(work, task_reference, AskedFor.LINE)
    if not may_answer(work.session, work.actor, task):
        raise NotAllowed("The managers of its region answer this.")
    lines = _lines(work, task)
    _check(entry, task)
    if entry.answer is LineAnswer.ACTED:
        return _have_it_entered(work, task, lines, entry)
    if entry.answer is LineAnswer.NOT_SAME:
        return _part(work, task, lines, entry)
    return _end(work, task, lines, entry)


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


def _end(work: Work, task: Task, lines: Sequence[ListLine], entry: LineEntry) -> Answered:
    """Join lines with a sentence of ours, or explain them, once enough people say so."""
    joins = entry.answer is LineAnswer.SAME
    sentence_id = _sentence_id(work, task, entry) if joins else None
    waiting = [
        one
        for one in _waiting(work, lines)
        if (one.answer, one.reason) == (entry.answer, entry.reason)
        and (not joins or one.sentence_id == sentence_id)
    ]
    if any(one.answered_by == work.actor.account_id for one in waiting):
        raise NotValid(
            "You said this: another person confirms it.", {"answer": "Ask another person"}
        )
    me = work.actor.account_id
    if any(are_perhaps_one_person(work.session, one.answered_by, me) for one in waiting):
        raise NotValid(SAME_NAME, {"answer": "Ask somebody with another name"})
    for one in waiting:
        one.confirmed_at, one.confirmed_by = work.now, work.actor.account_id
        work.session.add(one)
    if not waiting:
        two = _take_two(work, lines, entry)
        for line in lines:
            _keep(work, line, entry, sentence_id or line.sentence_id).needs_second = two
        if two:
            work.note("list.answer_proposed", task.reference, str(entry.reason or entry.answer))
            return Answered(task, second_wanted=True)
    if joins:
        of_task = update(_LINES).where(_LINES.c.task_id == task.id)
        work.session.execute(of_task.values(sentence_id=sentence_id))
    return _close(work, task, entry)


def _take_two(work: Work, lines: Sequence[ListLine], entry: LineEntry) -> bool:
    """Say whether a second person is needed: contact may be owed, or one reason goes far."""
    if any(line_takes_two(work.session, work.sealer, line) for line in lines):
        return True
    is_explained = entry.answer is LineAnswer.EXPLAINED
    return is_explained and _explained_so_far(work, lines, entry) + len(lines) > MOST_ALONE


def _waiting(work: Work, lines: Sequence[ListLine]) -> Sequence[ListAnswer]:
    """Return what somebody said to end lines, and nobody has confirmed or taken back."""
    query = select(ListAnswer).where(
        col(ListAnswer.line_id).in_([line.id for line in lines]),
        ListAnswer.needs_second,
        col(ListAnswer.confirmed_by).is_(None),
        col(ListAnswer.id).not_in(select(ListAnswerTakenBack.answer_id)),
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


def _part(work: Work, task: Task, lines: Sequence[ListLine], entry: LineEntry) -> Answered:
    sentence_id = _sentence_id(work, task, entry)
    for line in lines:
        _keep(work, line, entry, sentence_id)
    answered = _close(work, task, entry)
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
