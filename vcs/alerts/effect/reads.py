"""How each rung of the ladder does: worked out from what was sent, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.alerts.digest.agenda.matter import clock_matter, deadline_matter, id_of
from vcs.alerts.digest.records import ActKind, Digest, DigestLine, LineState, MatterAct
from vcs.alerts.effect.records import MatterOpened
from vcs.alerts.rungs.ladder import ORDER, Rung
from vcs.clock import london_date
from vcs.clocks.records import ClockRecord
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus

PERIOD = timedelta(days=90)

ENOUGH = 10
"""Of how many it must have been told before a rung can be said never to help."""

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class RungEffect:
    """One rung: of how many matters people were told, and what became of them.

    ``false`` were disputed, and the referral was closed after it. Times are the middle number of
    days from the day on which somebody was told; None where there were none.
    """

    rung: Rung
    sent: int
    opened: int
    acknowledged: int
    acted_on: int
    disputed: int
    false: int
    days_to_open: int | None
    days_to_acknowledge: int | None
    days_to_act: int | None

    @property
    def never_helps(self) -> bool:
        """Say whether it was told often enough, and nobody did anything after it."""
        return self.sent >= ENOUGH and not self.acknowledged + self.acted_on


@dataclass(frozen=True, slots=True)
class _Sent:
    """That one person was first told of one matter at one rung; ``next_on`` is its next rung."""

    account_id: int
    matter: str
    rung: Rung
    on: date
    next_on: date | None


@dataclass(frozen=True, slots=True)
class _After:
    """What happened to some matters: by account and matter, or by matter alone."""

    opened: Mapping[tuple[int, str], date]
    planned: Mapping[tuple[int, str], tuple[date, ...]]
    disputed: Mapping[tuple[int, str], tuple[date, ...]]
    met: Mapping[str, date]
    lifted: Mapping[str, date]
    closed: frozenset[str]


def effects(session: Session, actor: Actor, today: date) -> list[RungEffect]:
    """Return how each rung did over the last 90 days, in the reader's region or everywhere."""
    require_may(actor, Act.SEE_ALERT_EFFECT)
    sent = _sent(session, actor, today - PERIOD)
    after = _after(session, {one.matter for one in sent})
    by_rung: dict[Rung, list[_Sent]] = defaultdict(list)
    for one in sent:
        by_rung[one.rung].append(one)
    return [_effect(rung, by_rung[rung], after) for rung in ORDER if by_rung[rung]]


def _sent(session: Session, actor: Actor, since: date) -> list[_Sent]:
    reached = reach_of_counts(actor)
    query = (
        select(
            col(DigestLine.account_id),
            col(DigestLine.matter),
            col(DigestLine.rung),
            col(DigestLine.day),
        )
        .join(Digest, col(Digest.id) == col(DigestLine.digest_id))
        .where(
            col(Digest.taken_at).is_not(None),
            DigestLine.state != LineState.SETTLED,
            col(DigestLine.day) >= since,
            reached.covering(col(Digest.region_code), None, None),
        )
        .order_by(col(DigestLine.day))
    )
    first: dict[tuple[int, str, str], date] = {}
    for account_id, matter, rung, day in session.exec(query):
        first.setdefault((account_id, matter, rung), day)
    of_matter: dict[str, list[date]] = defaultdict(list)
    for (_, matter, _), day in first.items():
        of_matter[matter].append(day)
    return [
        _Sent(account, matter, Rung(rung), on, _next(of_matter[matter], on))
        for (account, matter, rung), on in first.items()
    ]


def _next(days: Iterable[date], on: date) -> date | None:
    return min((day for day in days if day > on), default=None)


def _after(session: Session, matters: Collection[str]) -> _After:
    opened: dict[tuple[int, str], date] = {}
    acts: dict[ActKind, dict[tuple[int, str], tuple[date, ...]]] = defaultdict(dict)
    met: dict[str, date] = {}
    lifted: dict[str, date] = {}
    closed: set[str] = set()
    keys = sorted(matters)
    for start in range(0, len(keys), _AT_A_TIME):
        few = keys[start : start + _AT_A_TIME]
        for one in session.exec(select(MatterOpened).where(col(MatterOpened.matter).in_(few))):
            opened[one.account_id, one.matter] = _day(one.opened_at)
        for act in session.exec(select(MatterAct).where(col(MatterAct.matter).in_(few))):
            whose, held = (act.account_id, act.matter), acts[ActKind(act.kind)]
            held[whose] = (*held.get(whose, ()), _day(act.made_at))
        ids = [its_id for key in few if (its_id := id_of(key, "deadline")) is not None]
        for deadline, status in session.exec(_deadlines(ids)):
            key = deadline_matter(deadline.id)
            if status == ReferralStatus.CLOSED:
                closed.add(key)
            if deadline.met_on is not None:
                met[key] = deadline.met_on
            elif deadline.lifted_on is not None:
                lifted[key] = deadline.lifted_on
        met |= _clocks_met(session, few)
    plans, disputes = acts[ActKind.PLAN], acts[ActKind.DISPUTE]
    return _After(opened, plans, disputes, met, lifted, frozenset(closed))


def _clocks_met(session: Session, keys: Collection[str]) -> dict[str, date]:
    ids = [its_id for key in keys if (its_id := id_of(key, "clock")) is not None]
    query = select(ClockRecord.id, col(ClockRecord.met_on)).where(col(ClockRecord.id).in_(ids))
    found = session.exec(query).all() if ids else []
    return {clock_matter(one): met_on for one, met_on in found if met_on is not None}


def _deadlines(ids: Collection[int]) -> Select[DeadlineRecord, str]:
    return (
        select(DeadlineRecord, col(Referral.status))
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .where(col(DeadlineRecord.id).in_(ids))
    )


def _day(at: datetime) -> date:
    return london_date(at)


def _effect(rung: Rung, sent: list[_Sent], after: _After) -> RungEffect:
    opened = [_since(one, (after.opened.get((one.account_id, one.matter)),)) for one in sent]
    planned = [_since(one, after.planned.get((one.account_id, one.matter), ())) for one in sent]
    disputed = [_since(one, after.disputed.get((one.account_id, one.matter), ())) for one in sent]
    acted = [_before_next(one, after) for one in sent]
    false = sum(
        wait is not None and one.matter in after.closed
        for one, wait in zip(sent, disputed, strict=True)
    )
    return RungEffect(
        rung,
        len(sent),
        _count(opened),
        _count(planned),
        _count(acted),
        _count(disputed),
        false,
        _middle(opened),
        _middle(planned),
        _middle(acted),
    )


def _since(one: _Sent, days: Iterable[date | None]) -> int | None:
    """Return how many days after somebody was told the first of some days came."""
    return min(((day - one.on).days for day in days if day and day >= one.on), default=None)


def _before_next(one: _Sent, after: _After) -> int | None:
    """Return how soon the matter was settled, where that was before anybody was told again."""
    settled = after.met.get(one.matter) or after.lifted.get(one.matter)
    if settled is None or (one.next_on is not None and settled >= one.next_on):
        return None
    return _since(one, (settled,))


def _count(waits: Iterable[int | None]) -> int:
    return sum(wait is not None for wait in waits)


def _middle(waits: Iterable[int | None]) -> int | None:
    known = [wait for wait in waits if wait is not None]
    return round(median(known)) if known else None
