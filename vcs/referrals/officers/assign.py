"""Referrals are given to victim liaison officers of their region, or taken by one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.access.rules import Act, may_see
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.officers.needed import close_question
from vcs.referrals.officers.share import ToGive
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role


def officer_version(referral: Referral) -> str:
    """Return the version of who has a referral."""
    return version_of(referral.vlo_account_id)


def assign_vlo(
    work: Work, referral_reference: str, vlo_account_id: int, seen: str | None = None
) -> Referral:
    """Give a referral to a victim liaison officer of its region.

    ``seen`` is the version of who had it that the person was shown; None where no form was.
    """
    work.require_may(Act.ASSIGN_OFFICER)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    if seen is not None:
        require_version(seen, officer_version(referral))
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


def give_many(work: Work, gives: Sequence[ToGive]) -> tuple[str, ...]:
    """Give many referrals, each to an officer of the manager's region, all or none.

    Returns the references that were left as they are: another officer has them by now, they are
    closed, or they are of another region. Raises NotValid where an officer cannot be given any.
    """
    work.require_may(Act.ASSIGN_OFFICER)
    officers = _held_officers(work, {one.gets for one in gives})
    query = select(Referral).where(col(Referral.reference).in_([one.reference for one in gives]))
    held = work.session.exec(query.order_by(col(Referral.id)).with_for_update(key_share=True))
    referrals = {one.reference: one for one in held}
    return tuple(one.reference for one in gives if not _given(work, one, referrals, officers))


def _held_officers(work: Work, wanted: set[int | None]) -> dict[int, Account]:
    query = select(Account).where(col(Account.id).in_(wanted)).order_by(col(Account.id))
    found = {one.id: one for one in work.session.exec(query.with_for_update())}
    may_get = {one.id for one in found.values() if _is_officer_of(one, work.actor.region_code)}
    if not wanted or wanted - may_get:
        raise NotValid(
            "An officer who was chosen cannot be given referrals any more. Choose again.",
            {"to": "Select officers of this region whose accounts are open"},
        )
    return found


def _given(
    work: Work, one: ToGive, referrals: dict[str, Referral], officers: dict[int, Account]
) -> bool:
    """Give one of many, unless it changed since it was chosen. Says whether its officer has it."""
    referral = referrals.get(one.reference)
    if referral is None or one.gets is None or not may_see(work.actor, referral):
        return False
    is_as_seen = referral.vlo_account_id in (one.had, one.gets)
    if referral.status == ReferralStatus.CLOSED or not is_as_seen:
        return False
    vlo = officers[one.gets]
    if not _may_work(work, vlo, referral):
        return False
    _give(work, referral, vlo)
    return True


def _give(work: Work, referral: Referral, vlo: Account) -> None:
    if referral.vlo_account_id == vlo.id:
        return
    referral.vlo_account_id = vlo.id
    work.session.add(referral)
    work.note("vlo.assigned", referral.reference, f"account:{vlo.id}")
    close_question(work, referral)


def _may_work(work: Work, vlo: Account, referral: Referral) -> bool:
    is_of_region = _is_officer_of(vlo, referral.region_code or work.actor.region_code)
    return is_of_region and not _hidden_from(work, referral, vlo)


def _hidden_from(work: Work, referral: Referral, vlo: Account) -> set[int]:
    return excluded_from(work.session, referral.sentence_id, [vlo.id], work.today)


def _is_officer_of(account: Account, region_code: str | None) -> bool:
    return account.active and account.role == Role.VLO and account.region_code == region_code
