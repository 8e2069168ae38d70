"""Questions about sentences of ours that a newer list of the same kind answers by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Select, or_, select

from vcs.access.work import Work
from vcs.lists.asked.line_tasks import end_tasks
from vcs.lists.endings import MORE_THAN_OURS, Ends
from vcs.lists.reconcile import Reconciled
from vcs.lists.records import ListLine, ListRun
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind, TaskTopic

_TASKS, _LINES, _RUNS = table_of(Task), table_of(ListLine), table_of(ListRun)

OVERTAKEN: Final = "a newer list agrees"


def end_overtaken(work: Work, found: Reconciled) -> None:
    """Close questions of lists of the kind that were drawn before, or on the day of, this one.

    A question whether both differ closes where every line of the sentence agrees, one that lists
    lacked it where a line is surely its own.
    """
    tied, agreed = _tied(found, {Ends.MATCHED, Ends.DIFFERS}), _tied(found, {Ends.MATCHED})
    differs = _tied(found, {Ends.DIFFERS, Ends.CANNOT_TELL})
    ids = [
        row.id
        for row in work.session.execute(_open_of(found))
        if row.sentence_id in (tied if row.topic == TaskTopic.LIST_LACKS else agreed - differs)
    ]
    end_tasks(work, ids, OVERTAKEN)


def _tied(found: Reconciled, ends: set[Ends]) -> set[int | None]:
    """Return the sentences of ours that lines of this list end at in one of some ways."""

    def its_ids() -> Iterator[int | None]:
        for one in found.ended:
            if one.line is not None and one.ending.held and one.ending.ends_as in ends:
                yield one.ending.held.sentence_id

    return set(its_ids())


def _open_of(found: Reconciled) -> Select[Any]:
    """Ask for open questions about our own sentences that no other or later list raised too.

    That a list knows of more than we hold is a person's to settle: a list that does not hold the
    rest is no proof against it.
    """
    topics = (str(TaskTopic.LIST_LACKS), str(TaskTopic.LIST_DIFFERS))
    more = [str(reason) for reason in MORE_THAN_OURS]
    others = (
        select(_LINES.c.id)
        .join(_RUNS, _RUNS.c.id == _LINES.c.run_id)
        .where(_LINES.c.task_id == _TASKS.c.id)
        .where(
            or_(
                _RUNS.c.kind != str(found.coverage.kind),
                _RUNS.c.drawn_on > found.coverage.drawn_on,
                _LINES.c.reason.in_(more),
            )
        )
    )
    return select(_TASKS.c.id, _TASKS.c.topic, _TASKS.c.sentence_id).where(
        _TASKS.c.kind == str(TaskKind.LIST_LINE),
        _TASKS.c.topic.in_(topics),
        _TASKS.c.done_at.is_(None),
        ~others.exists(),
    )
