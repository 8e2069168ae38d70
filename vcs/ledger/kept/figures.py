"""The counts that pages show: kept ones, put right for what is marked, hidden or opened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, false, func, or_, select, union_all
from sqlmodel import Session, col

from vcs.access.actors import Reach
from vcs.ledger.kept.cells import NOTHING, Axis, Cell, KeptRow, Tally, cells
from vcs.ledger.kept.fold import kept_rows
from vcs.ledger.kept.live import few_live
from vcs.ledger.kept.records import KeptCount, KeptMark, KeptSentence
from vcs.sentences.records import Sentence
from vcs.tables import table_of

_MARKS, _KEPT, _COUNTS = (table_of(one) for one in (KeptMark, KeptSentence, KeptCount))

_MARKED = select(_MARKS.c.sentence_id).where(_MARKS.c.sentence_id.is_not(None))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which counts are wanted: of an axis, of one key or region where it is named.

    An empty text is what is not known. ``by_region`` gives the counts by region, not by key.
    """

    axis: Axis
    key: str | None = None
    region: str | None = None
    by_region: bool = False

    def includes(self, cell: Cell) -> bool:
        """Say whether a cell is wanted."""
        key, region = self.key in (None, cell.key), self.region in (None, cell.region)
        return cell.axis == self.axis and key and region

    def group(self, cell: Cell) -> tuple[str, str]:
        """Return under which key and state a cell is counted."""
        return cell.region if self.by_region else cell.key, cell.state


Figures = dict[tuple[str, str], Tally]
"""By key and state."""


def figures(session: Session, reached: Reach, wanted: Wanted) -> Figures:
    """Return counts over what somebody reaches, exact at the moment that the session sees."""
    found: defaultdict[tuple[str, str], Tally] = defaultdict(lambda: NOTHING)
    for key, state, *sums in session.execute(_counted(reached, wanted)):
        found[key, state] = Tally(*(int(one) for one in sums))
    for row, sign in _exceptions(session, reached):
        for cell, tally in cells(row):
            if wanted.includes(cell):
                found[wanted.group(cell)] = found[wanted.group(cell)].plus(tally, sign)
    return {group: tally for group, tally in found.items() if any(tally)}


def missing_by_area(session: Session) -> dict[str, int]:
    """Return how many eligible sentences of each police area nobody was referred for, as kept.

    What changed in this very moment may be counted a moment later.
    """
    query = select(_COUNTS.c.area, func.sum(_COUNTS.c.missing)).group_by(_COUNTS.c.area)
    of_places = session.execute(query.where(_COUNTS.c.axis == str(Axis.PLACE)))
    return {area: int(n) for area, n in of_places if area}


def total(found: Figures) -> Tally:
    """Return the sum of some counts."""
    added = NOTHING
    for tally in found.values():
        added = added.plus(tally)
    return added


def _counted(reached: Reach, wanted: Wanted) -> Select[Any]:
    key = _COUNTS.c.region if wanted.by_region else _COUNTS.c.key
    sums = [func.sum(_COUNTS.c[name]) for name in Tally._fields]
    place = reached.covering(_unless_empty(_COUNTS.c.region), _unless_empty(_COUNTS.c.area), None)
    query = select(key, _COUNTS.c.state, *sums).where(_COUNTS.c.axis == str(wanted.axis), place)
    if wanted.key is not None:
        query = query.where(_COUNTS.c.key == wanted.key)
    if wanted.region is not None:
        query = query.where(_COUNTS.c.region == wanted.region)
    return query.group_by(key, _COUNTS.c.state)


def _unless_empty(column: ColumnElement[str]) -> ColumnElement[Any]:
    return func.nullif(column, "")


def _exceptions(session: Session, reached: Reach) -> Iterator[tuple[KeptRow, int]]:
    """Yield what is to be taken off the kept counts (-1) and added to them (1)."""
    apart = reached.hidden.sentences | reached.opened
    if not apart and not _is_marked(session):
        return
    counted = reached.covering(_KEPT.c.region_code, _KEPT.c.police_area, None)
    kept = select(_KEPT).where(_named(_KEPT.c.sentence_id, apart), counted)
    for row in kept_rows(session.execute(kept)):
        yield row, -1
    live = few_live().where(_named(col(Sentence.id), apart)).subquery()
    seen = reached.covering(live.c.region_code, live.c.police_area, live.c.sentence_id)
    for row in kept_rows(session.execute(select(live).where(seen))):
        yield row, 1


def _is_marked(session: Session) -> bool:
    return session.execute(_MARKED.limit(1)).first() is not None


def _named(sentence: Any, apart: frozenset[int]) -> ColumnElement[bool]:
    return or_(sentence.in_(_MARKED), sentence.in_(apart) if apart else false())


def sentences(session: Session) -> FromClause:
    """Return the kept sentences to select from; those that are marked are worked out anew."""
    if not _is_marked(session):
        return _KEPT
    kept = select(_KEPT).where(_KEPT.c.sentence_id.not_in(_MARKED))
    live = few_live().where(col(Sentence.id).in_(_MARKED))
    return union_all(kept, live).subquery("kept_sentences")


def tallied(rows: FromClause) -> tuple[ColumnElement[int], ...]:
    """Return the columns of a :class:`Tally` over rows of :func:`sentences`."""
    missing, deciding = (func.count(case((rows.c[name], 1))) for name in ("missing", "deciding"))
    return func.count(), missing, deciding


def messages(session: Session) -> Counter[str]:
    """Return how many court messages are in each status."""
    return by_key(session, Axis.MESSAGE)


def by_key(session: Session, axis: Axis) -> Counter[str]:
    """Return the counts of an axis that counts no sentences."""
    found: Counter[str] = Counter()
    for table in (_COUNTS, _MARKS):
        query = select(table.c.key, func.sum(table.c.n)).where(table.c.axis == str(axis))
        for key, n in session.execute(query.group_by(table.c.key)):
            found[key] += int(n)
    return found
