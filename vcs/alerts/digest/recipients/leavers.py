"""Tell the next rung at once of what somebody had planned whose account was closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import is_open, matter_named
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.records import ActKind, MatterAct
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind


def left_plans(session: Session, today: date) -> list[int]:
    """Return the plans that still ran when their holder left, and that nobody was told of."""
    query = (
        select(MatterAct.id)
        .join(Account, col(Account.id) == col(MatterAct.account_id))
        .where(
            MatterAct.kind == str(ActKind.PLAN),
            col(MatterAct.left_told_at).is_(None),
            col(MatterAct.until_on) >= today,
            ~col(Account.active),
        )
    )
    return list(session.exec(query.order_by(col(MatterAct.id))))


def tell_of_left_plans(session: Session, ids: list[int], today: date, now: datetime) -> int:
    """Owe each reader one email about all that a leaver had planned. Returns how many were owed."""
    acts = session.exec(
        select(MatterAct)
        .where(col(MatterAct.id).in_(ids), col(MatterAct.left_told_at).is_(None))
        .with_for_update(skip_locked=True)
    ).all()
    found = [(act, matter_named(session, act.matter)) for act in acts]
    rules = rules_on(session, today, [act.matter for act in acts])
    owed: dict[tuple[int, int, str | None], list[int]] = defaultdict(list)
    for act, matter in found:
        newest = rules.acts[act.matter]
        if matter is None or not is_open(session, matter) or newest.plan is None:
            continue
        if newest.plan.id == act.id:
            for reader in rules.directory.readers(matter, rules.raised_to(newest)):
                key = (act.account_id, reader.person.account_id, _region(matter))
                owed[key].append(act.id)
    session.execute(update(MatterAct).where(col(MatterAct.id).in_(ids)).values(left_told_at=now))
    return sum(_owe(session, key, plans, now) for key, plans in owed.items())


def _region(matter: Matter) -> str | None:
    return matter.region_code


def _owe(
    session: Session, key: tuple[int, int, str | None], plans: list[int], now: datetime
) -> bool:
    holder, reader, region_code = key
    count = f"{len(plans)} overdue matter{'' if len(plans) == 1 else 's'}"
    occurrence = f"{holder}:{max(plans)}:{reader}"
    notice = Notice(
        AlertKind.LEAVER, "plans of a leaver", occurrence, {"count": count}, region_code, reader
    )
    return owe_alert(session, notice, now)
