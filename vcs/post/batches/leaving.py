"""Whether a letter may leave now; what may never go any more is withdrawn."""

from __future__ import annotations

from sqlmodel import select

from vcs.access.work import Work
from vcs.post import opening
from vcs.post.cases.case import gather
from vcs.post.concern import Concern
from vcs.post.gate import Hold, Step, holds
from vcs.post.others import withdraw as others
from vcs.post.others.about import about_letter
from vcs.post.others.case import gather_other
from vcs.post.others.find import hold
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


def held_with_concern(work: Work, letter_id: int) -> tuple[LetterRecord, Concern]:
    """Return a letter with whom and what it concerns, held until the transaction ends."""
    letter = work.session.get_one(LetterRecord, letter_id)
    if letter.victim_id is None:
        return letter, Concern.of_case(hold(work, letter))
    victim = work.session.get_one(Victim, letter.victim_id)
    query = select(Referral).where(Referral.id == victim.referral_id)
    referral = work.session.exec(query.with_for_update(key_share=True)).one()
    work.session.refresh(letter, with_for_update=True)
    return letter, Concern.of_victim(victim, referral)


def why_not_leave(work: Work, letter: LetterRecord, step: Step) -> str:
    """Return every reason why an approved letter may not take a step; "" where it may.

    Where one ends it for good the letter is withdrawn, and a draft waits in its place.
    """
    if letter.status == LetterStatus.WITHDRAWN:
        return f"This letter was withdrawn. {letter.withdrawn_reason}"
    if letter.pdf is None:
        return "This letter was never approved."
    found = _held_at(work, letter, step)
    return " ".join(one.text for one in found)


def _held_at(work: Work, letter: LetterRecord, step: Step) -> tuple[Hold, ...]:
    if letter.victim_id is None:
        about = about_letter(work.session, work.sealer, letter, work.now)
        of_others = gather_other(about, letter).case
        if found := holds(of_others, step):
            others.withdraw_held(about, letter, of_others, work.actor.who)
        return found
    victim = work.session.get_one(Victim, letter.victim_id)
    case = gather(work.session, work.sealer, victim, letter, work.today).case
    if found := holds(case, step):
        opening.withdraw_held(work, letter, case)
    return found
