"""The messages that could not be read: one row speaks for many that failed for one reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from vcs.alerts.digest.agenda.matter import Decision, Matter, id_of, task_matter
from vcs.alerts.digest.records import MatterAct
from vcs.intake.records import CourtMessage
from vcs.tasks.records import Task, TaskKind

MOST_ALIKE = 5
"""How many messages of one format and problem have a row each; of more, the oldest has one."""


def more_alike(session: Session, rows: Sequence[Matter]) -> Mapping[str, Sequence[str]]:
    """Return, where many messages could not be read for one reason, the oldest and the others.

    One that somebody planned, put off or disputed has a row of its own: that is about no other.
    """
    aside = {id_of(one.key, "task") for one in rows if one.decision is Decision.READ}
    if len(aside) <= MOST_ALIKE:
        return {}
    acted_on = set(
        session.exec(select(MatterAct.matter).where(col(MatterAct.matter).like("task:%")))
    )
    query = (
        select(Task.id, CourtMessage.format, CourtMessage.problem)
        .join(CourtMessage, col(CourtMessage.id) == col(Task.message_id))
        .where(Task.kind == str(TaskKind.SET_ASIDE), col(Task.done_at).is_(None))
        .order_by(col(Task.due_on), col(Task.id))
    )
    alike: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for task_id, its_format, problem in session.exec(query):
        key = task_matter(task_id)
        if task_id in aside and key not in acted_on:
            alike[its_format, problem].append(key)
    return {keys[0]: keys[1:] for keys in alike.values() if len(keys) > MOST_ALIKE}
