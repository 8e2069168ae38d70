"""What an approved letter was made from, and what of it is no longer true."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.law.archive import facts_from_json
from vcs.law.facts import SentencingFacts
from vcs.post.records import LetterRecord
from vcs.post.signatory import Signatory
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.victims.person import Person
from vcs.victims.places.same_place import comparable, in_todays_form
from vcs.victims.records import ChoiceRecord, Victim


@dataclass(frozen=True, slots=True)
class Basis:
    """The facts that a letter rests on. Two that are equal would make the same letter.

    ``address`` is in the form in which two spellings are equal; ``sentence`` is what the court
    imposed, without what one feed tells and another leaves out. ``warnings`` is what must be known
    to contact this person safely; None for letters that were approved before it was kept.
    ``officer`` to ``region`` are whom the letter names, ``told`` is what it tells besides the
    sentence, and ``about`` the event or the answer it tells of as that stood: None where that was
    not kept. ``mailbox`` is the email address, as ``mailbox_of`` has it, of a letter that leaves
    by email alone; "" for any other, and None where that was not kept. ``language`` is the one that
    this person wants letters in, ``in_latin`` their name where no font has their own letters.
    """

    name: str
    greeting: str
    address: str
    standing: str
    sentence: str
    choice_id: int | None
    warnings: str | None = None
    officer: str | None = None
    phone: str | None = None
    unit: str | None = None
    region: str | None = None
    told: str | None = None
    about: str | None = None
    mailbox: str | None = None
    language: str | None = None
    in_latin: str | None = None

    def telling(self, told: str) -> Basis:
        """Return it with what else the letter tells."""
        return replace(self, told=told)

    def signed(self, by: Signatory) -> Basis:
        """Return it with whom the letter names."""
        officer = by.officer or ""
        return replace(
            self, officer=officer, phone=by.phone, unit=by.unit_in_words, region=by.region
        )

    def sealed(self, sealer: Sealer) -> bytes:
        """Return all of it, sealed."""
        return sealer.seal_json(asdict(self))


def basis_now(
    session: Session, victim: Victim, person: Person, sentence: Sentence, choice_id: int | None
) -> Basis:
    """Return what a letter to a victim would rest on today."""
    name = _tidy(person.name)
    return Basis(
        name=name,
        greeting=_tidy(person.salutation) or name,
        address=comparable(person.where, person.postcode),
        standing=victim.standing,
        sentence=_sentence(session, sentence, sentence.gone),
        choice_id=choice_id,
        warnings=person.safe_contact_notes,
        language=victim.person.language,
        in_latin=_tidy(person.name_in_latin),
    )


def sentence_now(session: Session, sentence: Sentence) -> str:
    """Return a sentence as letters rest on it: two that are equal tell the same."""
    return _sentence(session, sentence, sentence.gone)


def basis_of(
    session: Session, sealer: Sealer, letter: LetterRecord, victim: Victim, sentence: Sentence
) -> Basis | None:
    """Return what an approved letter rests on; None where that cannot be told any more."""
    if letter.made_from is not None:
        return _with_names(sealer, letter, _opened(sealer, letter.made_from))
    if letter.contents is None or letter.approved_at is None:
        return None
    return _from_contents(session, sealer.open_text(letter.contents), letter, victim, sentence)


def mailbox_printed(sealer: Sealer, letter: LetterRecord) -> str:
    """Return the email address to which an approved letter leaves by email alone; "" otherwise."""
    if letter.made_from is None:
        return ""
    return sealer.open_json(letter.made_from).get("mailbox") or ""


def basis_of_other(sealer: Sealer, letter: LetterRecord) -> Basis | None:
    """Return what an approved letter to others rests on; None where it was never approved."""
    return _opened(sealer, letter.made_from) if letter.made_from is not None else None


def _opened(sealer: Sealer, made_from: bytes) -> Basis:
    held = Basis(**sealer.open_json(made_from))
    return replace(held, address=in_todays_form(held.address))


def _with_names(sealer: Sealer, letter: LetterRecord, basis: Basis) -> Basis:
    """Read whom a letter names from its words, where it was approved before that was kept."""
    if basis.officer is not None or letter.contents is None:
        return basis
    told = _told(sealer.open_text(letter.contents))
    return replace(basis, officer=told.get("vlo_name"), phone=told.get("phone"))


def _told(contents: str) -> dict[str, Any]:
    """Return what a letter said, as it is kept now, in its first language, or as it was before."""
    held: dict[str, Any] = json.loads(contents)
    return {**held, **held["parts"][0]["facts"]} if "parts" in held else held


def _from_contents(
    session: Session, contents: str, letter: LetterRecord, victim: Victim, sentence: Sentence
) -> Basis | None:
    """Work the basis out for a letter that was approved before it was kept."""
    told = _told(contents)
    window, until = told.get("window"), letter.approved_at
    if not window or until is None:
        return None
    return Basis(
        name=_tidy(window[0]),
        greeting=_tidy(told.get("salutation", "")),
        address=comparable(window[1:-1], window[-1]),
        standing=told.get("standing", ""),
        sentence=_sentence(session, sentence, gone=False, until=until),
        choice_id=_choice_at(session, victim, until),
        officer=told.get("vlo_name"),
        phone=told.get("phone"),
    )


def changes(was: Basis | None, now_is: Basis) -> tuple[str, ...]:
    """Say in plain words what changed; empty where the letter would be the same today."""
    return tuple(_changes(was, now_is))


def _changes(was: Basis | None, now_is: Basis) -> Iterator[str]:
    if was is None:
        yield "what it was made from cannot be compared with what is true now"
        return
    by_email = bool(was.mailbox and now_is.mailbox)
    yield from dict.fromkeys(
        words
        for field, words in _CHANGED.items()
        if _differs(field, getattr(was, field), getattr(now_is, field))
        # Without an envelope, where this person lives is nothing that it rests on.
        and field not in (("address",) if by_email else ("mailbox",))
        # Letters approved before this was kept do not hold it.
        and not (field in _KEPT_LATER and getattr(was, field) is None)
    )


def _differs(field: str, was: Any, now_is: Any) -> bool:
    return _told_otherwise(was, now_is) if field == "told" else was != now_is


def _told_otherwise(was: str | None, now_is: str | None) -> bool:
    """Say whether something that was told is not so now.

    Letters that were approved before more was compared keep less: only what they keep counts.
    """
    if was == now_is or was is None or now_is is None:
        return was != now_is
    before, after = json.loads(was), json.loads(now_is)
    if not (isinstance(before, list) and isinstance(after, list)):
        return True
    return any(_is_other(one, other) for one, other in zip(before, after, strict=False))


def _is_other(was: object, now_is: object) -> bool:
    if isinstance(was, dict) and isinstance(now_is, dict):
        return any(value != now_is.get(name) for name, value in was.items())
    return was != now_is


def signed_differently(was: Basis | None, now_is: Basis) -> tuple[str, ...]:
    """Say in plain words how whom a letter names differs from who answers now; empty if alike."""
    if was is None:
        return ()
    differs = [
        words
        for field, words in _SIGNED.items()
        if getattr(was, field) is not None and getattr(was, field) != getattr(now_is, field)
    ]
    # Another officer has another number: that is said once.
    return tuple(one for one in differs if one != _SIGNED["phone"] or one is differs[0])


_SIGNED: Final[Mapping[str, str]] = {
    "officer": "the officer whom it names no longer answers for this referral",
    "phone": "the phone number on it changed",
    "unit": "the details of the unit changed",
    "region": "the referral moved to another region",
}

_CHANGED: Final[Mapping[str, str]] = {
    "address": "the address changed",
    "mailbox": "the email address changed",
    "name": "the name or the greeting changed",
    "greeting": "the name or the greeting changed",
    "standing": "who this person is to the crime changed",
    "choice_id": "this person made a choice, or it was changed",
    "warnings": "what must be known to contact this person safely changed",
    "sentence": "the sentence changed",
    "told": "what the letter tells changed, was taken back or is overtaken",
    "about": "what it tells of changed or was taken back",
    "language": "this person wants letters in another language",
    "in_latin": "their name in Latin letters changed",
}

_KEPT_LATER: Final = ("warnings", "told", "about", "language", "in_latin")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _choice_at(session: Session, victim: Victim, until: datetime) -> int | None:
    query = (
        select(ChoiceRecord.id)
        .where(ChoiceRecord.victim_id == victim.id, col(ChoiceRecord.recorded_at) <= until)
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    return session.exec(query).first()


def _sentence(
    session: Session, sentence: Sentence, gone: bool, until: datetime | None = None
) -> str:
    query = select(DecisionRecord).where(DecisionRecord.sentence_id == sentence.id)
    if until is not None:
        query = query.where(col(DecisionRecord.made_at) <= until)
    decision = session.exec(query.order_by(col(DecisionRecord.id).desc())).first()
    if decision is None:
        return json.dumps([gone])
    return json.dumps([gone, decision.outcome, decision.route, *_imposed(decision)])


def imposed_by(decision: DecisionRecord) -> str:
    """Return what the court imposed, as a decision has it: two that are equal are one sentence."""
    return json.dumps([*_imposed(decision)])


def _imposed(decision: DecisionRecord) -> Iterator[object]:
    facts: SentencingFacts = facts_from_json(decision.facts)
    yield facts.sentenced_on.isoformat()
    yield facts.restricted
    yield sorted(term.in_words() for term in facts.total_terms)
    yield sorted(
        f"{one.kind} {one.life} {one.sequence} {[term.in_words() for term in one.terms]}"
        for offence in facts.offences
        for one in offence.sentences
    )
    yield sorted(str(offence.finding) for offence in facts.offences)
