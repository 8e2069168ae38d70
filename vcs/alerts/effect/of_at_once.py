"""How each kind of email that goes at once does: sent, opened, acted on, false, and how soon."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.alerts.digest.agenda.matter import alert_matter
from vcs.alerts.digest.records import Recall
from vcs.alerts.effect.reads import PERIOD
from vcs.alerts.effect.records import MatterOpened
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.tasks.records import Task

_HOUR = timedelta(hours=1)

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class AtOnceEffect:
    """One kind: how many emails people were sent, and what became of them.

    ``acted_on`` are those whose question was answered, None for a kind that asks none. ``false``
    were taken back. Times are the middle number of hours; None where there were none.
    """

    kind: AlertKind
    sent: int
    opened: int
    acted_on: int | None
    false: int
    hours_to_open: int | None
    hours_to_act: int | None


@dataclass(frozen=True, slots=True)
class _Sent:
    alert_id: int
    account_id: int
    kind: AlertKind
    subject: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class _After:
    opened: Mapping[tuple[int, str], datetime]
    answered: Mapping[str, datetime]
    recalled: frozenset[int]


def effects_at_once(session: Session, actor: Actor, now: datetime) -> list[AtOnceEffect]:
    """Return how each kind did over the last 90 days, in the reader's region or everywhere."""
    require_may(actor, Act.SEE_ALERT_EFFECT)
    sent = list(_sent(session, actor, now - PERIOD))
    after = _after(session, sent)
    kinds = sorted({one.kind for one in sent}, key=list(AlertKind).index)
    return [_effect(kind, [one for one in sent if one.kind is kind], after) for kind in kinds]


def _sent(session: Session, actor: Actor, since: datetime) -> Iterator[_Sent]:
    query = (
        select(AlertDelivery, AlertRecord)
        .join(AlertRecord, col(AlertRecord.id) == col(AlertDelivery.alert_id))
        .where(
            col(AlertDelivery.sent_at) >= since,
            col(AlertRecord.kind).in_(kinds_that(When.AT_ONCE)),
            reach_of_counts(actor).covering(col(AlertRecord.region_code), None, None),
        )
    )
    for copy, alert in session.exec(query):
        if copy.sent_at is not None:
            kind = AlertKind(alert.kind)
            yield _Sent(alert.id, copy.account_id, kind, alert.subject, copy.sent_at)


def _after(session: Session, sent: Collection[_Sent]) -> _After:
    opened: dict[tuple[int, str], datetime] = {}
    for few in _few({alert_matter(one.alert_id) for one in sent}):
        for one in session.exec(select(MatterOpened).where(col(MatterOpened.matter).in_(few))):
            opened[one.account_id, one.matter] = one.opened_at
    answered: dict[str, datetime] = {}
    for few in _few({one.subject for one in sent if one.kind is AlertKind.CANNOT_WAIT}):
        done = select(Task.reference, Task.done_at).where(
            col(Task.reference).in_(few), col(Task.done_at).is_not(None)
        )
        answered |= {reference: at for reference, at in session.exec(done) if at is not None}
    recalled = frozenset(session.exec(select(Recall.alert_id)).all())
    return _After(opened, answered, recalled)


def _few(keys: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]


def _effect(kind: AlertKind, sent: list[_Sent], after: _After) -> AtOnceEffect:
    opened = [_wait(one, after.opened.get(_whose(one))) for one in sent]
    answered = [_wait(one, after.answered.get(one.subject)) for one in sent]
    asks = kind is AlertKind.CANNOT_WAIT
    return AtOnceEffect(
        kind,
        len(sent),
        sum(wait is not None for wait in opened),
        sum(wait is not None for wait in answered) if asks else None,
        sum(one.alert_id in after.recalled for one in sent),
        _middle(opened),
        _middle(answered),
    )


def _whose(one: _Sent) -> tuple[int, str]:
    return one.account_id, alert_matter(one.alert_id)


def _wait(one: _Sent, then: datetime | None) -> timedelta | None:
    return max(then - one.sent_at, timedelta()) if then is not None else None


def _middle(waits: Iterable[timedelta | None]) -> int | None:
    known = [wait / _HOUR for wait in waits if wait is not None]
    return round(median(known)) if known else None
