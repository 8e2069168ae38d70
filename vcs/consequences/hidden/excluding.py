"""Somebody must not see a case, from now on and on every page; or may see it again."""

from __future__ import annotations

from sqlmodel import col, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.exclusions.records import Exclusion
from vcs.access.exclusions.staff import managers_of, may_be_excluded
from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.hidden.following import exclude_from_known, of_one_decision
from vcs.consequences.moves.handover import hand_over_hidden
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.intake.regions import region_named
from vcs.referrals.find import find_referral
from vcs.referrals.officers.cover_needed import ask_for_cover
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

LONGEST_REASON = 1000

_SAY_WHY = f"Enter why, in {LONGEST_REASON} characters or fewer"


def exclude(work: Work, referral_reference: str, account_id: int, reason: str) -> Exclusion:
    """Exclude a member of staff from a case, from now on. Doing it again changes nothing.

    It counts for the whole case, its people, what they are in elsewhere, and every other case of
    the offender, those that courts tell later too. The referrals that the person was the officer of
    are handed to the managers.
    """
    work.require_may(Act.EXCLUDE)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_in_emergency(work, referral)
    account = work.session.get(Account, account_id, with_for_update=True)
    if account is None or not may_be_excluded(account, referral, work.actor):
        words = "Select a member of staff who could see this referral"
        raise NotValid("Select a member of staff.", {"account_id": words})
    return _exclude(work, referral, account, reason)


def declare_conflict(work: Work, referral_reference: str, reason: str) -> Exclusion:
    """Exclude oneself from a case, because one knows somebody in it. It counts at once."""
    work.require_may(Act.DECLARE_CONFLICT)
    referral = find_referral(work.session, referral_reference, work.actor)
    account = work.session.get(Account, work.actor.account_id, with_for_update=True)
    if account is None or work.actor.client_id is not None:
        raise NotAllowed("Only a member of staff can declare that they know somebody.")
    return _exclude(work, referral, account, reason)


def lift_exclusion(work: Work, referral_reference: str, exclusion_id: int, reason: str) -> None:
    """Let somebody see a case again, with a reason. Nobody lets themselves in again.

    Where it was decided, it ends in every case that it followed the offender into; where it
    followed him, it ends there alone, for example because he turned out to be somebody else.
    """
    work.require_may(Act.EXCLUDE)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_in_emergency(work, referral)
    query = select(Exclusion).where(
        Exclusion.id == exclusion_id, Exclusion.sentence_id == referral.sentence_id
    )
    found = work.session.exec(query.with_for_update()).first()
    if found is None:
        raise NotFound("There is no such exclusion.")
    if work.actor.account_id == found.account_id:
        raise NotAllowed("You cannot let yourself in again. Ask another manager of your region.")
    if found.lifted_at is not None:
        raise Conflict("This exclusion has ended already. Load the page again.")
    same = of_one_decision(work.session, found)
    for row in same if found.id == min(one.id for one in same) else [found]:
        row.lifted_sealed = work.sealer.seal_text(_checked(reason))
        row.lifted_at, row.lifted_by = work.now, work.actor.account_id
        work.session.add(row)
    work.note("exclusion.lifted", referral.reference, f"account:{found.account_id}")


def _refuse_in_emergency(work: Work, referral: Referral) -> None:
    if referral.sentence_id in work.actor.opened:
        raise NotAllowed("You opened this in an emergency. Another manager decides who sees it.")


def _exclude(work: Work, referral: Referral, account: Account, reason: str) -> Exclusion:
    sealed = work.sealer.seal_text(_checked(reason))
    query = select(Exclusion).where(
        Exclusion.account_id == account.id,
        Exclusion.sentence_id == referral.sentence_id,
        col(Exclusion.lifted_at).is_(None),
    )
    if (held := work.session.exec(query).first()) is not None:
        return held
    declared = account.id == work.actor.account_id
    exclusion = Exclusion(
        account_id=account.id,
        sentence_id=referral.sentence_id,
        declared=declared,
        excluded_at=work.now,
        excluded_by=work.actor.account_id,
        sealed=sealed,
    )
    work.session.add(exclusion)
    work.session.flush()
    event = "exclusion.declared" if declared else "exclusion.added"
    work.note(event, referral.reference, f"account:{account.id}")
    exclude_from_known(work.session, work.sealer, exclusion, work.now)
    hand_over_hidden(work.session, account, work.actor.who, work.now)
    ask_for_cover(work.session, work.today, work.now)
    _ask_for_a_manager(work, referral)
    return exclusion


def _checked(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotValid("Say why.", {"reason": _SAY_WHY})
    return reason.strip()


def _kept_from(work: Work, referral: Referral, accounts: list[int]) -> set[int]:
    return excluded_from(work.session, referral.sentence_id, accounts, work.today)


def _ask_for_a_manager(work: Work, referral: Referral) -> None:
    """Ask the administrators for another manager where none is left who may see a referral."""
    managers = managers_of(work.session, referral.region_code)
    if not managers or set(managers) - _kept_from(work, referral, managers):
        return
    region = region_named(referral.region_code)
    question = Question(
        f"manager_needed:{referral.reference}:{work.now.isoformat()}",
        TaskKind.QUESTION,
        f"In {region.name if region else 'a region that is not known'} a referral has no manager "
        "left who may see it: each has been excluded from it. Add another manager to the region "
        "today, or ask the head of service who should act. Its alerts come to you meanwhile.",
        due_on=work.today,
    )
    open_tasks(work.session, [question], work.today)
