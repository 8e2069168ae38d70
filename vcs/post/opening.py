"""Looking at a letter, opening it for printing, and withdrawing it: each leaves a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import NotFound, NotValid
from vcs.post import catalogue
from vcs.post.batches.pull import pull
from vcs.post.cases.case import gather
from vcs.post.find import find_letter
from vcs.post.gate import LetterCase, Step, holds, reasons_to_withdraw
from vcs.post.language.welsh import as_it_may_leave, for_reader
from vcs.post.notify.hold import not_with_notify
from vcs.post.records import LOOKED_AT, LetterRecord, LetterStatus
from vcs.post.records import TO_POST as TO_POST
from vcs.post.subjects.subject import is_gone
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tables import free_reference
from vcs.terms import Language, LetterFormat, LetterLanguage
from vcs.victims.find import Part
from vcs.victims.preferences.records import Way
from vcs.victims.records import PostedLetter, Victim
from vcs.victims.whereabouts.reveal import whose_look

_BY_EMAIL_ALONE = (
    "This person must not be written to on paper. The letter goes to them by email, from the page "
    "Print batches. To see what it says, open it for another reason."
)

OPENED_ALONE = "It was opened by itself, to be printed and posted."

REASONS = {
    "to check it before approval": "To check it before it is approved",
    TO_POST: "To print it and post it",
    "to check what was sent": "To check what was sent",
    "to answer a question about it": "To answer a question about it",
}

"""Why people look at letters. Set phrases: the reason goes into the trail, which names nobody."""


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """The PDF of an approved letter, or the reasons why it may not be printed."""

    pdf: bytes | None
    why_not: tuple[str, ...] = ()


def note_look(work: Work, letter_reference: str, reason: str) -> None:
    """Record that a person looks at a letter, with the address on it, and why."""
    work.require_may(Act.OPEN_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    _note(work, letter, (victim, referral), reason)


def open_for_printing(work: Work, letter_reference: str, reason: str) -> OpenedLetter:
    """Open an approved letter, byte for byte as it was made, unless the gate holds it now.

    What may never go any more is withdrawn. Raises NotFound for a letter that was not approved.
    """
    work.require_may(Act.PRINT_LETTER if reason == TO_POST else Act.OPEN_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    if letter.pdf is None:
        raise NotFound("This letter has not been approved, so there is no PDF of it.")
    if letter.status == LetterStatus.WITHDRAWN:
        return OpenedLetter(None, (f"This letter was withdrawn. {letter.withdrawn_reason}",))
    case = gather(work.session, work.sealer, victim, letter, work.today).case
    if held := holds(case, Step.OPEN):
        withdraw_held(work, letter, case)
        return OpenedLetter(None, tuple(hold.text for hold in held))
    if reason == TO_POST and case.by_email_alone:
        return OpenedLetter(None, (_BY_EMAIL_ALONE,))
    if reason == TO_POST:
        # Whoever prints it now posts it: the copy of the batch must not go as well.
        not_with_notify(work.session, letter.id, OPENED_ALONE, work.now)
        pull(work.session, letter.id, OPENED_ALONE, work.now)
    _note(work, letter, (victim, referral), reason)
    letter.opened_at = letter.opened_at or work.now
    work.session.add(letter)
    return OpenedLetter(work.sealer.open(letter.pdf))


def withdraw_held(work: Work, letter: LetterRecord, case: LetterCase) -> None:
    """Withdraw a letter that the gate holds for good, with a draft in its place."""
    by = By(work.actor.who, work.now)
    if _withdraw(work.session, letter, case, by):
        _wait_as_draft(work.session, letter, case, by)


@dataclass(frozen=True, slots=True)
class By:
    """Who withdraws letters, as the audit trail names them, and when."""

    who: str
    now: datetime


def withdraw_outdated(
    session: Session, sealer: Sealer, victim: Victim, by: By, *, redraft: bool = True
) -> int:
    """Withdraw the letters to a victim that may never go any more. Returns how many.

    Where a letter may still be written, a draft waits in place of each, unless not ``redraft``.
    """
    query = select(LetterRecord).where(
        LetterRecord.victim_id == victim.id, LetterRecord.status == LetterStatus.APPROVED
    )
    today, done = london_date(by.now), 0
    for letter in session.exec(query.with_for_update()).all():
        gathered = gather(session, sealer, victim, letter, today)
        if not _withdraw(session, letter, gathered.case, by):
            letter.signatory = gathered.signed.mark
            continue
        done += 1
        if redraft:
            _wait_as_draft(session, letter, gathered.case, by)
    return done


def withdraw_if_outdated(session: Session, sealer: Sealer, victim_id: int, now: datetime) -> int:
    """Look again at the letters to one victim, as a sweep does. Returns how many it withdrew."""
    victim = session.get_one(Victim, victim_id)
    session.exec(select(Referral).where(Referral.id == victim.referral_id).with_for_update()).one()
    return withdraw_outdated(session, sealer, victim, By(SYSTEM, now))


def _withdraw(session: Session, letter: LetterRecord, case: LetterCase, by: By) -> bool:
    """Withdraw a letter that some hold ends for good and that was not posted.

    One that was opened for printing may have been posted: for most holds that stays its history,
    and it opens no more. Where it names the wrong person it is withdrawn unless it is recorded as
    posted, or is from before that was recorded.
    """
    reason = reasons_to_withdraw(case, was_opened=letter.opened_at is not None)
    if not reason or _may_be_history(session, letter):
        return False
    letter.status = LetterStatus.WITHDRAWN
    letter.withdrawn_at, letter.withdrawn_by = by.now, by.who
    letter.withdrawn_reason = reason
    session.add(letter)
    victim = session.get_one(Victim, letter.victim_id)
    subject = session.get_one(Referral, victim.referral_id).reference
    trail.note(session, trail.Note(by.now, by.who, "letter.withdrawn", subject, letter.reference))
    return True


def _may_be_history(session: Session, letter: LetterRecord) -> bool:
    if letter.opened_at is not None and letter.made_from is None:
        return True
    query = select(PostedLetter.id).where(PostedLetter.letter_id == letter.id)
    return session.exec(query).first() is not None


def _wait_as_draft(session: Session, letter: LetterRecord, case: LetterCase, by: By) -> None:
    """Begin the letter again in place of one withdrawn, in the name of whoever began that one."""
    form = letter.format
    if case.by_email_alone:
        case, form = replace(case, goes_by=Way.EMAIL), LetterFormat.TEXT
    language = _language(session, letter)
    query = select(LetterRecord.id).where(
        LetterRecord.victim_id == letter.victim_id,
        LetterRecord.kind == letter.kind,
        LetterRecord.occasion == letter.occasion,
        LetterRecord.language == language,
        LetterRecord.status == LetterStatus.DRAFT,
    )
    if holds(case, Step.DRAFT) or is_gone(session, letter) or session.exec(query).first():
        return
    draft = LetterRecord(
        reference=free_reference(session, LetterRecord, Referral),
        victim_id=letter.victim_id,
        kind=letter.kind,
        occasion=letter.occasion,
        language=language,
        format=form,
        # What she needs was decided for the other format: of this one a person is asked anew.
        format_for=letter.format_for if form == letter.format else None,
        drafted_at=by.now,
        drafted_by=letter.drafted_by,
        given=letter.given,
        event_id=letter.event_id,
        choice_id=letter.choice_id,
        request_id=letter.request_id,
        officer_id=letter.officer_id,
    )
    session.add(draft)
    session.flush()
    victim = session.get_one(Victim, letter.victim_id)
    subject = session.get_one(Referral, victim.referral_id).reference
    trail.note(session, trail.Note(by.now, by.who, "letter.drafted", subject, draft.reference))


def _language(session: Session, letter: LetterRecord) -> LetterLanguage:
    """Return the language of a letter, or the one that its reader asked for since."""
    wanted = Language(session.get_one(Victim, letter.victim_id).person.language)
    was, row = LetterLanguage(letter.language), catalogue.letter(letter.kind)
    return was if wanted in was.parts else as_it_may_leave(row, for_reader(row, wanted))


def _note(work: Work, letter: LetterRecord, part: Part, reason: str) -> None:
    victim, referral = part
    if reason not in REASONS:
        raise NotValid("Say why you need to see it.", {"reason": "Select why you need to see it"})
    keep_look(
        work,
        Look(
            LOOKED_AT,
            referral.reference,
            whose_look(victim),
            reason,
            letter.reference,
            referral.vlo_account_id,
        ),
    )
