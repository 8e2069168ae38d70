"""Which referrals the worklist holds, how many, and in which order: by what is wanted next first.

Urgent referrals come first, then traces to be looked at, then the soonest due, and closed ones
last. The kept sentences are read in that order by index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, false, func, or_, select, true
from sqlmodel import Session, col

from vcs.access.actors import Actor, Reach
from vcs.access.rules import reach
from vcs.law.deadlines.due import soon
from vcs.ledger.kept.cells import Axis
from vcs.ledger.kept.figures import Wanted, figures, sentences
from vcs.ledger.kept.records import CLOSED, CLOSED_URGENT, OPEN, OPEN_URGENT
from vcs.ledger.worklists.worklist_asked import Sort, WorklistAsked
from vcs.paging import Listing
from vcs.referrals.officers.reads import Hands
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import Sentence

_RANKS = (OPEN_URGENT, OPEN, CLOSED_URGENT, CLOSED)

_BY_STATUS = {"awaiting": ReferralStatus.AWAITING, "referred": ReferralStatus.REFERRED}

_OPEN_STATUSES = (ReferralStatus.AWAITING, ReferralStatus.REFERRED)


MOST_SORTED = 10_000
"""So many referrals are sorted by a column: each of them is read for the first page. A longer list
stays in the order of what is wanted next, which is read by key."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the worklist: by whom, on which day and in whose hands, and what is asked."""

    actor: Actor
    held: Hands
    asked: WorklistAsked

    @property
    def reached(self) -> Reach:
        """Return what the person sees."""
        return reach(self.actor)

    @property
    def ranks(self) -> tuple[int, ...]:
        """Return the ranks of which the list holds any."""
        if self.asked.show == "all":
            return _RANKS
        return _RANKS[2:] if self.asked.show == "closed" else _RANKS[:2]

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last due date of the list, each None where there is no end."""
        today = self.held.day
        if self.asked.show == "overdue":
            return None, _day_before(today)
        return (today, soon(today)) if self.asked.show == "due_soon" else (None, None)

    @property
    def officers(self) -> tuple[int | None, ...] | None:
        """Return whose referrals the list holds, None being nobody's; None for everybody's."""
        one, those = self.asked.officer, self._of_the_list
        if one is None:
            return those
        return (one,) if those is None or one in those else ()

    @property
    def apart(self) -> tuple[int, ...]:
        """Return the referrals that are without an officer although theirs is away and covered.

        Whoever covers may not see them: the managers answer for them.
        """
        return tuple(sorted(self.held.hidden)) if self.asked.show == "unassigned" else ()

    @property
    def _of_the_list(self) -> tuple[int | None, ...] | None:
        if self.asked.show == "mine":
            return self.held.of(self.actor.account_id)
        return (None, *self.held.of_managers) if self.asked.show == "unassigned" else None


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def listing(session: Session, look: Look) -> Listing:
    """Return the worklist in the order of what is wanted next."""
    rows = sentences(session)
    columns = (rows.c.due_on, rows.c.sentenced_on, rows.c.referral_id)
    listed = select(*columns).where(rows.c.referral_id.is_not(None), *_wanted(rows, look))
    ways = [listed.where(way) for way in _ways(rows, look)]
    again, today = rows.c.look_again_on, look.held.day
    # Traces to be looked at are few and have an index: the other conditions are kept from theirs.
    traces = listed.where(_anywhere(rows, look), again <= today)
    parts = [
        ((traces.where(rows.c.rank + 0 == rank),), _with_rank(ways, rows, rank, today))
        if rank in look.ranks
        else ((), ())
        for rank in _RANKS
    ]
    return Listing(columns, tuple(part for pair in parts for part in pair))


def _with_rank(
    ways: Iterable[Select[Any]], rows: FromClause, rank: int, today: date
) -> tuple[Select[Any], ...]:
    again = rows.c.look_again_on
    not_due = or_(again.is_(None), again > today)
    return tuple(one.where(rows.c.rank == rank, not_due) for one in ways)


def _ways(rows: FromClause, look: Look) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that share no row and together say what is seen: an index answers each."""
    if look.officers is None:
        region, area, sentence = rows.c.region_code, rows.c.police_area, rows.c.sentence_id
        yield from look.reached.ways(region, area, sentence)
        return
    # Their officers lead to few rows; of all places an index would lead to far more.
    for officer in look.officers:
        yield _of(rows.c.officer_id, officer) & _place(rows, look)
    if look.apart:
        yield _apart(rows, look)


