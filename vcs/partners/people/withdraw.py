"""Take back a victim who was referred by mistake, while the unit has not acted on it.

Then nothing of theirs is kept but a sealed note of who was taken back and why: every list, letter
and search is right by itself. After the unit has acted, the unit is asked.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clocks.records import ClockRecord
from vcs.errors import NotAllowed, NotValid
from vcs.law.deadlines import duties
from vcs.partners.people.acted import is_acted_on, is_only_part, tasks_about
from vcs.partners.people.messages.send import LONGEST_WORDS, Outgoing, ask_unit, keep
from vcs.partners.people.records import MessageDecision, MessageKind, UnitMessage
from vcs.post.records import LetterLook, LetterRecord
from vcs.referrals.due_days.deadlines import owe_again
from vcs.referrals.records import DeadlineMove, DeadlineRecord, Referral, ReferralStatus
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.contact.records import NoteRecord
from vcs.victims.find import find_victim
from vcs.victims.person import shown_person
from vcs.victims.records import FormerDetails, KeptApart, PersonDigest, PersonRecord, Victim
from vcs.victims.warnings.records import SafetyWarning

OVERTAKEN = "overtaken: the victim had been referred by mistake"

_SAY_WHY = f"Enter why, in {LONGEST_WORDS} characters or fewer"


def withdraw(work: Work, victim_reference: str, why: str) -> UnitMessage:
    """Take back a victim whom witness care referred by mistake, or ask the unit to.

    It takes effect at once, and the duty to refer is owed again where nobody else was referred,
    unless the unit has acted: then the message waits for the unit's answer.
    """
    work.require_may(Act.TAKE_BACK_REFERRAL)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    sender = work.session.get_one(Account, victim.referred_by_account_id)
    if sender.role != Role.WITNESS_CARE:
        raise NotAllowed("Witness care did not refer this victim. Ask the victim liaison unit.")
    if not why.strip() or len(why) > LONGEST_WORDS:
        raise NotValid("Say why.", {"words": _SAY_WHY})
    name = shown_person(work.sealer, victim.person).name
    outgoing = Outgoing(MessageKind.WITHDRAWAL, {"name": name, "words": why.strip()}, victim)
    if is_acted_on(work.session, victim, referral):
        return ask_unit(work, referral, outgoing)
    message = keep(work, referral, outgoing)
    message.decision, message.decided_at = MessageDecision.APPLIED, work.now
    work.session.add(message)
    work.note("victim.taken_back", referral.reference, victim.reference)
    _end_questions(work, victim)
    _remove(work.session, victim)
    _owe_referral_again(work, referral)
    return message


def _end_questions(work: Work, victim: Victim) -> None:
    """End what was asked about a victim, and take their name off it."""
    about = tasks_about(work.session, victim)
    still_open = update(Task).where(about, col(Task.done_at).is_(None))
    fetch = {"synchronize_session": "fetch"}
    ended = still_open.values(done_at=work.now, answer=OVERTAKEN)
    work.session.execute(ended, execution_options=fetch)
    unnamed = {"victim_id": None, "person_id": None}
    work.session.execute(update(Task).where(about).values(unnamed), execution_options=fetch)


def _remove(session: Session, victim: Victim) -> None:
    """Remove a victim, and the person where they are in no other referral."""
    victim_id, person_id = victim.id, victim.person_id
    is_last = is_only_part(session, victim)
    own = select(DeadlineRecord.id).where(DeadlineRecord.victim_id == victim_id)
    session.execute(delete(DeadlineMove).where(col(DeadlineMove.deadline_id).in_(own)))
    session.execute(delete(DeadlineRecord).where(col(DeadlineRecord.victim_id) == victim_id))
    session.execute(delete(ClockRecord).where(col(ClockRecord.victim_id) == victim_id))
    about = or_(
        col(LetterRecord.victim_id) == victim_id, col(LetterRecord.about_victim_id) == victim_id
    )
    session.execute(delete(LetterRecord).where(about))
    session.execute(delete(LetterLook).where(col(LetterLook.victim_id) == victim_id))
    session.execute(delete(NoteRecord).where(col(NoteRecord.victim_id) == victim_id))
    session.execute(delete(SafetyWarning).where(col(SafetyWarning.victim_id) == victim_id))
    session.execute(delete(FormerDetails).where(col(FormerDetails.victim_id) == victim_id))
    session.execute(delete(Victim).where(col(Victim.id) == victim_id))
    if is_last:
        apart = or_(col(KeptApart.one_id) == person_id, col(KeptApart.other_id) == person_id)
        session.execute(delete(KeptApart).where(apart))
        session.execute(delete(PersonDigest).where(col(PersonDigest.person_id) == person_id))
        session.execute(delete(PersonRecord).where(col(PersonRecord.id) == person_id))


def _owe_referral_again(work: Work, referral: Referral) -> None:
    left = select(Victim.id).where(Victim.referral_id == referral.id)
    if work.session.exec(left.limit(1)).first() is None:
        referral.status = ReferralStatus.AWAITING
        work.session.add(referral)
        owe_again(work.session, referral.id, duties.REFER)
