"""A list says that somebody was released on the day: earlier lists are asked anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select, update

from vcs.access.work import Work
from vcs.lists.asked.questions import question_of_ours
from vcs.lists.endings import Ends, Reason
from vcs.lists.reading.columns import ListKind
from vcs.lists.reads import has_newer
from vcs.lists.records import ListLine, ListRun
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task

_LINES, _RUNS, _SENTENCES = table_of(ListLine), table_of(ListRun), table_of(Sentence)

_TASKS = table_of(Task)


def ask_about_released(work: Work, run: ListRun) -> None:
    """Ask at once about sentences that another list lacked as too recent to be there.

    They were released on the day: their case may never be opened.
    """
    for line_id, kind, sentence_id, region_code in work.session.execute(_waiting(run)).all():
        question = question_of_ours(
            ListKind(kind), Reason.OURS_RELEASED, (sentence_id, region_code), work.today
        )
        open_tasks(work.session, [question], work.today)
        task = select(_TASKS.c.id).where(_TASKS.c.key == question.key).scalar_subquery()
        change = {
            "ends_as": str(Ends.TASK),
            "reason": str(Reason.OURS_RELEASED),
            "task_id": task,
        }
        work.session.execute(update(_LINES).where(_LINES.c.id == line_id).values(change))


def _waiting(run: ListRun) -> Select[Any]:
    """Ask for the lines of other kinds' newest lists that waited, for a sentence released now."""
    released = select(_LINES.c.sentence_id).where(
        _LINES.c.run_id == run.id, _LINES.c.released_that_day, _LINES.c.sentence_id.is_not(None)
    )
    return (
        select(_LINES.c.id, _RUNS.c.kind, _LINES.c.sentence_id, _SENTENCES.c.region_code)
        .join(_RUNS, _RUNS.c.id == _LINES.c.run_id)
        .join(_SENTENCES, _SENTENCES.c.id == _LINES.c.sentence_id)
        .where(_LINES.c.reason == str(Reason.OURS_RECENT), _LINES.c.sentence_id.in_(released))
        .where(~has_newer(_RUNS))
    )
