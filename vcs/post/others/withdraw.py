"""Withdraw a letter to others that may never go any more, with a draft in its place."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import select

from vcs.access import trail
from vcs.post.catalogue import letter as row_of
from vcs.post.gate import LetterCase, Step, holds, reasons_to_withdraw
from vcs.post.language.welsh import for_partner
from vcs.post.others.about import About
from vcs.post.others.case import begun_for, gather_other, is_wanted
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.terms import LetterFormat
from vcs.victims.records import PostedLetter

NOT_NEEDED = "Nobody had looked at it, and it is not needed any more."


def look_again(about: About, letter: LetterRecord, who: str) -> bool:
    """Withdraw a letter that must not go any more, as a sweep does. Say whether it was withdrawn.

    A draft that nobody began goes where what brought it is over, or the gate stops it.
    """
    letter.looked_again_at = about.now
    about.session.add(letter)
    case = gather_other(about, letter).case
    if letter.status == LetterStatus.APPROVED:
        return withdraw_held(about, letter, case, who)
    is_over = not is_wanted(about, letter.kind, letter.occasion)
    if letter.drafted_by is None and (is_over or holds(case, Step.DRAFT)):
        _withdraw(about, letter, NOT_NEEDED, who)
        return True
    return False


def withdraw_held(about: About, letter: LetterRecord, case: LetterCase, who: str) -> bool:
    """Withdraw an approved letter that the gate holds for good; a draft takes its place.

    One that was opened for printing is withdrawn too, unless it is recorded as posted.
    """
    reason = reasons_to_withdraw(case)
    if not reason or was_posted(about, letter):
        return False
    _withdraw(about, letter, reason, who)
    if is_wanted(about, letter.kind, letter.occasion):
        _wait_as_draft(about, letter, case, who)
    return True


def was_posted(about: About, letter: LetterRecord) -> bool:
    """Say whether a letter is recorded as posted."""
    query = select(PostedLetter.id).where(PostedLetter.letter_id == letter.id)
    return about.session.exec(query).first() is not None


def _withdraw(about: About, letter: LetterRecord, why: str, who: str) -> None:
    letter.status, letter.withdrawn_at = LetterStatus.WITHDRAWN, about.now
    letter.withdrawn_by, letter.withdrawn_reason = who, why
    about.session.add(letter)
    note(about, who, "letter.withdrawn", letter.reference)


def _wait_as_draft(about: About, letter: LetterRecord, case: LetterCase, who: str) -> None:
    drafts = begun_for(about, letter.kind, letter.occasion).where(
        LetterRecord.status == LetterStatus.DRAFT
    )
    if holds(case, Step.DRAFT) or about.session.exec(drafts).first() is not None:
        return
    draft = new_draft(about, letter.kind, letter.occasion)
    draft.drafted_by, draft.office_id, draft.given = (
        letter.drafted_by, letter.office_id, letter.given,
    )  # fmt: skip
    draft.language = letter.language
    about.session.add(draft)
    about.session.flush()
    note(about, who, "letter.drafted", draft.reference)


def new_draft(about: About, kind: str, occasion: str) -> LetterRecord:
    """Return a letter of a kind about a case, for an occasion, that nobody has begun."""
    return LetterRecord(
        reference=free_reference(about.session, LetterRecord, Referral),
        sentence_id=about.sentence.id,
        about_victim_id=about.victim.id if about.victim else None,
        kind=kind,
        occasion=occasion,
        language=for_partner(row_of(kind), about.region_code),
        format=LetterFormat.STANDARD,
        drafted_at=about.now,
        looked_again_at=about.now,
    )


def note(about: About, who: str, event: str, detail: str, at: datetime | None = None) -> None:
    """Add to the audit trail, under the reference of the case."""
    trail.note(about.session, trail.Note(at or about.now, who, event, about.subject, detail))
