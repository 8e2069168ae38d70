"""What a manager answers about a victim's address that may be one of the court's."""

from __future__ import annotations

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.errors import NotFound, NotValid
from vcs.post.opening import By, withdraw_outdated
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.find import find_victim, parts_of
from vcs.victims.person import opened
from vcs.victims.records import AddressFinding, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import warn_in_each
from vcs.victims.whereabouts.addresses import keep_former
from vcs.victims.whereabouts.shared import keep_answer, matches_in_referral

LONGEST_REASON = 2000


def answer_about_address(
    work: Work, task_reference: str, finding: AddressFinding, reason: str
) -> Task:
    """Keep what a manager found about the addresses as they are now, with the reason.

    *Not safe* makes the address not safe to post, and withdraws what is on its way. Nothing else
    lets a letter go by itself: one to the same place is asked about for each letter.
    """
    task = open_task(work, task_reference, AskedFor.ADDRESS)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter what you found, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say what you found.", {"note": words})
    held = work.session.get(Victim, task.victim_id) if task.victim_id else None
    if held is None:
        raise NotFound("There is no victim that this task is about.")
    victim, referral = find_victim(work.session, held.reference, work.actor)
    person = opened(work.sealer, victim.person)
    found = matches_in_referral(work, referral, person)
    keep_answer(work, victim, task.id, (person, found), (finding, reason))
    finish(work, task, str(finding), "")
    if finding is AddressFinding.SAME_NOT_SAFE:
        _stop_letters(work, victim)
    work.note("address.answered", referral.reference, f"{victim.reference} {finding}")
    return task


def _stop_letters(work: Work, victim: Victim) -> None:
    if victim.person.safe_to_post is not False:
        keep_former(work, victim)
        victim.person.safe_to_post = False
        work.session.add(victim.person)
        warn_in_each(work, victim.person_id, WarningFrom.ADDRESS)
    for part, _ in parts_of(work.session, victim.person_id):
        withdraw_outdated(work.session, work.sealer, part, By(work.actor.who, work.now))
