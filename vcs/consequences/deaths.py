"""A second person answers whether somebody has died: only a yes is final."""

from __future__ import annotations

from enum import StrEnum

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotValid
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.family.deaths import confirm_death, take_back_death
from vcs.victims.records import Victim


class DeathAnswer(StrEnum):
    """What a second person may answer."""

    DIED = "has_died"
    LIVES = "has_not_died"


def answer_about_death(work: Work, task_reference: str, answer: str, how: str) -> Task:
    """Confirm a death, or take it back so that letters may go again.

    Raises NotValid for another answer, without a reason, or for a yes of whoever recorded it.
    """
    task = open_task(work, task_reference, AskedFor.DEATH)
    if answer not in list(DeathAnswer):
        raise NotValid("Say whether they have died.", {"answer": "Select whether they have died"})
    if not how.strip():
        raise NotValid("Say how you know.", {"note": "Enter how you know"})
    victim = work.session.get_one(Victim, task.victim_id)
    # What was found may name people: it is kept sealed with the death, and not with the task.
    finish(work, task, answer, "")
    if answer == DeathAnswer.DIED:
        confirm_death(work, victim.reference, how)
    else:
        take_back_death(work, victim.reference, how)
    work.note("task.decided", task.reference, answer)
    return task
