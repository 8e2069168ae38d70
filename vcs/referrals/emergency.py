"""Open a referral in an emergency: recorded and told to managers first, then seen for some hours.

Whoever asks learns nothing by asking: a reference that names nothing is recorded, told of and
answered alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.emergency.policy import REASONS, rule_on
from vcs.access.emergency.records import EmergencyAccess
from vcs.access.reading.looks import Look, keep_look
from vcs.access.reads import names_of
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown

LONGEST_WORDS = 1000

_REFERENCE = re.compile(r"VCS-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass(frozen=True, slots=True)
class Emergency:
    """Who opened a referral in an emergency, and why, in their own words too."""

    name: str
    opened_at: datetime
    until: datetime
    reason: str
    words: str


def open_in_emergency(work: Work, typed: str, reason: str, words: str) -> EmergencyAccess:
    """Let the actor see one referral for some hours, excluded or of another region.

    While it is open, opening it again changes nothing. Counts as a look at somebody's details, so
    that references cannot be tried one after the other.
    """
    work.require_may(Act.OPEN_IN_EMERGENCY)
    reference = _checked(typed, reason, words)
    keep_look(work, Look("emergency.opened", reference, f"emergency:{reference}", reason))
    still_open = select(EmergencyAccess).where(
        EmergencyAccess.account_id == work.actor.account_id,
        EmergencyAccess.reference == reference,
        col(EmergencyAccess.until) > work.now,
    )
    if (held := work.session.exec(still_open).first()) is not None:
        return held
    named = select(Referral).where(Referral.reference == reference)
    referral = work.session.exec(named).first()
    opened = EmergencyAccess(
        account_id=work.actor.account_id,
        reference=reference,
        sentence_id=referral.sentence_id if referral else None,
        referral_id=referral.id if referral else None,
        reason=reason,
        sealed=work.sealer.seal_text(words.strip()),
        opened_at=work.now,
        until=work.now + rule_on(work.today).lasts,
    )
    work.session.add(opened)
    return opened


def _checked(typed: str, reason: str, words: str) -> str:
    reference, fields = typed.strip().upper(), {}
    if not _REFERENCE.fullmatch(reference):
        fields["reference"] = "Enter a reference like VCS-7K3M-9QTD"
    if reason not in REASONS:
        fields["reason"] = "Select what the emergency is"
    if not words.strip() or len(words) > LONGEST_WORDS:
        fields["words"] = "Enter what has happened and what you must do"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    return reference


def emergencies_of(
    session: Session, sealer: Sealer, actor: Actor, referral_reference: str
) -> tuple[Emergency, ...]:
    """Return who opened a referral in an emergency, the newest first. For managers only."""
    require_may(actor, Act.SEE_WHO_LOOKED)
    referral = visible_referral(session, actor, referral_reference)
    query = select(EmergencyAccess).where(EmergencyAccess.reference == referral.reference)
    names = names_of(session)
    return tuple(
        Emergency(
            names.get(one.account_id, ""),
            one.opened_at,
            one.until,
            one.reason,
            shown(sealer.open_text, one.sealed, UNOPENED),
        )
        for one in session.exec(query.order_by(col(EmergencyAccess.id).desc()).limit(50))
    )
