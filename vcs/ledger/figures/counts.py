"""The counts of the ledger: per state, by region, court or week, and against the messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.regions import court, region_named
from vcs.ledger.figures.kept_lines import kept_lines
from vcs.ledger.figures.parts import NOWHERE, WEEK, Axis, Cell
from vcs.ledger.kept.cells import monday
from vcs.ledger.kept.figures import messages as kept_messages
from vcs.paging import FIRST, Page, Slice
from vcs.referrals.records import Referral, ReferralStatus
from vcs.referrals.states import joined, region, state, theirs, unaccounted
from vcs.sentences.records import Sentence
from vcs.terms import SentenceState

_STATUSES = {
    SentenceState.AWAITED: ReferralStatus.AWAITING,
    SentenceState.TRACED: ReferralStatus.AWAITING,
    SentenceState.REFERRED: ReferralStatus.REFERRED,
    SentenceState.REFUSED: ReferralStatus.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One region, court or week: ``key`` as addresses write it, ``name`` as people do."""

    key: str
    name: str
    states: Mapping[SentenceState, int]
    unaccounted: int

    @property
    def week(self) -> date | None:
        """Return the Monday of a line that counts a week."""
        try:
            return date.fromisoformat(self.key)
        except ValueError:
            return None

    @property
    def sentences(self) -> int:
        """Return how many sentences the line holds."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts. ``messages`` are all that were received, by what became of them.

    ``held`` counts the sentences by itself, so that the sum of the states can be held against it.
    """

    axis: Axis
    cell: Cell
    messages: Mapping[MessageStatus, int]
    received: int
    held: int
    total: Line
    lines: Page[Line]

    @property
    def closes(self) -> bool:
        """Say whether each message and each sentence is counted exactly once."""
        return self.received == sum(self.messages.values()) and self.held == self.total.sentences


@dataclass(frozen=True, slots=True)
class _Counted:
    messages: Counter[str]
    received: int
    held: int


@dataclass(slots=True)
class _Tally:
    states: Counter[str] = field(default_factory=Counter)
    unaccounted: int = 0

    def line(self, key: str, name: str) -> Line:
        states = {one: self.states.get(one, 0) for one in SentenceState}
        return Line(key, name, states, self.unaccounted)


def ledger(session: Session, actor: Actor, axis: Axis, cell: Cell, asked: Slice = FIRST) -> Ledger:
    """Return the counts of a part of the ledger by region, court or week, as they are kept.

    Raises NotAllowed for whoever is neither manager nor administrator, and NotValid for a page or
    size that no list has. Managers count their region; messages belong to no region.
    """
    asked.check()
    require_may(actor, Act.SEE_LEDGER)
    found = kept_lines(session, reach_of_counts(actor), axis, cell)
    messages = kept_messages(session)
    by_region = kept_lines(session, reach_of_counts(actor), Axis.REGION, cell)
    counted = _Counted(messages, sum(messages.values()), sum(one[2] for one in by_region))
    return _ledger(axis, cell, found, counted, asked)


def recounted(session: Session, actor: Actor, axis: Axis, cell: Cell) -> Ledger:
    """Count the same anew from the rows, for the proof: nothing that is kept is looked at."""
    found = session.execute(_counted(actor, axis, cell)).all()
    received: int = session.execute(select(func.count()).select_from(CourtMessage)).scalar_one()
    held: int = session.execute(_held(actor, cell)).scalar_one()
    counted = _Counted(_messages_by_status(session), received, held)
    return _ledger(axis, cell, found, counted, FIRST)


def _ledger(
    axis: Axis, cell: Cell, found: Iterable[Any], counted: _Counted, asked: Slice
) -> Ledger:
    total, tallies = _Tally(), dict[str, _Tally]()
    for key, its_state, count, missing in found:
        for tally in (total, tallies.setdefault(_key(axis, key), _Tally())):
            tally.states[its_state] += count
            tally.unaccounted += missing
    lines = _in_order(axis, (one.line(key, name_on(axis, key)) for key, one in tallies.items()))
    shown = tuple(lines[(asked.page - 1) * asked.size : asked.page * asked.size])
    return Ledger(
        axis,
        cell,
        {one: counted.messages[one] for one in MessageStatus},
        counted.received,
        counted.held,
        total.line("", "All"),
        Page(shown, asked.page, max(1, -(-len(lines) // asked.size)), len(lines)),
    )


def _messages_by_status(session: Session) -> Counter[str]:
    status = col(CourtMessage.status)
    found = session.execute(select(status, func.count()).group_by(status))
    return Counter({row[0]: row[1] for row in found})


def _counted(actor: Actor, axis: Axis, cell: Cell) -> Select[Any]:
    # Weeks are counted by the day and added up here: no two databases name a week alike.
    key: Any = {
        Axis.REGION: region(),
        Axis.COURT: col(Sentence.court_code),
        Axis.WEEK: col(Sentence.sentenced_on),
    }[axis]
    its_state = state().label("state")
    each = select(key.label("key"), its_state, case((unaccounted(), 1), else_=0).label("missing"))
    rows = theirs(actor, _within(each.select_from(joined()), cell)).subquery()
    query: Select[Any] = select(
        rows.c.key, rows.c.state, func.count(), func.sum(rows.c.missing)
    ).group_by(rows.c.key, rows.c.state)
    return query


def _held(actor: Actor, cell: Cell) -> Select[Any]:
    query: Select[Any] = select(func.count(col(Sentence.id))).select_from(joined())
    return theirs(actor, _within(query, cell))


def _within(query: Select[Any], cell: Cell) -> Select[Any]:
    """Narrow a query over :func:`joined` to a part of the ledger."""
    if cell.state is not None:
        query = query.where(state() == str(cell.state))
        if cell.state in _STATUSES:
            # Says nothing new: it leads the database to the referrals instead of all sentences.
            query = query.where(col(Referral.status) == _STATUSES[cell.state])
    if cell.region is not None:
        its = region()
        query = query.where(its.is_(None) if cell.region == NOWHERE else its == cell.region)
    if cell.court is not None:
        code = col(Sentence.court_code)
        query = query.where(code.is_(None) if cell.court == NOWHERE else code == cell.court)
    if cell.week is not None:
        ends = cell.week + WEEK
        query = query.where(
            col(Sentence.sentenced_on) >= cell.week, col(Sentence.sentenced_on) < ends
        )
    return query


def _key(axis: Axis, found: Any) -> str:
    if axis is Axis.WEEK:
        return found if isinstance(found, str) else monday(found).isoformat()
    return found or NOWHERE


def name_on(axis: Axis, key: str) -> str:
    """Return how people call a region, a court or a week."""
    if key == NOWHERE:
        return "Not known yet"
    if axis is Axis.REGION:
        found = region_named(key)
        return found.name if found else key
    if axis is Axis.COURT:
        known = court(key)
        return known.name if known else key
    return key


def _in_order(axis: Axis, lines: Iterable[Line]) -> list[Line]:
    """Return weeks newest first; regions and courts with most to do first, then by name."""
    if axis is Axis.WEEK:
        return sorted(lines, key=lambda line: line.key, reverse=True)
    return sorted(lines, key=lambda line: (-line.unaccounted, line.name, line.key))
