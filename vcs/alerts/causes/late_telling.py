"""Warn officers before people must be told of an event, and managers once that is late.

It covers sets that are open and word that is owed while an offender is at large. Everything is
worked out anew at each sweep: an email that did not leave is withdrawn once nobody waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from vcs.alerts.owe import Notice, alert_key, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.clock import LONDON, london_date
from vcs.events.catalogue import KindRow, Unit, kind_row
from vcs.events.moments import start_of
from vcs.events.sets.now_reads import waiting_lines
from vcs.events.updates.reads import waiting_updates
from vcs.law.deadlines.duties import in_words
from vcs.referrals.officers.reads import Hands, hands

_KINDS = (AlertKind.TELL_SOON, AlertKind.TELL_LATE)

UPDATE_WARNING = timedelta(hours=2)
"""How long before word is owed its officer is warned. Ours, like half the hours of a set."""

_EVER = datetime.min.replace(tzinfo=UTC)

_TELL = "are still to be told of a key event"

_WORD = "are owed word again, because the offender is still at large"


@dataclass(frozen=True, slots=True)
class _Owed:
    """What is owed to one person: of which event, where, by when, and from when that is soon."""

    event: str
    region_code: str | None
    officer_id: int | None
    by: datetime
    soon_at: datetime
    what: str
    round: str
    by_words: str


def wanted_notices(session: Session, now: datetime) -> list[Notice]:
    """Return every email that what is owed at this moment calls for, officers' first."""
    due = [one for one in _all_owed(session) if one.soon_at <= now]
    held = hands(session, london_date(now))
    soon = _grouped((one, account) for one in due for account in _told(held, one))
    late = _grouped((one, None) for one in due if one.by < now)
    return [
        *(_notice(AlertKind.TELL_SOON, owed, account) for account, owed in soon),
        *(_notice(AlertKind.TELL_LATE, owed, None) for _, owed in late),
    ]


def _told(held: Hands, one: _Owed) -> tuple[int | None, ...]:
    """Return who is warned; None is the managers, where nobody has the referral."""
    return held.told(one.officer_id) if one.officer_id is not None else (None,)


def _all_owed(session: Session) -> Iterator[_Owed]:
    for line in waiting_lines(session):
        row, by = kind_row(line.kind), line.tell_by_at
        yield _Owed(
            line.event,
            line.region_code,
            line.officer_id,
            by,
            _soon(row, by),
            _TELL,
            by.isoformat(),
            _by_words(row, by),
        )
    for word in waiting_updates(session):
        by = word.due_at
        soon_at, round_of = by - UPDATE_WARNING, f"word {word.number}"
        of = (word.event, word.region_code, word.officer_id)
        yield _Owed(*of, by, soon_at, _WORD, round_of, f"by {_moment(by)}")


def _soon(row: KindRow, by: datetime) -> datetime:
    if row.at_once:
        return _EVER
    if row.tell_by.unit is Unit.HOURS:
        return by - timedelta(hours=row.tell_by.count) / 2
    return start_of(london_date(by))


def _by_words(row: KindRow, by: datetime) -> str:
    if row.tell_by.unit is Unit.HOURS:
        return f"by {_moment(by)}"
    return f"by the end of {in_words(london_date(by))}"


def _moment(at: datetime) -> str:
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} on {in_words(there.date())}"


def _grouped(
    owed: Iterable[tuple[_Owed, int | None]],
) -> list[tuple[int | None, list[_Owed]]]:
    """Put together what one email is about: one event, one region, one round, one reader."""
    found: dict[tuple[str, str | None, str, int | None], list[_Owed]] = defaultdict(list)
    for one, account in owed:
        found[one.event, one.region_code, one.round, account].append(one)
    return [(key[3], rows) for key, rows in found.items()]


def _notice(kind: AlertKind, owed: list[_Owed], account_id: int | None) -> Notice:
    first = min(owed, key=lambda one: one.by)
    whose = account_id or "managers"
    occurrence = f"{first.region_code or 'no region'}:{first.round}:{whose}"
    values: dict[str, str | int] = {"what": first.what, "by": first.by_words}
    return Notice(kind, first.event, occurrence, values, first.region_code, account_id)


def untold_notices(session: Session, wanted: list[Notice]) -> list[Notice]:
    """Return those of some emails that are not owed already, or were withdrawn unsent."""
    subjects = {one.subject for one in wanted}
    query = select(AlertRecord.key).where(
        col(AlertRecord.subject).in_(subjects),
        col(AlertRecord.kind).in_([str(kind) for kind in _KINDS]),
        col(AlertRecord.withdrawn_at).is_(None) | col(AlertRecord.sent_at).is_not(None),
    )
    held = set(session.exec(query)) if subjects else set()
    return [one for one in wanted if alert_key(one) not in held]


def no_longer_wanted(session: Session, wanted: list[Notice]) -> list[int]:
    """Return the emails of these kinds that did not leave and that nothing calls for now."""
    query = select(AlertRecord.id, AlertRecord.key).where(
        col(AlertRecord.kind).in_([str(kind) for kind in _KINDS]),
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
    )
    keys = {alert_key(one) for one in wanted}
    return [its_id for its_id, key in session.exec(query) if key not in keys]


def keep_notices(session: Session, new: list[Notice], dropped: list[int], now: datetime) -> int:
    """Owe emails, each once, and withdraw those not called for now. Returns how many changed."""
    withdraw = update(AlertRecord).where(
        col(AlertRecord.id).in_(dropped), col(AlertRecord.sent_at).is_(None)
    )
    if dropped:
        session.execute(withdraw.values(withdrawn_at=now))
    again = update(AlertRecord).where(
        col(AlertRecord.key).in_([alert_key(one) for one in new]),
        col(AlertRecord.withdrawn_at).is_not(None),
        col(AlertRecord.sent_at).is_(None),
    )
    if new:
        values = {"withdrawn_at": None, "owed_at": now, "next_try_at": now, "tries": 0}
        session.execute(again.values(values))
    return sum(owe_alert(session, one, now) for one in new) + len(dropped)
