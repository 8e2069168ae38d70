"""Bring the kept states and counts up to date with what was marked, as a transaction ends.

On SQLite there is one writer, so that nothing is ever left marked. On PostgreSQL whoever holds the
lock folds what it sees; nobody waits for it, and what is left is folded by the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from vcs.database import before_commit, try_lock
from vcs.ledger.kept.cells import NOTHING, Cell, KeptRow, Tally, cells
from vcs.ledger.kept.live import few_live
from vcs.ledger.kept.records import KeptCount, KeptMark, KeptSentence
from vcs.sentences.records import Sentence
from vcs.tables import table_of

FOLD_LOCK = 0x76637338

_AT_A_TIME = 500

_MARKS, _KEPT, _COUNTS = (table_of(one) for one in (KeptMark, KeptSentence, KeptCount))

_MARKED = "SELECT id FROM kept_mark WHERE sentence_id IS NOT NULL LIMIT 1"
"""Asked in every transaction that writes: as text it takes a third of the time."""

Change = dict[Cell, Tally]
"""By how much each cell changes."""


def fold(session: Session) -> None:
    """Fold all that is marked, where a sentence is and nobody else is at it."""
    # Marks of an axis alone can wait: they are summed up when they are read.
    marked = session.connection().exec_driver_sql(_MARKED).first()
    if marked is None or not try_lock(session, FOLD_LOCK):
        return
    while marks := _taken(session):
        changed: Change = {}
        for mark in marks:
            if mark.axis is not None:
                add(changed, [(Cell(mark.axis, mark.key, "", "", ""), Tally(mark.n))])
        _keep_again(session, {mark.sentence_id for mark in marks} - {None}, changed)
        add_to_counts(session, changed)


before_commit(fold)


def _taken(session: Session) -> list[Any]:
    """Take some marks away. What they mark is worked out by a later statement, never an earlier."""
    some = select(_MARKS.c.id).order_by(_MARKS.c.id).limit(_AT_A_TIME)
    taken = delete(_MARKS).where(_MARKS.c.id.in_(some.scalar_subquery()))
    columns = (_MARKS.c.sentence_id, _MARKS.c.axis, _MARKS.c.key, _MARKS.c.n)
    return list(session.execute(taken.returning(*columns)).all())


def _keep_again(session: Session, ids: set[int], changed: Change) -> None:
    """Work some sentences out again, keep what came out, and note what it changes in the counts."""
    theirs = _KEPT.c.sentence_id.in_(ids)
    kept = set(kept_rows(session.execute(select(_KEPT).where(theirs))))
    live = set(kept_rows(session.execute(few_live().where(col(Sentence.id).in_(ids)))))
    if outdated := kept - live:
        gone = [one.sentence_id for one in outdated]
        session.execute(delete(_KEPT).where(_KEPT.c.sentence_id.in_(gone)))
    if anew := live - kept:
        session.execute(insert(_KEPT), [one._asdict() for one in anew])
    for row in outdated:
        add(changed, cells(row), -1)
    for row in anew:
        add(changed, cells(row))


def kept_rows(found: Iterable[Any]) -> Iterator[KeptRow]:
    """Yield the rows of a query for kept or for live sentences."""
    for one in found:
        row = KeptRow(*one)
        yield row._replace(missing=bool(row.missing), deciding=bool(row.deciding))


def add(changed: Change, added: Iterable[tuple[Cell, Tally]], sign: int = 1) -> None:
    """Add to some cells, or with ``sign`` -1 take off."""
    for cell, tally in added:
        changed[cell] = changed.get(cell, NOTHING).plus(tally, sign)


def add_to_counts(session: Session, changed: Change) -> None:
    """Add to the counts; a cell that is not there yet is made."""
    rows = [cell._asdict() | tally._asdict() for cell, tally in changed.items() if any(tally)]
    if not rows:
        return
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    made = postgresql.insert(_COUNTS) if on_postgresql else sqlite.insert(_COUNTS)
    summed = {name: _COUNTS.c[name] + made.excluded[name] for name in Tally._fields}
    session.execute(made.on_conflict_do_update(index_elements=Cell._fields, set_=summed), rows)
