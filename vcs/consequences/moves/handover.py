"""An officer leaves, or must not see a case: the referrals go to the region's managers at once.

So do those of the officers whom they cover, by a question who covers now. No deadline moves: a
referral without an officer is owed by the same day as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access import account_changes, trail
from vcs.access import accounts as access_accounts
from vcs.access.accounts import AccountEntry
from vcs.access.actors import SYSTEM, Actor
from vcs.access.exclusions.hidden import hidden_from
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.access.restrictions.restricted import restricted_sentences
from vcs.alerts.causes.left_urgent import tell_of_left
from vcs.alerts.digest.recipients.leavers import plans_of, tell_of_left_plans
from vcs.clock import london_date
from vcs.consequences.moves.transfer_questions import named_left_question
from vcs.referrals.officers.cover_needed import ask_for_cover
from vcs.referrals.officers.records import Transfer
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic


def disable_account(session: Session, actor: Actor | None, account_id: int, now: datetime) -> int:
    """Disable an account and ask for another officer for each open referral it had.

    ``actor`` None is the operator at the command line. Returns how many referrals are affected; a
    repeat finds none. Raises what :func:`vcs.access.accounts.disable_account` raises.
    """
    account = access_accounts.disable_account(session, actor, account_id, now)
    return _leave_all(session, account, _DISABLED, actor.who if actor else SYSTEM, now)


def change_account(
    session: Session, actor: Actor, account_id: int, asked: tuple[AccountEntry, str], now: datetime
) -> int:
    """Change an account. With another role or place its open referrals go to the managers.

    Returns how many did. Raises what :func:`vcs.access.account_changes.change_account` raises.
    """
    changed = account_changes.change_account(session, actor, account_id, asked, now)
    if not changed.is_placed_anew:
        return 0
    today = london_date(now)
    plans = plans_of(session, account_id, today)
    if plans:
        tell_of_left_plans(session, plans, today, now)
    return _leave_all(session, changed.account, _ELSEWHERE, actor.who, now)


_DISABLED = "The account of the officer who had it was disabled."

_ELSEWHERE = "The officer who had it has other work now."


def _leave_all(session: Session, account: Account, why: str, who: str, now: datetime) -> int:
    """Take every open referral from somebody, and ask the managers for another officer."""
    referrals, today = _in_hand(session, account), london_date(now)
    said = f"{why} {_others(len(referrals))}"
    open_tasks(session, [_question(one, account, said, today) for one in referrals], today)
    for referral in referrals:
        referral.vlo_account_id = None
        session.add(referral)
        trail.note(
            session, trail.Note(now, who, "vlo.left", referral.reference, f"account:{account.id}")
        )
    session.flush()
    ask_for_cover(session, today, now)
    _ask_about_named(session, account, today)
    tell_of_left(session, f"{account.id}:{account.epoch}", [one.id for one in referrals], now)
    return len(referrals)


def _ask_about_named(session: Session, account: Account, today: date) -> None:
    """Ask the units that are to introduce somebody who was named for their referral, and left."""
    query = (
        select(Transfer, Referral)
        .join(Referral, col(Referral.id) == col(Transfer.referral_id))
        .where(Transfer.to_vlo_id == account.id, col(Transfer.ended_on).is_(None))
    )
    found = session.exec(query.order_by(col(Transfer.id))).all()
    questions = [named_left_question(one, offer, account, today) for offer, one in found]
    open_tasks(session, questions, today)


def hand_over_hidden(session: Session, account: Account, who: str, now: datetime) -> int:
    """Take from somebody the open referrals that are hidden from them, and ask for an officer.

    Returns how many. A sweep does it too: a case may come to be hidden later, through its people.
    """
    today = london_date(now)
    hidden = hidden_from(session, account.id, today).referrals
    referrals = [one for one in _in_hand(session, account) if one.id in hidden]
    open_tasks(session, [_officer_needed(one, account, now) for one in referrals], today)
    for referral in referrals:
        referral.vlo_account_id = None
        session.add(referral)
        detail = f"account:{account.id}"
        trail.note(session, trail.Note(now, who, "vlo.excluded", referral.reference, detail))
    session.flush()
    leaver = f"{account.id}:hidden:{now.isoformat()}"
    tell_of_left(session, leaver, [one.id for one in referrals], now)
    return len(referrals)


def excluded_accounts(session: Session) -> list[int]:
    """Return who is excluded from some case, or is the officer of a restricted one."""
    query = select(Exclusion.account_id).where(col(Exclusion.lifted_at).is_(None)).distinct()
    officers = select(Referral.vlo_account_id).where(
        col(Referral.sentence_id).in_(restricted_sentences(session)),
        Referral.status != ReferralStatus.CLOSED,
    )
    return sorted({one for one in (*session.exec(query), *session.exec(officers)) if one})


def _officer_needed(referral: Referral, account: Account, now: datetime) -> Question:
    return Question(
        f"{TaskTopic.OFFICER_NEEDED}:{referral.reference}:{account.id}:hidden:{now.isoformat()}",
        TaskKind.QUESTION,
        f"Referral {referral.reference} needs an officer. The officer who had it must not see it "
        "any more. No deadline has changed. Assign another officer on the referral's page: that "
        "closes this task.",
        referral.region_code,
        london_date(now),
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.OFFICER_NEEDED,
    )


def _in_hand(session: Session, account: Account) -> Sequence[Referral]:
    query = select(Referral).where(
        Referral.vlo_account_id == account.id, Referral.status != ReferralStatus.CLOSED
    )
    return session.exec(query.order_by(col(Referral.id)).with_for_update()).all()


def _others(count: int) -> str:
    return "It was their only open referral." if count == 1 else f"They had {count} open referrals."


def _question(referral: Referral, account: Account, said: str, today: date) -> Question:
    return Question(
        # An account that was opened again can be disabled again: its epoch tells the two apart.
        f"{TaskTopic.OFFICER_NEEDED}:{referral.reference}:{account.id}:{account.epoch}",
        TaskKind.QUESTION,
        f"Referral {referral.reference} needs an officer. {said} No deadline has changed. Assign "
        "another officer on the referral's page: that closes this task.",
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.OFFICER_NEEDED,
    )
