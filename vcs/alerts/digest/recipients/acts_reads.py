"""What was done about matters: plans that run or passed, who put one off, who disputes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.recipients.told import Acts
from vcs.alerts.digest.records import ActKind, MatterAct
from vcs.alerts.rungs.directory import Directory, person_of
from vcs.tasks.records import Task

_AT_A_TIME = 500


def acts_on(session: Session, keys: Sequence[str], staff: Directory) -> dict[str, Acts]:
    """Return what was done about some matters; nothing for one about which nobody did anything."""
    found: dict[str, list[tuple[MatterAct, Account]]] = defaultdict(list)
    for start in range(0, len(keys), _AT_A_TIME):
        few = keys[start : start + _AT_A_TIME]
        query = (
            select(MatterAct, Account)
            .join(Account, col(Account.id) == col(MatterAct.account_id))
            .where(col(MatterAct.matter).in_(few))
            .order_by(col(MatterAct.id))
        )
        for act, account in session.exec(query):
            found[act.matter].append((act, account))
    open_disputes = _open_disputes(session, found)
    return {key: _acts(rows, staff, open_disputes) for key, rows in found.items()}


def _acts(rows: list[tuple[MatterAct, Account]], staff: Directory, open_disputes: set[int]) -> Acts:
    plans = [(act, account) for act, account in rows if act.kind == ActKind.PLAN]
    snoozed = {
        act.account_id: act.until_on
        for act, _ in rows
        if act.kind == ActKind.SNOOZE and act.until_on is not None
    }
    disputes = [account for act, account in rows if act.task_id in open_disputes]
    by = person_of(disputes[-1]).initials if disputes else ""
    if not plans:
        return Acts(snoozed=snoozed, disputed_by=by)
    plan, holder = plans[-1]
    has_left = holder.id not in staff.people
    return Acts(plan, holder.role, person_of(holder).initials, has_left, not has_left, snoozed, by)


def disputed_in(session: Session, task_reference: str) -> str | None:
    """Return the key of the matter that a task is about, where somebody disputed one."""
    query = select(MatterAct.matter).join(Task, col(Task.id) == col(MatterAct.task_id))
    return session.exec(query.where(Task.reference == task_reference)).first()


def _open_disputes(session: Session, found: dict[str, list[tuple[MatterAct, Account]]]) -> set[int]:
    asked = {act.task_id for rows in found.values() for act, _ in rows if act.task_id is not None}
    if not asked:
        return set()
    query = select(Task.id).where(col(Task.id).in_(asked), col(Task.done_at).is_(None))
    return set(session.exec(query))
