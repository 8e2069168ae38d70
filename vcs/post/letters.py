"""Letters: drafted by anyone in the unit, made once on approval, and then never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.post import catalogue, gate, opening
from vcs.post.case import gather
from vcs.post.find import find_letter
from vcs.post.gate import Step
from vcs.post.records import LetterRecord, LetterStatus
from vcs.tables import free_reference
from vcs.terms import Language
from vcs.victims.find import find_victim


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter as the press made it, with the version of its template and what it was made of."""

    pdf: bytes
    template_version: str
    contents_json: str


def draft_letter(work: Work, victim_reference: str, kind: str, language: Language) -> LetterRecord:
    """Begin a letter, or return the draft of the same kind and language that is open already.

    Raises NotFound for a kind or language that the catalogue lacks, and LetterHeld where the gate
    lets no letter begin. An approved letter that is out of date
    and was never opened for printing is withdrawn first.
    """
    work.require_may(Act.WRITE_LETTER)
    if language not in catalogue.letter(kind).languages:
        raise NotFound("There is no letter of that kind in that language.")
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    gate.require(gather(work.session, work.sealer, victim, None, work.today).case, Step.DRAFT)
    by = opening.By(work.actor.who, work.now)
    # Whoever begins it here is who begins the new one.
    opening.withdraw_outdated(work.session, work.sealer, victim, by, redraft=False)
    query = select(LetterRecord).where(
        LetterRecord.victim_id == victim.id,
        LetterRecord.kind == kind,
        LetterRecord.language == language,
        LetterRecord.status == LetterStatus.DRAFT,
    )
    held = work.session.exec(query).first()
    if held is not None:
        return held
    letter = LetterRecord(
        reference=free_reference(work.session, LetterRecord),
        victim_id=victim.id,
        kind=kind,
        language=language,
        drafted_at=work.now,
        drafted_by=work.actor.account_id,
    )
    work.session.add(letter)
    work.session.flush()
    work.note("letter.drafted", referral.reference, letter.reference)
    return letter


def save_approved_letter(work: Work, letter_reference: str, made: MadeLetter) -> LetterRecord:
    """Keep the finished letter with its hash, template version, approver and what it rests on.

    Approving is not contact: a letter that lies in the program has reached nobody. Raises Conflict
    where the letter is no draft any more: what is approved is never made again. Raises LetterHeld
    where the gate does not let it go on.
    """
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    work.require(*catalogue.letter(letter.kind).approved_by)
    if letter.status != LetterStatus.DRAFT:
        raise Conflict(_NO_DRAFT[LetterStatus(letter.status)])
    gathered = gather(work.session, work.sealer, victim, letter, work.today)
    gate.require(gathered.case, Step.APPROVE)
    if not made.pdf.startswith(b"%PDF-"):
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