def _anywhere(rows: FromClause, look: Look) -> ColumnElement[bool]:
    """Return the same as one condition that leads the database to no index."""
    if look.officers is None:
        return _place(rows, look)
    ways = (_of(rows.c.officer_id + 0, officer) for officer in look.officers)
    apart = _apart(rows, look) if look.apart else false()
    return or_(apart, or_(false(), *ways) & _place(rows, look))


def _apart(rows: FromClause, look: Look) -> ColumnElement[bool]:
    """Say of a row that it is one of ``look.apart``, and not listed by its officer already."""
    officer = rows.c.officer_id
    listed = [one for one in look.officers or () if one is not None]
    its = officer == look.asked.officer if look.asked.officer is not None else true()
    named = rows.c.referral_id.in_(look.apart)
    return and_(named, officer.not_in(listed), its, _place(rows, look))


def _place(rows: FromClause, look: Look) -> ColumnElement[bool]:
    region, area = (func.nullif(rows.c[name], "") for name in ("region_code", "police_area"))
    return look.reached.covering(region, area, rows.c.sentence_id)


def _of(column: ColumnElement[Any], officer: int | None) -> ColumnElement[bool]:
    return column.is_(None) if officer is None else column == officer


def _wanted(rows: FromClause, look: Look) -> Iterator[ColumnElement[bool]]:
    first, last = look.days
    if first is not None:
        yield rows.c.due_on >= first
    if last is not None:
        yield rows.c.due_on <= last
    if look.asked.show in _BY_STATUS:
        yield rows.c.status == _BY_STATUS[look.asked.show]
    if look.asked.references is not None:
        named = col(Referral.reference).in_(look.asked.references)
        yield rows.c.referral_id.in_(select(col(Referral.id)).where(named))


def sorted_ids(session: Session, look: Look, sort: Sort) -> Select[Any]:
    """Return the ids of the same referrals in the order of a column."""
    rows = sentences(session)
    columns: dict[str, Any] = {
        "reference": col(Referral.reference),
        "case": col(Sentence.case_reference),
        "court": col(Sentence.court_name),
        "sentenced": col(Sentence.sentenced_on),
    }
    column = columns[sort.removeprefix("-")]
    return (
        select(col(Referral.id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(rows, rows.c.referral_id == col(Referral.id))
        .where(or_(false(), *_ways(rows, look)), rows.c.rank.in_(look.ranks), *_wanted(rows, look))
        .order_by(column.desc() if sort.startswith("-") else column, col(Referral.id))
    )


def worklist_count(session: Session, look: Look) -> int:
    """Return how many referrals the list holds."""
    asked = look.asked
    if asked.references is not None or (asked.officer is not None and any(look.days)):
        return _counted_one_by_one(session, look)
    return _due_within(session, look) if any(look.days) else _in_hands(session, look)


def _in_hands(session: Session, look: Look) -> int:
    statuses: dict[str, Collection[str]] = {
        "all": tuple(ReferralStatus),
        "closed": (ReferralStatus.CLOSED,),
        **{show: (status,) for show, status in _BY_STATUS.items()},
    }
    wanted = statuses.get(look.asked.show, _OPEN_STATUSES)
    keys = None if look.officers is None else {str(one or "") for one in look.officers}
    found = figures(session, look.reached, Wanted(Axis.OFFICER))
    by_officer = sum(
        tally.n
        for (officer, status), tally in found.items()
        if status in wanted and (keys is None or officer in keys)
    )
    return by_officer + (_count_apart(session, look) if look.apart else 0)


def _count_apart(session: Session, look: Look) -> int:
    rows = sentences(session)
    query = select(func.count()).select_from(rows).where(_apart(rows, look))
    return int(session.execute(query.where(rows.c.rank.in_(look.ranks))).scalar_one())


def _due_within(session: Session, look: Look) -> int:
    first, last = look.days
    found = figures(session, look.reached, Wanted(Axis.DUE_ON))
    days = ((date.fromisoformat(day), tally.n) for (day, _), tally in found.items())
    return sum(n for day, n in days if (first or day) <= day <= (last or day))


def _counted_one_by_one(session: Session, look: Look) -> int:
    query = sorted_ids(session, look, "reference").order_by(None).subquery()
    return int(session.execute(select(func.count()).select_from(query)).scalar_one())
