"""The offer of a referral to another region, as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.errors import NotFound
from vcs.intake.regions import region_named
from vcs.referrals.due_days.dates import DeadlineView
from vcs.referrals.officers.reads import officers_in
from vcs.referrals.officers.records import Transfer
from vcs.referrals.reads import deadlines_of
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach


@dataclass(frozen=True, slots=True)
class TransferView:
    """One offer with its words. ``decision`` None waits for the other region.

    One that was accepted and has no ``ended_on`` waits until the victims know the new officer.
    """

    from_region: str
    to_region: str
    note: str
    offered_by: str
    offered_at: datetime
    ask_again_on: date
    decision: str | None
    decided_by: str
    decided_words: str
    new_officer: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class OfferedReferral:
    """What a manager sees of a referral that is offered to their region: no person's details."""

    reference: str
    transfer: TransferView
    old_officer: str
    deadlines: tuple[DeadlineView, ...]
    staff: dict[int, str]


def newest_transfer(session: Session, sealer: Sealer, referral_id: int) -> TransferView | None:
    """Return the newest offer of a referral to another region, whatever became of it."""
    query = select(Transfer).where(Transfer.referral_id == referral_id)
    found = session.exec(query.order_by(col(Transfer.id).desc()).limit(1)).first()
    return _view(session, sealer, found) if found else None


def offered_referral(
    session: Session, sealer: Sealer, actor: Actor, task_reference: str, today: date
) -> OfferedReferral:
    """Return what is offered by a task. Raises NotFound where the task is not theirs to see."""
    task = session.exec(select(Task).where(Task.reference == task_reference)).first()
    is_offer = task is not None and task.kind == TaskKind.TRANSFER_OFFERED
    if task is None or not is_offer or not task_reach(actor).covers(task, None):
        raise NotFound("There is no such task.")
    referral = session.get_one(Referral, task.referral_id)
    transfer = newest_transfer(session, sealer, referral.id)
    if transfer is None:
        raise NotFound("There is no such offer.")
    return OfferedReferral(
        referral.reference,
        transfer,
        names_of(session).get(referral.vlo_account_id or 0, ""),
        deadlines_of(session, referral.id, {}, today),
        officers_in(session, actor.region_code),
    )


def offers_to_ask_about(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the offers that nobody answered by the day set for it."""
    query = (
        select(Transfer.id)
        .where(
            col(Transfer.decision).is_(None),
            col(Transfer.ended_on).is_(None),
            col(Transfer.ask_again_on) < today,
        )
        .order_by(col(Transfer.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _view(session: Session, sealer: Sealer, one: Transfer) -> TransferView:
    names = names_of(session)
    words = shown(sealer.open_text, one.decided_sealed, UNOPENED) if one.decided_sealed else ""
    return TransferView(
        _region(one.from_region),
        _region(one.to_region),
        shown(sealer.open_text, one.sealed, UNOPENED),
        names.get(one.offered_by, ""),
        one.offered_at,
        one.ask_again_on,
        one.decision,
        names.get(one.decided_by or 0, ""),
        words,
        names.get(one.to_vlo_id or 0, ""),
        one.ended_on,
    )


def _region(code: str) -> str:
    region = region_named(code)
    return region.name if region else code
