"""Letters: drafted by anyone in the unit, made once on approval, and then never changed."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlmodel import Session, select

from vcs.casework import audit
from vcs.casework.actors import Actor, require
from vcs.casework.referrals import find_victim
from vcs.errors import Conflict, NotFound, NotValid
from vcs.records import LetterRecord, LetterStatus, Referral, ReferralStatus, Victim, new_reference
from vcs.sealing import Sealer
from vcs.terms import Language, Role


def draft_letter(
    session: Session,
    victim_reference: str,
    actor: Actor,
    kind: str,
    language: Language,
    now: datetime,
) -> LetterRecord:
    """Begin a letter, or return the draft of the same kind and language that is open already."""
    require(actor, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")
    query = select(LetterRecord).where(
        LetterRecord.victim_id == victim.id,
        LetterRecord.kind == kind,
        LetterRecord.language == language,
        LetterRecord.status == LetterStatus.DRAFT,
    )
    held = session.exec(query).first()
    if held is not None:
        return held
    letter = LetterRecord(
        reference=new_reference(),
        victim_id=victim.id,
        kind=kind,
        language=language,
        drafted_at=now,
        drafted_by=actor.account_id,
    )
    session.add(letter)
    session.flush()
    audit.note(session, now, actor.who, "letter.drafted", referral.reference, letter.reference)
    return letter


def save_approved_letter(
    session: Session,
    sealer: Sealer,
    letter_reference: str,
    actor: Actor,
    pdf: bytes,
    template_version: str,
    contents_json: str,
    today: date,
    now: datetime,
) -> LetterRecord:
    """Keep the finished letter with its hash, template version and approver.

    Approving is not contact: a letter that lies in the program has reached nobody. Raises Conflict
    where the letter was approved before: what is approved is never made again.
    """
    require(actor, Role.VLO, Role.MANAGER)
    letter, _, referral = find_letter(session, letter_reference, actor)
    if letter.status == LetterStatus.APPROVED:
        raise Conflict("This letter was approved already. Load the page again to see it.")
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")
    if not pdf.startswith(b"%PDF-"):
        raise NotValid("The letter was not made. Preview it again.")
    letter.status = LetterStatus.APPROVED
    letter.pdf = sealer.seal(pdf)
    letter.contents = sealer.seal_text(contents_json)
    letter.sha256 = hashlib.sha256(pdf).hexdigest()
    letter.template_version = template_version
    letter.approved_at, letter.approved_by = now, actor.account_id
    session.add(letter)
    detail = f"{letter.reference} sha256:{letter.sha256}"
    audit.note(session, now, actor.who, "letter.approved", referral.reference, detail)
    return letter


def find_letter(
    session: Session, reference: str, actor: Actor
) -> tuple[LetterRecord, Victim, Referral]:
    """Return a letter, its victim and referral. Raises NotFound where it is not theirs to see."""
    letter = session.exec(select(LetterRecord).where(LetterRecord.reference == reference)).first()
    victim = session.get(Victim, letter.victim_id) if letter else None
    if letter is None or victim is None:
        raise NotFound("There is no such letter.")
    try:
        found, referral = find_victim(session, victim.reference, actor)
    except NotFound:
        raise NotFound("There is no such letter.") from None
    session.refresh(letter, with_for_update=True)
    return letter, found, referral
