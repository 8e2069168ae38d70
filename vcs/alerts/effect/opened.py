"""Keep that somebody opened, once signed in, a matter that a digest told them of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.alerts.digest.agenda.matter import alert_matter, clock_matter, deadline_matter, task_matter
from vcs.alerts.digest.records import Digest, DigestLine
from vcs.alerts.effect.records import MatterOpened
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.records import AlertDelivery, AlertRecord
from vcs.clocks.records import ClockRecord
from vcs.database import insert_once
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tables import table_of
from vcs.tasks.records import Task

_OURS = "(VCS-[0-9A-Z]{4}-[0-9A-Z]{4})"


def _of_the_newest_digest(session: Session, account_id: int, _: str) -> list[str]:
    newest = (
        select(Digest.id)
        .where(Digest.account_id == account_id, col(Digest.taken_at).is_not(None))
        .order_by(col(Digest.id).desc())
        .limit(1)
    )
    lines = select(DigestLine.matter).where(DigestLine.digest_id == newest.scalar_subquery())
    return list(session.exec(lines))


def _itself(_: Session, __: int, name: str) -> list[str]:
    return [name.replace("-", ":", 1)]


def _of_a_referral(session: Session, _: int, reference: str) -> list[str]:
    deadlines = (
        select(DeadlineRecord.id)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .where(Referral.reference == reference)
    )
    clocks = (
        select(ClockRecord.id)
        .join(Referral, col(Referral.id) == col(ClockRecord.referral_id))
        .where(Referral.reference == reference)
    )
    return [
        *(deadline_matter(one) for one in session.exec(deadlines)),
        *(clock_matter(one) for one in session.exec(clocks)),
    ]


def _of_a_task(session: Session, _: int, reference: str) -> list[str]:
    return [
        task_matter(one) for one in session.exec(select(Task.id).where(Task.reference == reference))
    ]


_Shown = Callable[[Session, int, str], list[str]]

_PAGES: Mapping[str, _Shown] = {
    r"/today()": _of_the_newest_digest,
    r"/today/([a-z]+-\d{1,18})": _itself,
    rf"/(?:referrals|witness-care)/{_OURS}\b.*": _of_a_referral,
    rf"/tasks/{_OURS}": _of_a_task,
    rf"/events/{_OURS}": lambda *_: [],
}
"""Each page that an email leads to, and the matters of a digest that it shows."""


def arrived_at(session: Session, account_id: int, path: str) -> list[str]:
    """Return the matters that a page shows, of which its reader was told and opened none before."""
    for page, shown in _PAGES.items():
        found = re.fullmatch(page, path)
        if found is not None:
            told = _told_and_unopened(session, account_id, shown(session, account_id, found[1]))
            return [*told, *_told_at_once(session, account_id, found[1])]
    return []


def _told_at_once(session: Session, account_id: int, reference: str) -> list[str]:
    """Return what somebody was told at once about a reference, and did not open before."""
    query = (
        select(AlertRecord.id)
        .join(AlertDelivery, col(AlertDelivery.alert_id) == col(AlertRecord.id))
        .where(
            AlertRecord.subject == reference,
            col(AlertRecord.kind).in_(kinds_that(When.AT_ONCE)),
            AlertDelivery.account_id == account_id,
            col(AlertDelivery.sent_at).is_not(None),
        )
    )
    keys = [alert_matter(one) for one in session.exec(query)]
    opened = select(MatterOpened.matter).where(
        MatterOpened.account_id == account_id, col(MatterOpened.matter).in_(keys)
    )
    known = set(session.exec(opened).all())
    return [one for one in keys if one not in known]


def _told_and_unopened(session: Session, account_id: int, keys: Sequence[str]) -> list[str]:
    # Asked where there are none too: a hidden case must cost as many queries as an unknown one.
    told = select(DigestLine.matter).where(
        DigestLine.account_id == account_id, col(DigestLine.matter).in_(keys)
    )
    opened = select(MatterOpened.matter).where(
        MatterOpened.account_id == account_id, col(MatterOpened.matter).in_(keys)
    )
    known = set(session.exec(opened).all())
    return sorted(one for one in set(session.exec(told).all()) if one not in known)


def note_opened(session: Session, account_id: int, matters: Sequence[str], now: datetime) -> None:
    """Keep when somebody first opened some matters; a repeat changes nothing."""
    rows = [{"account_id": account_id, "matter": one, "opened_at": now} for one in matters]
    if rows:
        once = insert_once(session, table_of(MatterOpened), "account_id", "matter")
        session.execute(once, rows)


def note_arrival(session: Session, account_id: int, path: str, now: datetime) -> None:
    """Keep that somebody opened a page that a digest led to."""
    note_opened(session, account_id, arrived_at(session, account_id, path), now)
