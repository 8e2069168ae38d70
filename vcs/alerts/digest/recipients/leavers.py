"""Tell the next rung at once of what somebody had planned who has left or has another place."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.access.records import Account
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import is_open, matter_named
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.recipients.told import Rules
from vcs.alerts.digest.records import ActKind, MatterAct
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind


def left_plans(session: Session, today: date) -> list[int]:
    """Return the plans that still ran when their holder left, and that nobody was told of."""
    query = _running(today).join(Account, col(Account.id) == col(MatterAct.account_id))
    return list(session.exec(query.where(~col(Account.active))))


def plans_of(session: Session, account_id: int, today: date) -> list[int]:
    """Return the plans that somebody has who has another place now, and that nobody was told of."""
    return list(session.exec(_running(today).where(MatterAct.account_id == account_id)))


def _running(today: date) -> SelectOfScalar[int]:
    return (
        select(MatterAct.id)
        .where(
            MatterAct.kind == str(ActKind.PLAN),
            col(MatterAct.left_told_at).is_(None),
            col(MatterAct.until_on) >= today,
        )
        .order_by(col(MatterAct.id))
    )


def tell_of_left_plans(session: Session, ids: list[int], today: date, now: datetime) -> int:
    """Owe each reader one email about all that a leaver had planned. Returns how many were owed."""
    acts = session.exec(
        select(MatterAct)
        .where(col(MatterAct.id).in_(ids), col(MatterAct.left_told_at).is_(None))
        .with_for_update(skip_locked=True)
    ).all()
    rules = rules_on(session, today, [act.matter for act in acts])
    found = [(act, matter_named(session, act.matter)) for act in acts]
    left = [(act, matter) for act, matter in found if not _holds(rules, act, matter)]
    owed: dict[tuple[int, int, str | None], list[int]] = defaultdict(list)
    for act, matter in left:
        if matter is None or not is_open(session, matter):
            continue
        newest = rules.acts_on(matter)
        if newest.plan is not None and newest.plan.id == act.id:
            for reader in rules.directory.readers(matter, rules.raised_to(newest)):
                key = (act.account_id, reader.person.account_id, _region(matter))
                owed[key].append(act.id)
    told = col(MatterAct.id).in_([act.id for act, _ in left])
    session.execute(update(MatterAct).where(told).values(left_told_at=now))
    return sum(_owe(session, key, plans, now) for key, plans in owed.items())


def _holds(rules: Rules, act: MatterAct, matter: Matter | None) -> bool:
    """Say whether whoever planned a matter has it still, whatever their place is now."""
    return matter is not None and rules.directory.holds(
        act.account_id, matter, act.until_on or rules.today
    )


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
