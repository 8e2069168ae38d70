"""What a manager decides about an offer owed to somebody who never wants to be contacted."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import update
from sqlmodel import col

from vcs.access.work import Work
from vcs.alerts.records import AlertRecord
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotFound, NotValid
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.find import find_victim
from vcs.victims.preferences.anything import NOT_OFFERED, heard_by, lift
from vcs.victims.records import Victim

LONGEST_REASON = 2000

_OWN = (
    "You recorded what they said, so another manager must decide that the offer is not made. You "
    "can still decide that it is made in another way"
)


class OfferAnswer(StrEnum):
    """How an offer that is owed is met."""

    NOT_OFFERED = NOT_OFFERED
    ANOTHER_WAY = "another_way"


def decide_offer_owed(work: Work, task_reference: str, answer: OfferAnswer, reason: str) -> Task:
    """Keep what a manager decided, with the reason.

    *Not offered* ends the duty of first contact, and the alerts about it that did not leave yet:
    whoever recorded what the person said cannot decide it alone. *In another way* leaves it owed
    until a contact meets it. Neither lets a letter go.
    """
    task = open_task(work, task_reference, AskedFor.OFFER)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter the reason, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why.", {"note": words})
    held = work.session.get(Victim, task.victim_id) if task.victim_id else None
    if held is None:
        raise NotFound("There is no victim that this task is about.")
    victim, referral = find_victim(work.session, held.reference, work.actor)
    is_own = work.actor.account_id in heard_by(work.session, victim.person_id)
    if answer is OfferAnswer.NOT_OFFERED and is_own:
        raise NotValid(_OWN, {"answer": _OWN})
    finish(work, task, str(answer), reason)
    if answer is OfferAnswer.NOT_OFFERED:
        _withdraw_alerts(work, lift(work.session, victim, work.today))
    work.note("offer.decided", referral.reference, f"{victim.reference} {answer}")
    return task


def _withdraw_alerts(work: Work, deadline_ids: list[int]) -> None:
    unsent = (
        col(AlertRecord.deadline_id).in_(deadline_ids),
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
    )
    work.session.execute(update(AlertRecord).where(*unsent).values(withdrawn_at=work.now))
