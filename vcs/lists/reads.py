"""What pages ask of lists: runs, how their lines ended, coverage. Nothing here names anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    exists,
    func,
    select,
    tuple_,
)
from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.errors import NotFound
from vcs.lists.answered.answering import MOST_ALONE
from vcs.lists.asked.questions import UNKNOWN_TOPICS
from vcs.lists.endings import Ends
from vcs.lists.records import ListLine, ListReasonCheck, ListRun
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach
from vcs.terms import Role

_RUNS, _LINES, _TASKS = table_of(ListRun), table_of(ListLine), table_of(Task)
_CHECKS = table_of(ListReasonCheck)


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the newest list of a kind agrees with us: in all regions, or in the reader's own.

    ``by_region`` has both counts of each region, None where they were not counted. ``is_of_more``
    says that the headline beside it is of fewer places, ``in_tenths`` that its
    reader gets no exact count.
    """

    kind: str
    drawn_on: date
    in_both: int
    in_either: int
    reference: str
    by_region: Mapping[str, tuple[int, int]] | None = None
    is_of_more: bool = False
    in_tenths: bool = False

    def of_region(self, code: str | None) -> Checked:
        """Return what was counted of a region; of all where none was, or whose place is none."""
        if self.by_region is None or code is None:
            return replace(self, is_of_more=True)
        in_both, in_either = self.by_region.get(code, (0, 0))
        return replace(self, in_both=in_both, in_either=in_either)

    @property
    def tenths(self) -> int:
        """Return how many in ten are in both, at least."""
        return self.in_both * 10 // self.in_either if self.in_either else 0


def coverage_for(session: Session, actor: Actor) -> tuple[Checked, ...]:
    """Return the coverage as it stands beside somebody's headline, of the same places.

    To another organisation it would say how many a certificate withholds, so it is in tenths.
    """
    reached, found = reach_of_counts(actor), coverage(session)
    if reached.everywhere:
        return found
    of_place = (one.of_region(reached.region_code) for one in found)
    in_tenths = actor.role is Role.WITNESS_CARE
    return tuple(replace(one, in_tenths=in_tenths) for one in of_place)


def coverage(session: Session) -> tuple[Checked, ...]:
    """Return what the list of each kind that was drawn last said; empty where none ever was."""
    query = select(_RUNS).where(~has_newer(_RUNS)).order_by(_RUNS.c.drawn_on.desc())
    return tuple(
        Checked(
            row.kind,
            row.drawn_on,
            row.in_both,
            row.in_either,
            row.reference,
            json.loads(row.by_region) if row.by_region else None,
        )
        for row in session.execute(query)
    )


