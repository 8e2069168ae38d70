"""The lines of a list as its page and file show them: how each ended, who is asked, by when.

Nothing here names anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, or_, select, true
from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.errors import NotFound
from vcs.lists.endings import Ends
from vcs.lists.records import ListLine, ListRun
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.tasks.rules import task_reach

_RUNS, _LINES, _TASKS = table_of(ListRun), table_of(ListLine), table_of(Task)
_SENTENCES = table_of(Sentence)

_AT_A_TIME: Final = 1000

MOST_LINES: Final = 500_000


@dataclass(frozen=True, slots=True)
class LineRow:
    """How one line ended: it names nobody.

    ``owner_region`` is the region whose managers answer its question, None while no court places
    it; ``due_on`` is by when. Both are told of every question, its reference to those who may open
    it.
    """

    row: int | None
    ends_as: str
    reason: str
    rule: str
    weight: float | None
    sentence_reference: str | None
    case_reference: str | None
    region_code: str | None
    task_reference: str | None
    is_open: bool
    is_asked: bool = False
    owner_region: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class LinesAsked:
    """Which lines of a list are asked for."""

    ends_as: Ends | None = None
    reason: str = ""
    part: Slice = FIRST


def require_list(session: Session, actor: Actor, reference: str) -> None:
    """Raise NotFound where there is no such list."""
    require_may(actor, Act.RECONCILE)
    found = session.execute(select(_RUNS.c.id).where(_RUNS.c.reference == reference)).first()
    if found is None:
        raise NotFound("There is no such list.")


def line_page(session: Session, actor: Actor, reference: str, asked: LinesAsked) -> Page[LineRow]:
    """Return a page of the lines of a list, in its order."""
    query = _lines(actor, reference, asked)
    return one_page(session, query, asked.part, lambda rows: map(_line_row, rows))


def line_rows(session: Session, actor: Actor, reference: str) -> Iterator[LineRow]:
    """Yield every line of a list, in its order; whoever asks stops."""
    query = _lines(actor, reference, LinesAsked())
    for row in session.execute(query.execution_options(yield_per=_AT_A_TIME)):
        yield _line_row(row)


def _lines(actor: Actor, reference: str, asked: LinesAsked) -> Select[Any]:
    """Ask for lines. A sentence of another region, or of a hidden case, is not named.

    How many lines ended in which way is published, and each line has a number: one that was left
    out would be the one that is hidden.
    """
    require_may(actor, Act.RECONCILE)
    within = task_reach(actor).of_a_sentence.covering(
        _SENTENCES.c.region_code, _SENTENCES.c.police_area, _SENTENCES.c.id
    )
    joined = _LINES.outerjoin(
        _SENTENCES, (_SENTENCES.c.id == _LINES.c.sentence_id) & within
    ).outerjoin(_TASKS, _TASKS.c.id == _LINES.c.task_id)
    run_id = select(_RUNS.c.id).where(_RUNS.c.reference == reference).scalar_subquery()
    query = select(
        _LINES,
        _SENTENCES.c.reference.label("sentence_reference"),
        _SENTENCES.c.case_reference.label("case_reference"),
        case((_theirs(actor), _TASKS.c.reference)).label("task_reference"),
        _TASKS.c.done_at.label("done_at"),
        case((_not_hidden(actor), _LINES.c.region_code)).label("place"),
        case((_not_hidden(actor), _TASKS.c.region_code)).label("owner_region"),
        _TASKS.c.due_on,
    ).select_from(joined)
    query = query.where(_LINES.c.run_id == run_id)
    if asked.ends_as is not None:
        query = query.where(_LINES.c.ends_as == str(asked.ends_as))
    if asked.reason:
        query = query.where(_LINES.c.reason == asked.reason)
    return query.order_by(_LINES.c.row.is_(None), _LINES.c.row, _LINES.c.id)


def _not_hidden(actor: Actor) -> ColumnElement[bool]:
    """Say of a line whether its sentence is of no case that is kept from this person."""
    sentence = _LINES.c.sentence_id
    hidden = actor.hidden.sentences - actor.opened
    return or_(sentence.is_(None), sentence.not_in(hidden)) if hidden else true()


def _theirs(actor: Actor) -> ColumnElement[bool]:
    """Say of a task beside a sentence whether a person may open it."""
    reached = task_reach(actor)
    of_none = reached.of_no_sentence.covering(_TASKS.c.region_code, None, None)
    is_of_none = _TASKS.c.sentence_id.is_(None)
    return or_(and_(is_of_none, of_none), and_(~is_of_none, _SENTENCES.c.id.is_not(None)))


def _line_row(row: Row[Any]) -> LineRow:
    return LineRow(
        row.row,
        row.ends_as,
        row.reason,
        row.rule,
        row.weight,
        row.sentence_reference,
        row.case_reference,
        row.place,
        row.task_reference,
        row.task_reference is not None and row.done_at is None,
        row.task_id is not None and row.done_at is None,
        row.owner_region,
        row.due_on,
    )
