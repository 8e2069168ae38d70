"""Letters: drafted by anyone in the unit, made once on approval, and then never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.post import catalogue, gate, opening
from vcs.post.cases.case import gather
from vcs.post.cases.letter_case import Wanted
from vcs.post.catalogue import Addressee, LetterPolicy
from vcs.post.find import find_letter
from vcs.post.gate import Step
from vcs.post.language.formats import Written
from vcs.post.language.welsh import as_it_may_leave
from vcs.post.language.wording import require_wording
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.subjects.find import subjects
from vcs.post.subjects.given import begin
from vcs.post.subjects.subject import Around, Subject, require_standing
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.terms import Language, LetterFormat, LetterLanguage
from vcs.victims.find import find_victim
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter as the press made it, with the version of its template and what it was made of.

    ``pdf`` is the file: text for a letter in plain text. ``text`` is all of it in plain words.
    """

    pdf: bytes
    template_version: str
    contents_json: str
    text: str = ""


def draft_letter(
    work: Work,
    victim_reference: str,
    kind: str,
    how: Written | LetterLanguage | Language,
    *,
    for_decision: bool = False,
) -> LetterRecord:
    """Begin a letter, or return the draft of the same kind and language that is open already.

    Welsh that nobody signed off is begun with the English beside it. A draft that is open already
    takes the format asked for now. It is about the newest thing that its trigger finds.

    Raises NotFound for a kind or language that the catalogue lacks, and LetterHeld where the gate
    lets no letter begin; ``for_decision`` begins one about which a second person can decide. An
    approved letter that is out of date and was never opened for printing is withdrawn first.
    """
    work.require_may(Act.WRITE_LETTER)
    row, written = catalogue.letter(kind), Written.of(how)
    language = as_it_may_leave(row, written.language)
    if not set(language.parts) <= set(row.languages):
        raise NotFound("There is no letter of that kind in that language.")
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    subject = _subject(work, victim, row)
    wanted = Wanted(kind, subject.occasion, written.format)
    case = gather(work.session, work.sealer, victim, wanted, work.today).case
    gate.require_to_begin(case, for_decision=for_decision)
    # Whoever begins it here is who begins the new one.
    by = opening.By(work.actor.who, work.now)
    opening.withdraw_outdated(work.session, work.sealer, victim, by, redraft=False)
    if held := _open_draft(work, victim, wanted, language):
        if held.drafted_by is None:
            work.note("letter.drafted", referral.reference, held.reference)
        held.language = language
        return _taken_up(work, held, written)
    letter = new_draft(work.session, victim, wanted.kind, subject)
    letter.language = language
    _begun(work, letter, written)
    work.note("letter.drafted", referral.reference, letter.reference)
    return letter


def _taken_up(work: Work, letter: LetterRecord, written: Written) -> LetterRecord:
    begin(work, letter)
    _write_as(work, letter, written)
    return letter


def _begun(work: Work, letter: LetterRecord, written: Written) -> None:
    letter.drafted_at, letter.drafted_by = work.now, work.actor.account_id
    _write_as(work, letter, written)
    work.session.flush()


def _subject(work: Work, victim: Victim, row: LetterPolicy) -> Subject:
    """Return what a letter of a kind would be about now: nothing in particular where none is."""
    around = Around.of(work.session, work.sealer, victim, work.now)
    found = subjects(around, row) if row.to is Addressee.CONTACT else ()
    return found[0] if found else Subject("", work.today)


def new_draft(session: Session, victim: Victim, kind: str, subject: Subject) -> LetterRecord:
    """Return a letter of a kind about a subject; whoever asks sets its language and its day."""
    return LetterRecord(
        reference=free_reference(session, LetterRecord, Referral),
        victim_id=victim.id,
        kind=kind,
        language=LetterLanguage.ENGLISH,
        occasion=subject.occasion,
        event_id=subject.event_id,
        choice_id=subject.choice_id,
        request_id=subject.request_id,
        officer_id=subject.officer_id,
    )


def _open_draft(
    work: Work, victim: Victim, wanted: Wanted, language: LetterLanguage
) -> LetterRecord | None:
    query = select(LetterRecord).where(
        LetterRecord.victim_id == victim.id,
        LetterRecord.kind == wanted.kind,
        LetterRecord.occasion == wanted.occasion,
        # One that nobody has begun yet is written in the language that is asked for.
        or_(col(LetterRecord.language) == language, col(LetterRecord.drafted_by).is_(None)),
        LetterRecord.status == LetterStatus.DRAFT,
    )
    return work.session.exec(query.order_by(col(LetterRecord.id))).first()


def _write_as(work: Work, letter: LetterRecord, written: Written) -> None:
    letter.format = written.format
    letter.format_for = work.sealer.seal_text(written.format_for) if written.format_for else None
    work.session.add(letter)


def save_approved_letter(work: Work, letter_reference: str, made: MadeLetter) -> LetterRecord:
    """Keep the finished letter with its hash, template version, approver and what it rests on.

    Approving is not contact: a letter that lies in the program has reached nobody. Raises Conflict
    where the letter is no draft any more: what is approved is never made again. Raises LetterHeld
    where the gate does not let it go on, and WordingHeld where its words may not go.
    """
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    work.require(*catalogue.letter(letter.kind).approved_by)
    if letter.status != LetterStatus.DRAFT:
        raise Conflict(_NO_DRAFT[LetterStatus(letter.status)])
    require_standing(work.session, letter)
    gathered = gather(work.session, work.sealer, victim, letter, work.today)
    gate.require(gathered.case, Step.APPROVE)
    if why_not := gate.why_not_approve(gathered.case, work.actor):
        raise NotAllowed(why_not)
    words = (made.contents_json, made.text)
    require_wording(work.session, work.sealer, letter, gathered.case, words)
    if letter.format != LetterFormat.TEXT and not made.pdf.startswith(b"%PDF-"):
        raise NotValid("The letter was not made. Preview it again.")
    letter.status = LetterStatus.APPROVED
    letter.pdf = work.sealer.seal(made.pdf)
    letter.contents = work.sealer.seal_text(made.contents_json)
    letter.made_from = gathered.basis.sealed(work.sealer)
    letter.signatory = gathered.signed.mark
    letter.sha256 = hashlib.sha256(made.pdf).hexdigest()
    letter.template_version = made.template_version
    letter.approved_at, letter.approved_by = work.now, work.actor.account_id
    work.session.add(letter)
    detail = f"{letter.reference} sha256:{letter.sha256}"
    work.note("letter.approved", referral.reference, detail)
    return letter


_NO_DRAFT = {
    LetterStatus.APPROVED: "This letter was approved already. Load the page again to see it.",
    LetterStatus.WITHDRAWN: "This letter was withdrawn. Draft a new one.",
}
