"""Open what witness care sent in a message to the unit: the reason is kept first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.partners.people.messages.correct import applied_to, changes_of
from vcs.partners.people.records import MessageKind, UnitMessage
from vcs.referrals.records import Referral
from vcs.tasks.records import Task
from vcs.victims import entries
from vcs.victims.entries import VictimEntry
from vcs.victims.records import Victim

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message with its content; a correction with what is held and what it would become."""

    kind: str
    content: dict[str, Any]
    held: VictimEntry | None = None
    wanted: VictimEntry | None = None


def reveal_message(work: Work, task_reference: str, reason: str) -> OpenedMessage:
    """Open a message for whoever answers its task. Who looked, and why, is kept first."""
    work.require_may(Act.OPEN_REQUEST)
    message, referral = _of_task(work, task_reference)
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise NotValid("Say why you need it.", {"reason": "Enter why you need it"})
    victim = _victim(work, message)
    whose = f"person:{victim.person_id}" if victim else f"message:{message.reference}"
    thing = message.victim_reference or ""
    officer = referral.vlo_account_id
    event = "unit_message.revealed"
    keep_look(work, Look(event, referral.reference, whose, reason.strip(), thing, officer))
    content = work.sealer.open_json(message.sealed)
    if victim is None or message.kind != MessageKind.CORRECTION:
        return OpenedMessage(message.kind, content)
    held = entries.held_entry(work.sealer, victim)
    return OpenedMessage(message.kind, content, held, applied_to(held, changes_of(content)))


def _of_task(work: Work, task_reference: str) -> tuple[UnitMessage, Referral]:
    query = (
        select(UnitMessage, Referral)
        .join(Task, col(Task.id) == col(UnitMessage.task_id))
        .join(Referral, col(Referral.id) == col(UnitMessage.referral_id))
        .where(Task.reference == task_reference, seen_by(work.actor, Referral))
    )
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound("There is no such message.")
    return found


def _victim(work: Work, message: UnitMessage) -> Victim | None:
    if message.victim_reference is None:
        return None
    query = select(Victim).where(Victim.reference == message.victim_reference)
    return work.session.exec(query).first()
