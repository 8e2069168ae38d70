"""A walk through the real pages, with tasks that check themselves by what was done since it began.

A table for people to check: each task names the act of the trail that shows that it was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import AuditEntry
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.tables import table_of
from vcs.terms import Role
from vcs.training.records import Walk


@dataclass(frozen=True, slots=True)
class Step:
    """One task: where it is done, and the acts that show that it was."""

    words: str
    where: str
    href: str
    done_by: tuple[str, ...]
    roles: tuple[Role, ...]


_UNIT: Final = (Role.VLO, Role.MANAGER)

_MANAGING: Final = (Role.MANAGER, Role.HEAD)

STEPS: Final = (
    Step(
        "Refer a victim in a sentence that is waiting for one",
        "Worklist: open a sentence, then Refer a victim",
        "/",
        ("victim.added",),
        (Role.WITNESS_CARE, Role.MANAGER),
    ),
    Step(
        "Record a try that did not reach a victim",
        "A referral: Record a contact or an attempt",
        "/",
        ("contact.attempted",),
        _UNIT,
    ),
    Step(
        "Record how a victim may never be reached",
        "A referral: How they may be reached",
        "/",
        ("preference.recorded", "preference.never"),
        _UNIT,
    ),
    Step(
        "Ask about a victim’s needs, in their words",
        "A victim: Needs",
        "/needs-actions",
        ("needs.answered",),
        _UNIT,
    ),
    Step(
        "Open an address, and give the reason",
        "A referral: Show the address",
        "/",
        ("address.revealed",),
        (Role.VLO, *_MANAGING),
    ),
    Step(
        "Give a referral to an officer",
        "A referral: Assign an officer",
        "/",
        ("vlo.assigned",),
        (*_MANAGING, Role.UNIT_ADMINISTRATOR),
    ),
    Step(
        "Record that somebody is away, and who covers",
        "Officers: Record leave",
        "/officers",
        ("leave.recorded",),
        (Role.VLO, *_MANAGING, Role.UNIT_ADMINISTRATOR),
    ),
    Step(
        "Read a referral of a sample",
        "Inspection samples",
        "/inspections",
        ("referral.inspected",),
        (Role.INSPECTOR,),
    ),
    Step(
        "Consult a unit about somebody in custody: a made-up CRN will do",
        "Consult a unit",
        "/consult",
        ("consultation.asked",),
        (Role.PRACTITIONER,),
    ),
    Step(
        "Take the course of your role to its end, and read why each answer is right",
        "Training: Offender management",
        "/training/courses/offender-management",
        ("course.ended",),
        (Role.PRACTITIONER,),
    ),
    Step(
        "Add an account for a colleague",
        "Accounts",
        "/accounts",
        ("account.added",),
        (Role.ADMINISTRATOR,),
    ),
)


@dataclass(frozen=True, slots=True)
class StepView:
    """A task, and when it was done; None where it was not."""

    step: Step
    done_at: datetime | None


def begin_walk(work: Work) -> None:
    """Begin the walk, or begin it again: only what is done from now on counts."""
    row = {"account_id": work.actor.account_id, "begun_at": work.now}
    work.session.execute(insert_once(work.session, table_of(Walk), "account_id").values(row))
    walk = work.session.get_one(Walk, work.actor.account_id, populate_existing=True)
    walk.begun_at = work.now
    work.note("walk.begun", f"account:{work.actor.account_id}")


def walk_of(session: Session, actor: Actor) -> tuple[StepView, ...] | None:
    """Return the tasks of somebody's role, each with when it was done; None before they began."""
    walk = session.get(Walk, actor.account_id)
    if walk is None:
        return None
    query = select(AuditEntry.event, AuditEntry.at).where(
        AuditEntry.who == actor.who, col(AuditEntry.at) >= walk.begun_at
    )
    done: dict[str, datetime] = {}
    for event, at in session.exec(query.order_by(col(AuditEntry.seq))):
        done.setdefault(event, at)
    return tuple(
        StepView(step, min((done[act] for act in step.done_by if act in done), default=None))
        for step in STEPS
        if actor.role in step.roles
    )
