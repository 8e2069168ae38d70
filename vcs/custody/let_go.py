"""A person says whether a burst of events is right: it goes on, or is dropped and asked about."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import update

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.custody.facts.receive import LOCK
from vcs.custody.questions.brake import GO
from vcs.custody.records import CustodyFact, EndsAs
from vcs.database import lock
from vcs.errors import NotValid
from vcs.law.deadlines.working_days import add_working_days
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind

LONGEST_NOTE: Final = 2000

_FACTS = table_of(CustodyFact)


class BurstAnswer(StrEnum):
    """What a person may answer."""

    GO = GO
    DROP = "drop"


def answer_burst(work: Work, task_reference: str, answer: BurstAnswer, note: str) -> Task:
    """Let what was held go on, or drop it. Raises NotValid where nothing says how they know."""
    lock(work.session, LOCK)
    task = open_task(work, task_reference, AskedFor.BURST)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise NotValid("Say how you know.", {"note": "Enter how you know"})
    held = (_FACTS.c.task_id == task.id, _FACTS.c.ends_as == str(EndsAs.HELD))
    if answer is BurstAnswer.GO:
        # The scheduler settles them; the answered question lets the rest of the day through.
        values = {"settle_at": work.now, "because": "A person looked: it is right"}
    else:
        words = "A person looked: it was sent by mistake"
        values = {"ends_as": str(EndsAs.NOTHING), "settled_at": work.now, "because": words}
    change = update(_FACTS).where(*held).values(values).returning(_FACTS.c.id)
    count = len(work.session.execute(change).all())
    finish(work, task, answer, note)
    if answer is BurstAnswer.DROP and count:
        _ask_for_what_is_right(work, task, count)
    work.note("custody.burst", task.reference, answer)
    return task


def _ask_for_what_is_right(work: Work, task: Task, count: int) -> None:
    """Keep a question open, so that no event of the burst is lost that was right."""
    question = Question(
        f"custody-dropped:{task.reference}:{work.now.isoformat()}",
        TaskKind.CUSTODY_MEANING,
        f"{count} events of prison or licence systems were dropped as sent by mistake. Ask the "
        "systems which of them happened, and record each that did as a key event.",
        due_on=add_working_days(work.today, 1),
    )
    open_tasks(work.session, [question], work.today)
