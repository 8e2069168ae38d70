"""Give a referral to a victim liaison officer of its region."""

from __future__ import annotations

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.officer_needed import close_question
from vcs.referrals.records import Referral
from vcs.terms import Role


def assign_vlo(work: Work, referral_reference: str, vlo_account_id: int) -> Referral:
    """Give a referral to a victim liaison officer of its region."""
    work.require_may(Act.ASSIGN_OFFICER)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    # Locked, so that nobody is assigned an officer whose account is being disabled.
    vlo = work.session.get(Account, vlo_account_id, with_for_update=True)
    if vlo is None or not _may_work(vlo, referral, work.actor):
        raise NotValid(
            "Select an officer of this region.",
            {"vlo_account_id": "Select a victim liaison officer of this region"},
        )
    if referral.vlo_account_id != vlo.id:
        referral.vlo_account_id = vlo.id
        work.session.add(referral)
        detail = f"account:{vlo.id}"
        work.note("vlo.assigned", referral.reference, detail)
        close_question(work, referral)
    return referral


def _may_work(vlo: Account, referral: Referral, actor: Actor) -> bool:
    region = referral.region_code or actor.region_code
    return vlo.active and vlo.role == Role.VLO and vlo.region_code == region
