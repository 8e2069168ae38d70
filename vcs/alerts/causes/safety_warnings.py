"""Tell at once of a warning that a person may not be safe, whoever recorded it.

An officer who recorded it knows of it, and nobody else does: not her manager, not whoever covers
for her, not the officers who write to others about the same offender. All of these are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.alerts.owe import KNOWS, OFFICERS, Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.events.offender import referrals_of_offender
from vcs.referrals.officers.reads import Hands, hands
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.victims.records import Victim
from vcs.victims.warnings.records import SafetyWarning

_ACCOUNT = "account:"


def untold_warnings(session: Session, limit: int = 500) -> list[int]:
    """Return the warnings of danger that nobody was told of, oldest first.

    One in a closed referral waits: it is told of once that is opened again.
    """
    query = (
        select(SafetyWarning.id)
        .join(Victim, col(Victim.id) == col(SafetyWarning.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(SafetyWarning.told_at).is_(None), col(Referral.status) != ReferralStatus.CLOSED)
    )
    return list(session.exec(query.order_by(col(SafetyWarning.id)).limit(limit)))


def tell_of_warning(
    session: Session, warning_id: int, now: datetime, today: date, sealer: Sealer
) -> bool:
    """Owe one email about a warning: to the officers whom it concerns, and to the managers.

    What else the same person recorded in it in the same moment is in the same email. False where
    the victim, and the warning with them, was withdrawn since it was found.
    """
    found = session.get(SafetyWarning, warning_id)
    victim = session.get(Victim, found.victim_id) if found is not None else None
    if found is None or victim is None:
        return False
    referral = session.get_one(Referral, victim.referral_id)
    if referral.status == ReferralStatus.CLOSED:
        return False
    together = _untold_together(session, found, referral)
    if warning_id not in [one.id for one in together]:
        return False
    for one in together:
        one.told_at = now
        session.add(one)
    warning = together[0]
    held = hands(session, today)
    officers = dict.fromkeys(_officers(session, sealer, referral, held))
    knows = warning.recorded_by.removeprefix(_ACCOUNT)
    others = [one for one in map(str, officers) if one != knows]
    whom = {OFFICERS: " ".join(others), KNOWS: knows if knows in map(str, officers) else ""}
    # The keys of migration 0058 ended with the id of a change of details: these never equal one.
    occurrence = f"warning {warning.id}"
    place = (referral.region_code, held.answers_for(referral))
    notice = Notice(AlertKind.SAFETY_WARNING, referral.reference, occurrence, whom, *place)
    return owe_alert(session, notice, now)


def _officers(session: Session, sealer: Sealer, referral: Referral, held: Hands) -> Iterator[int]:
    """Yield the officer of a referral and whoever covers, then those of the same offender's others.

    In its own region: an officer of another one could not open it.
    """
    others = (
        one
        for one in referrals_of_offender(session, sealer, referral)
        if one.status != ReferralStatus.CLOSED and one.region_code == referral.region_code
    )
    for one in (referral, *others):
        if one.vlo_account_id is not None:
            yield from held.told(one.vlo_account_id)


def _untold_together(
    session: Session, first: SafetyWarning, referral: Referral
) -> Sequence[SafetyWarning]:
    """Return what is told in one email with a warning, held until the transaction ends."""
    here = select(Victim.id).where(Victim.referral_id == referral.id)
    query = select(SafetyWarning).where(
        col(SafetyWarning.victim_id).in_(here),
        SafetyWarning.recorded_at == first.recorded_at,
        SafetyWarning.recorded_by == first.recorded_by,
        col(SafetyWarning.told_at).is_(None),
    )
    held = query.order_by(col(SafetyWarning.id)).with_for_update()
    return session.exec(held.execution_options(populate_existing=True)).all()
