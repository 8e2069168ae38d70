"""A manager answers whether two people on record are one."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import update
from sqlmodel import col, select

from vcs.access.work import Work
from vcs.consequences import answers
from vcs.errors import NotValid
from vcs.tables import table_of
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind
from vcs.victims.apart import keep_apart
from vcs.victims.find import parts_of
from vcs.victims.join import join, record_now
from vcs.victims.records import Victim

LONGEST_NOTE = 2000

_TASKS = table_of(Task)

_OVERTAKEN = "overtaken: they are one person"


class Sameness(StrEnum):
    """What a manager may answer."""

    ONE = "one_person"
    TWO = "two_people"


def decide_same_person(work: Work, task_reference: str, answer: str, note: str) -> Task:
    """Join two people, or keep them apart for good: the same question is never asked again.

    Raises NotValid for another answer, or without a reason.
    """
    task = answers.open_task(work, task_reference, AskedFor.SAMENESS)
    if answer not in list(Sameness):
        raise NotValid("Say whether they are one.", {"answer": "Select whether they are one"})
    if not note.strip():
        raise NotValid("Say what you found.", {"note": "Say what you found"})
    one = work.session.get_one(Victim, task.victim_id).person_id
    other = record_now(work.session, task.person_id or 0).id
    answers.finish(work, task, answer, note[:LONGEST_NOTE])
    if answer == Sameness.TWO:
        keep_apart(work, one, other)
        for part, referral in parts_of(work.session, one):
            work.note("person.kept_apart", referral.reference, part.reference)
    elif one != other:
        join(work, one, other)
        _end_what_is_settled(work, min(one, other))
    work.note("task.decided", task.reference, answer)
    return task


def _end_what_is_settled(work: Work, person_id: int) -> None:
    """Close what is still asked about two records that are one by now."""
    work.session.flush()
    open_ones = select(Task).where(
        Task.kind == TaskKind.SAME_PERSON,
        col(Task.done_at).is_(None),
        col(Task.victim_id).in_([part.id for part, _ in parts_of(work.session, person_id)]),
    )
    settled = [
        one.id
        for one in work.session.exec(open_ones)
        if record_now(work.session, one.person_id or 0).id == person_id
    ]
    done = {"done_at": work.now, "answer": _OVERTAKEN}
    work.session.execute(update(_TASKS).where(_TASKS.c.id.in_(settled)).values(done))
