"""A manager answers whether two people on record are one."""

from __future__ import annotations

from enum import StrEnum

from vcs.access.work import Work
from vcs.consequences import answers
from vcs.errors import NotValid
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.find import parts_of
from vcs.victims.identity.apart import keep_apart
from vcs.victims.identity.join import end_questions, join, record_now
from vcs.victims.records import Victim

LONGEST_NOTE = 2000


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
        end_questions(work, one, other)
        for part, referral in parts_of(work.session, one):
            work.note("person.kept_apart", referral.reference, part.reference)
    elif one != other:
        join(work, one, other)
    work.note("task.decided", task.reference, answer)
    return task
