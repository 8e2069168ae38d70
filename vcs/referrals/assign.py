"""A referral is given to a victim liaison officer of its region, or taken by one."""

from __future__ import annotations

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
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
    if vlo is None or not _may_work(work, vlo, referral):
        raise NotValid(
            "Select an officer of this region.",
            {"vlo_account_id": "Select a victim liaison officer of this region"},
        )
    _give(work, referral, vlo)
    return referral


def take_referral(work: Work, referral_reference: str) -> Referral:
    """Take a referral that no officer has. Taking it again is harmless.

    Raises Conflict where another officer has it already.
    """
    work.require_may(Act.TAKE_REFERRAL)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    if referral.vlo_account_id not in (None, work.actor.account_id):
        raise Conflict("Another officer has this referral. A manager can give it to you.")
    vlo = work.session.get(Account, work.actor.account_id, with_for_update=True)
    if vlo is None or not _may_work(work, vlo, referral):
        raise Conflict("This referral is of another region. Its manager can give it to an officer.")
    _give(work, referral, vlo)
    return referral


def _give(work: Work, referral: Referral, vlo: Account) -> None:
    if referral.vlo_account_id == vlo.id:
        return
    referral.vlo_account_id = vlo.id
    work.session.add(referral)
    work.note("vlo.assigned", referral.reference, f"account:{vlo.id}")
    close_question(work, referral)


def _may_work(work: Work, vlo: Account, referral: Referral) -> bool:
    region = referral.region_code or work.actor.region_code
    is_of_region = vlo.active and vlo.role == Role.VLO and vlo.region_code == region
    return is_of_region and not excluded_from(work.session, referral.sentence_id, [vlo.id])
