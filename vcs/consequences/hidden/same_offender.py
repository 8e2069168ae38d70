"""A manager answers whether two cases are of one offender."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.consequences import answers
from vcs.consequences.hidden import other_cases
from vcs.consequences.hidden.follow import bring
from vcs.errors import NotValid
from vcs.sentences.records import Sentence
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind

LONGEST_NOTE: Final = 2000


class SameOffender(StrEnum):
    """What a manager may answer."""

    ONE = other_cases.ONE
    TWO = "two_offenders"


def decide_same_offender(work: Work, task_reference: str, answer: str, note: str) -> Task:
    """Close both cases to the same people, or keep them apart for good.

    What is decided of either case later follows into the other one too. Raises NotValid for another
    answer, or without a reason.
    """
    task = answers.open_task(work, task_reference, AskedFor.ONE_OFFENDER)
    if answer not in list(SameOffender):
        raise NotValid(
            "Say whether it is one offender.", {"answer": "Select whether it is one offender"}
        )
    if not note.strip():
        raise NotValid("Say what you found.", {"note": "Say what you found"})
    own = work.session.get_one(Sentence, task.sentence_id)
    other = work.session.get_one(Sentence, task.other_sentence_id)
    for asked in (task, *_asked_the_other_way(work.session, task)):
        answers.finish(work, asked, answer, note[:LONGEST_NOTE])
    if answer == SameOffender.ONE:
        for here, there in ((own, other), (other, own)):
            for one in (here, *other_cases.known(work.session, work.sealer, here)):
                bring(work.session, work.sealer, one, [there], work.now)
    work.note("task.decided", task.reference, answer)
    return task


def _asked_the_other_way(session: Session, task: Task) -> list[Task]:
    query = select(Task).where(
        Task.kind == str(TaskKind.SAME_OFFENDER),
        Task.sentence_id == task.other_sentence_id,
        Task.other_sentence_id == task.sentence_id,
        col(Task.done_at).is_(None),
    )
    return list(session.exec(query.with_for_update()))
