"""Count everything again from the rows: at a migration, and each night to prove what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlmodel import Session, col

from vcs.clocks.records import ClockRecord
from vcs.database import lock
from vcs.intake.records import CourtMessage
from vcs.ledger.kept.cells import Axis, Cell, KeptRow, Tally, cells
from vcs.ledger.kept.fold import FOLD_LOCK, Change, add, add_to_counts, kept_rows
from vcs.ledger.kept.live import all_live
from vcs.ledger.kept.records import KeptCount, KeptMark, KeptSentence
from vcs.referrals.records import DeadlineRecord
from vcs.sentences.records import Sentence
from vcs.tables import table_of

_AT_A_TIME = 2000

_MARKS, _KEPT, _COUNTS = (table_of(one) for one in (KeptMark, KeptSentence, KeptCount))


def _counted(axis: Axis, key: Any, *fits: ColumnElement[bool]) -> Select[Any]:
    written = cast(key, String)
    columns: tuple[Any, ...] = (literal(str(axis)), written, func.count())
    return select(*columns).where(*fits).group_by(written)


def _by_key() -> CompoundSelect[Any]:
    """Count whatever is counted without being about a sentence."""
    open_deadline = (col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
    open_clock = (col(ClockRecord.met_on).is_(None), col(ClockRecord.stopped_on).is_(None))
    due_on = col(ClockRecord.due_on)
    return union_all(
        _counted(Axis.MESSAGE, col(CourtMessage.status)),
        _counted(Axis.DEADLINE, col(DeadlineRecord.due_on), *open_deadline),
        _counted(Axis.CLOCK, due_on, *open_clock, due_on.is_not(None)),
    )


@dataclass(frozen=True, slots=True)
class Differences:
    """How many sentences and how many counts are not kept as the rows say."""

    sentences: int
    counts: int

    def __bool__(self) -> bool:
        return bool(self.sentences or self.counts)


def keep_all(session: Session) -> None:
    """Throw away all that is kept and work it out again. Waits for whoever folds."""
    lock(session, FOLD_LOCK)
    for table in (_KEPT, _COUNTS):
        session.execute(delete(table))
    # Marks go before what they mark is looked at: what is changed meanwhile stays marked.
    session.execute(delete(_MARKS).where(_MARKS.c.sentence_id.is_not(None)))
    columns = [column.name for column in _KEPT.c]
    session.execute(insert(_KEPT).from_select(columns, all_live()))
    counted = _of_sentences(session)
    add(counted, _by_key_anew(session))
    add_to_counts(session, counted)


def _by_key_anew(session: Session) -> list[tuple[Cell, Tally]]:
    """Count what is about no sentence and take its marks away, both at one moment."""
    marks, query = delete(_MARKS).where(_MARKS.c.axis.is_not(None)), _by_key()
    if session.get_bind().dialect.name == "postgresql":
        query = query.add_cte(marks.returning(_MARKS.c.id).cte("marks"))
    else:
        session.execute(marks)
    return [_cell(*found) for found in session.execute(query)]


def differences(session: Session) -> Differences:
    """Compare all that is kept with the rows; what is marked is known to be out of date.

    The session must see one moment throughout, as a reading one does.
    """
    marked = set(session.execute(select(_MARKS.c.sentence_id).distinct()).scalars())
    sentences, last = 0, -1
    while (batch := _batch(session, last)) is not None:
        last, kept, live = batch
        sentences += len({one.sentence_id for one in kept ^ live} - marked)
    return Differences(sentences, _counts_apart(session))


def _batch(session: Session, after: int) -> tuple[int, set[KeptRow], set[KeptRow]] | None:
    """Return the kept and the live rows of the next sentences; None after the last."""
    ids = (col(Sentence.id), _KEPT.c.sentence_id)
    next_ids = (select(one).where(one > after).order_by(one).limit(_AT_A_TIME) for one in ids)
    ends = [found[-1] for one in next_ids if (found := session.execute(one).scalars().all())]
    if not ends:
        return None
    last = min(ends) if len(ends) == len(ids) else max(ends)
    kept = select(_KEPT).where(_KEPT.c.sentence_id > after, _KEPT.c.sentence_id <= last)
    live = all_live().where(col(Sentence.id) > after, col(Sentence.id) <= last)
    return last, _rows(session, kept), _rows(session, live)


def _rows(session: Session, query: Select[Any]) -> set[KeptRow]:
    return set(kept_rows(session.execute(query)))


def _counts_apart(session: Session) -> int:
    """Return how many counts are not the sum of the kept sentences and of the rows."""
    apart = _of_sentences(session)
    add(apart, (_cell(*found) for found in session.execute(_by_key())))
    add(apart, _held(session), -1)
    axis, key = _MARKS.c.axis, _MARKS.c.key
    marked = select(axis, key, func.sum(_MARKS.c.n)).where(axis.is_not(None)).group_by(axis, key)
    add(apart, (_cell(*found) for found in session.execute(marked)), -1)
    return sum(1 for tally in apart.values() if any(tally))


def _of_sentences(session: Session) -> Change:
    counted: Change = {}
    query = select(_KEPT).execution_options(yield_per=_AT_A_TIME)
    for row in kept_rows(session.execute(query)):
        add(counted, cells(row))
    return counted


def _held(session: Session) -> Iterator[tuple[Cell, Tally]]:
    columns = [_COUNTS.c[name] for name in (*Cell._fields, *Tally._fields)]
    for found in session.execute(select(*columns)):
        yield Cell(*found[: len(Cell._fields)]), Tally(*found[len(Cell._fields) :])


def _cell(axis: str, key: str, n: int) -> tuple[Cell, Tally]:
    return Cell(axis, key, "", "", ""), Tally(int(n))
