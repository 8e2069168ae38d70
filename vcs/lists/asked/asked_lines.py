"""The lines that people are asked about now, read again as their list told them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from vcs.lists.asked.questions import UNKNOWN_TOPICS
from vcs.lists.digests import identity
from vcs.lists.merged import merged_numbers
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import Line, as_perhaps_new
from vcs.lists.records import ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.sealing import Sealer, shown
from vcs.tables import table_of
from vcs.tasks.records import Task

_TASKS, _LINES, _RUNS = table_of(Task), table_of(ListLine), table_of(ListRun)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of an open question. ``text`` identifies it in any list, whatever the sealing keys."""

    task_id: int
    run_id: int
    topic: str
    text: str
    line: Line

    @property
    def is_unknown(self) -> bool:
        """Say whether it tells of a sentence that we do not hold."""
        return self.topic in UNKNOWN_TOPICS


def asked_lines(session: Session, sealer: Sealer, topics: Iterable[str]) -> Iterator[AskedLine]:
    """Yield the lines of open questions of some topics, oldest first, with merged numbers."""
    query = (
        select(_LINES.c.task_id, _LINES.c.run_id, _TASKS.c.topic, _RUNS.c.kind, _LINES.c.sealed)
        .join(_TASKS, _TASKS.c.id == _LINES.c.task_id)
        .join(_RUNS, _RUNS.c.id == _LINES.c.run_id)
        .where(_TASKS.c.topic.in_(tuple(topics)), _TASKS.c.done_at.is_(None))
        .where(_LINES.c.sealed.is_not(None), _LINES.c.row.is_not(None))
        .order_by(_LINES.c.id)
    )
    merged = merged_numbers(session)
    for row in session.execute(query).all():
        # Its question stays open: a person sees there that the line does not open.
        opened = shown(sealer.open_json, row.sealed, None)
        if opened is None:
            continue
        kept = KeptLine.of_json(opened)
        text = identity(ListKind(row.kind), kept.line(), kept.cells)
        line = as_perhaps_new(merged.line(kept.line()))
        yield AskedLine(row.task_id, row.run_id, row.topic, text, line)
