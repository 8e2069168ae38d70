"""What a letter needs to know, and letters as they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import name_of, names_of
from vcs.access.rules import Act, require_may, seen_by
from vcs.errors import NotFound
from vcs.intake.regions import court
from vcs.law.archive import facts_from_json
from vcs.post.records import LetterDecision, LetterRecord
from vcs.post.returned.reasons import POLICIES, ReturnReason
from vcs.post.returned.records import ReturnedLetter
from vcs.post.signatory import signatory
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.terms import LetterFormat
from vcs.victims.find import visible_victim
from vcs.victims.person import opened
from vcs.victims.reads import VictimView, victim_views
from vcs.victims.records import PostedLetter, Victim


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter, without what it says."""

    reference: str
    victim_reference: str
    kind: str
    language: str
    status: str
    drafted_at: datetime
    drafted_by: str
    approved_at: datetime | None
    approved_by: str | None
    sha256: str | None
    template_version: str | None
    posted_on: date | None = None
    opened_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
    came_back_on: date | None = None
    came_back_why: str = ""
    format: str = LetterFormat.STANDARD


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter with whom it is to, and what people decided about it. No address is here."""

    letter: LetterView
    victim: VictimView
    referral_reference: str
    decisions: tuple[LetterDecisionView, ...]


@dataclass(frozen=True, slots=True)
class LetterDecisionView:
    """What one person decided about one letter, and why."""

    question: str
    reason: str
    decided_at: datetime
    decided_by: str


def letter_facts(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str, today: date
) -> dict[str, Any]:
    """Return the facts that letters to a victim may use, under the letters' own names for them.

    A fact that is not known is left out or None, never made up. Holds the address: for the
    unit's eyes only.
    """
    require_may(actor, Act.SEE_CASEWORK)
    victim, referral = _victim(session, actor, victim_reference)
    sentence = session.get_one(Sentence, referral.sentence_id)
    return {
        **_about_victim(sealer, victim),
        **_about_sentence(session, sentence),
        "offender_address": tuple(sealer.open_json(sentence.offender_address)),
        **_about_unit(session, referral, today),
        "reference": referral.reference,
        "written_on": today,
    }


def _about_victim(sealer: Sealer, victim: Victim) -> dict[str, Any]:
    person = opened(sealer, victim.person)
    return {
        "addressee": person.name,
        "salutation": person.salutation,
        "address": person.lines,
        "postcode": person.postcode,
        "country": person.country,
        "name_in_latin": person.name_in_latin,
        "safe_to_post": victim.person.safe_to_post,
        "standing": victim.standing,
    }


def _about_sentence(session: Session, sentence: Sentence) -> dict[str, Any]:
    query = (
        select(DecisionRecord.facts)
        .where(DecisionRecord.sentence_id == sentence.id)
        .order_by(col(DecisionRecord.id).desc())
    )
    facts = session.exec(query).first()
    named = court(sentence.court_code)
    return {
        "sentencing": facts_from_json(facts) if facts else None,
        "route": sentence.route,
        "sentenced_on": sentence.sentenced_on,
        "court_name": sentence.court_name or (named.name if named else ""),
        "court_name_welsh": named.welsh_name if named else "",
    }


def _about_unit(session: Session, referral: Referral, today: date) -> dict[str, Any]:
    by = signatory(session, referral, today)
    return {
        "vlo_name": by.officer,
        "unit_signs": by.officer == "",
        "vlo_phone": by.phone,
        "unit_name": by.unit,
        "unit_email": by.email,
        "unit_address": by.address,
    }


def letter_page(
    session: Session, sealer: Sealer, actor: Actor, letter_reference: str
) -> LetterPage:
    """Return one letter. Raises NotFound where there is none that this person may see."""
    letter, victim, referral = _letter(session, actor, letter_reference)
    names = names_of(session)
    sent = _sent(session, [letter.id])
    (view,) = victim_views(session, sealer, actor, [victim], names)
    return LetterPage(
        _letter_view(letter, victim.reference, names, sent),
        view,
        referral.reference,
        _decisions(session, sealer, letter, names),
    )


def letters_to(
    session: Session, victims: Iterable[Victim], names: Mapping[int, str]
) -> tuple[LetterView, ...]:
    """Return every letter to some victims, newest first."""
    references = {victim.id: victim.reference for victim in victims}
    query = (
        select(LetterRecord)
        .where(col(LetterRecord.victim_id).in_(references))
        .order_by(col(LetterRecord.id).desc())
    )
    letters = session.exec(query).all()
    sent = _sent(session, [letter.id for letter in letters])
    return tuple(
        _letter_view(letter, references[letter.victim_id], names, sent)
        for letter in letters
        if letter.victim_id is not None
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    """Which letters were posted, on which day, and which came back."""

    posted: Mapping[int, date]
    returned: Mapping[int, ReturnedLetter]


def _sent(session: Session, letter_ids: list[int]) -> _Sent:
    posted = select(PostedLetter).where(col(PostedLetter.letter_id).in_(letter_ids))
    returned = select(ReturnedLetter).where(col(ReturnedLetter.letter_id).in_(letter_ids))
    return _Sent(
        {row.letter_id: row.posted_on for row in session.exec(posted)},
        {row.letter_id: row for row in session.exec(returned)},
    )


def _letter_view(
    letter: LetterRecord, victim_reference: str, names: Mapping[int, str], sent: _Sent
) -> LetterView:
    returned = sent.returned.get(letter.id)
    return LetterView(
        letter.reference,
        victim_reference,
        letter.kind,
        letter.language,
        letter.status,
        letter.drafted_at,
        names.get(letter.drafted_by, "") if letter.drafted_by is not None else "",
        letter.approved_at,
        names.get(letter.approved_by, "") if letter.approved_by else None,
        letter.sha256,
        letter.template_version,
        posted_on=sent.posted.get(letter.id),
        opened_at=letter.opened_at,
        withdrawn_at=letter.withdrawn_at,
        withdrawn_by=name_of(letter.withdrawn_by, names) if letter.withdrawn_by else None,
        withdrawn_reason=letter.withdrawn_reason,
        came_back_on=returned.came_back_on if returned else None,
        came_back_why=POLICIES[ReturnReason(returned.reason)].words if returned else "",
        format=letter.format,
    )


def _decisions(
    session: Session, sealer: Sealer, letter: LetterRecord, names: dict[int, str]
) -> tuple[LetterDecisionView, ...]:
    query = select(LetterDecision).where(LetterDecision.letter_id == letter.id)
    return tuple(
        LetterDecisionView(
            one.question,
            sealer.open_text(one.reason),
            one.decided_at,
            names.get(one.decided_by, ""),
        )
        for one in session.exec(query.order_by(col(LetterDecision.id)))
    )


def letter_contents(
    session: Session, sealer: Sealer, actor: Actor, letter_reference: str
) -> str | None:
    """Return the JSON that an approved letter was made of; None before it is approved.

    Holds the address: only for a look whose reason has been kept.
    """
    require_may(actor, Act.OPEN_LETTER)
    letter, _, _ = _letter(session, actor, letter_reference)
    return sealer.open_text(letter.contents) if letter.contents else None


def _victim(session: Session, actor: Actor, reference: str) -> tuple[Victim, Referral]:
    victim = visible_victim(session, reference, actor)
    return victim, session.get_one(Referral, victim.referral_id)


def _letter(
    session: Session, actor: Actor, reference: str
) -> tuple[LetterRecord, Victim, Referral]:
    require_may(actor, Act.SEE_LETTER)
    return visible_letter(session, reference, actor)


def visible_letter(
    session: Session, reference: str, actor: Actor
) -> tuple[LetterRecord, Victim, Referral]:
    """Return a letter, its victim and referral. Raises NotFound where it is not theirs to see."""
    query = (
        select(LetterRecord, Victim, Referral)
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(LetterRecord.reference == reference, seen_by(actor, Referral))
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound("There is no such letter.")
    return found