def has_newer(runs: Any) -> ColumnElement[bool]:
    """Say whether a list of the kind was drawn later; of one day, the one matched last is newer."""
    later = _RUNS.alias()
    is_later = tuple_(later.c.drawn_on, later.c.id) > tuple_(runs.c.drawn_on, runs.c.id)
    return exists().where(later.c.kind == runs.c.kind, is_later).correlate(runs)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One list that was matched. ``same_file`` says that the very same file came before."""

    reference: str
    kind: str
    source: str
    drawn_on: date
    run_at: datetime
    run_by: str
    lines: int
    in_both: int
    in_either: int
    open_tasks: int
    same_file: bool


def list_runs(session: Session, actor: Actor, asked: Slice = FIRST) -> Page[RunRow]:
    """Return the lists that were matched, the newest first."""
    require_may(actor, Act.RECONCILE)
    names = names_of(session)
    query = _runs().order_by(_RUNS.c.id.desc())
    return one_page(session, query, asked, lambda rows: [_run_row(row, names) for row in rows])


def _runs() -> Select[Any]:
    open_ones = (
        select(func.count(func.distinct(_LINES.c.task_id)))
        .join(_TASKS, _TASKS.c.id == _LINES.c.task_id)
        .where(_LINES.c.run_id == _RUNS.c.id, _TASKS.c.done_at.is_(None))
        .correlate(_RUNS)
        .scalar_subquery()
    )
    other = _RUNS.alias()
    earlier = select(other.c.id).where(
        other.c.file_hash == _RUNS.c.file_hash,
        other.c.kind == _RUNS.c.kind,
        other.c.id < _RUNS.c.id,
    )
    same = exists(earlier.correlate(_RUNS))
    return select(_RUNS, open_ones.label("open_tasks"), same.label("same_file"))


def _run_row(row: Row[Any], names: Mapping[int, str]) -> RunRow:
    return RunRow(
        row.reference,
        row.kind,
        row.source,
        row.drawn_on,
        row.run_at,
        names.get(row.account_id, "the command line"),
        row.lines,
        row.in_both,
        row.in_either,
        row.open_tasks,
        row.same_file,
    )


@dataclass(frozen=True, slots=True)
class EndedCount:
    """How many lines ended in one way for one reason. ``checked_by`` is a second person.

    ``of_ours`` counts sentences that the list lacks. ``needs_second`` is set where more than 20
    lines were explained with one reason and nobody else has looked at them.
    """

    ends_as: str
    reason: str
    of_ours: bool
    count: int
    checked_by: str = ""
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class RunView:
    """One list with how its lines ended."""

    run: RunRow
    since: date
    until: date
    period_said: bool
    drawn_by: str
    file_hash: str
    rule_set: str
    counts: tuple[EndedCount, ...]
    may_check: bool

    @property
    def adds_up(self) -> bool:
        """Say whether the lines of the list are the sum of how they ended."""
        return self.run.lines == sum(one.count for one in self.counts if not one.of_ours)


def run_view(session: Session, actor: Actor, reference: str) -> RunView:
    """Return one list. Raises NotFound where there is none."""
    require_may(actor, Act.RECONCILE)
    row = session.execute(_runs().where(_RUNS.c.reference == reference)).first()
    if row is None:
        raise NotFound("There is no such list.")
    names = names_of(session)
    return RunView(
        _run_row(row, names),
        row.since,
        row.until,
        row.period_said,
        row.drawn_by,
        row.file_hash,
        row.rule_set,
        tuple(ended_counts(session, row.id, names)),
        row.account_id != actor.account_id,
    )


def ended_counts(session: Session, run_id: int, names: Mapping[int, str]) -> Iterator[EndedCount]:
    """Yield how the lines of a list ended, then the sentences of ours that it lacks."""
    of_ours = _LINES.c.row.is_(None)
    query = (
        select(of_ours.label("of_ours"), _LINES.c.ends_as, _LINES.c.reason, func.count())
        .where(_LINES.c.run_id == run_id)
        .group_by(of_ours, _LINES.c.ends_as, _LINES.c.reason)
    )
    checks = select(_CHECKS.c.reason, _CHECKS.c.checked_by).where(_CHECKS.c.run_id == run_id)
    checked = {row.reason: names.get(row.checked_by, "") for row in session.execute(checks)}
    found = sorted(session.execute(query), key=lambda row: (row[0], _order(row[1]), row[2]))
    for ours, ends_as, reason, count in found:
        by = checked.get(reason, "")
        is_many = ends_as == Ends.EXPLAINED and count > MOST_ALONE
        yield EndedCount(ends_as, reason, bool(ours), count, by, is_many and not by)


def _order(ends_as: str) -> int:
    return list(Ends).index(Ends(ends_as))


def unknown_count(session: Session, actor: Actor) -> int:
    """Return how many sentences of lists somebody is asked about that nobody told us of."""
    region = task_reach(actor).of_no_sentence.covering(_TASKS.c.region_code, None, None)
    query = select(func.count()).where(
        _TASKS.c.kind == str(TaskKind.LIST_LINE),
        _TASKS.c.topic.in_(UNKNOWN_TOPICS),
        _TASKS.c.done_at.is_(None),
        region,
    )
    return int(session.execute(query.select_from(_TASKS)).scalar_one())
