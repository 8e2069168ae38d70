"""Gathers what the gate asks about a letter to others, and what such a letter rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import exists, or_
from sqlmodel import col, select

from vcs.post.cases.case import gather
from vcs.post.cases.letter_case import EarlierLetter, LetterCase, Wanted
from vcs.post.cases.open_questions import decided, instructions_asked_about, sentence_asked_about
from vcs.post.cases.who_and_when import is_by_somebody_excluded
from vcs.post.catalogue import letter as row_of
from vcs.post.others.about import About
from vcs.post.others.destinations.recipients import recipient_of
from vcs.post.others.facts import GOES_ON, known_facts
from vcs.post.others.triggers import FINDS
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.post.stale.basis import Basis, basis_of_other, changes, sentence_now, signed_differently
from vcs.referrals.records import ReferralStatus
from vcs.terms import LetterFormat
from vcs.victims.contact.contact_reads import asked_whether_safe
from vcs.victims.places.same_place import comparable
from vcs.victims.records import PostedLetter

ENDED: Final = "ended"


@dataclass(frozen=True, slots=True)
class GatheredOther:
    """The gate's case of one letter, what it would rest on today, and what decisions are about."""

    case: LetterCase
    basis: Basis
    subjects: Mapping[LetterQuestion, str]


def case_before(about: About, kind: str, occasion: str) -> LetterCase:
    """Return what the gate asks about a letter to others that is not begun yet."""
    return _case(about, kind, occasion, None)[0]


def gather_other(about: About, letter: LetterRecord) -> GatheredOther:
    """Return what is true now about a letter to others that is begun."""
    case, subjects = _case(about, letter.kind, letter.occasion, letter)
    basis = basis_now(about, letter)
    told: dict[str, Any] = {"drafted_by": letter.drafted_by}
    if letter.status == LetterStatus.APPROVED:
        was = basis_of_other(about.sealer, letter)
        told |= {
            "changes": changes(was, basis),
            "signed_otherwise": signed_differently(was, basis),
            "is_by_somebody_excluded": is_by_somebody_excluded(
                about.session, about.sentence, letter, about.today
            ),
        }
    told |= decided(about.session, about.sealer, letter, subjects).for_case()
    return GatheredOther(replace(case, **told), basis, subjects)


def is_wanted(about: About, kind: str, occasion: str) -> bool:
    """Say whether what brought a letter to others is still so."""
    found = FINDS[row_of(kind).trigger](about)
    return any(one.occasion == occasion for one in found)


def basis_now(about: About, letter: LetterRecord) -> Basis:
    """Return what a letter to others would rest on today."""
    to = recipient_of(about.session, letter, about)
    known = known_facts(about, letter.kind)
    told = {name: value for name, value in known.items() if name not in GOES_ON}
    basis = Basis(
        name=to.name if to else "",
        greeting="",
        address=comparable(to.lines, to.postcode) if to else "",
        standing="",
        sentence=sentence_now(about.session, about.sentence),
        choice_id=None,
        told=json.dumps(told, sort_keys=True, default=str),
        about="" if is_wanted(about, letter.kind, letter.occasion) else ENDED,
    )
    return basis.signed(about.signed())


def _case(
    about: About, kind: str, occasion: str, letter: LetterRecord | None
) -> tuple[LetterCase, dict[LetterQuestion, str]]:
    """Return the case, and what decisions about it are about."""
    earlier = earlier_of(about, kind, occasion, letter)
    case, subjects = _of_victim(about, kind, occasion) or _of_case(about, kind)
    subjects[LetterQuestion.SECOND_LETTER] = " ".join(sorted(one.reference for one in earlier))
    return replace(case, earlier_letters=earlier, is_first_letter=False), subjects


def _of_victim(
    about: About, kind: str, occasion: str
) -> tuple[LetterCase, dict[LetterQuestion, str]] | None:
    """Return what is asked of the victim whom a letter is about, as for a letter to them."""
    if about.victim is None:
        return None
    # It is on paper, and whoever is given an address writes to it.
    wanted = Wanted(kind, occasion, LetterFormat.STANDARD)
    found = gather(about.session, about.sealer, about.victim, wanted, about.today)
    return replace(found.case, is_to_others=True), dict(found.subjects)


def _of_case(about: About, kind: str) -> tuple[LetterCase, dict[LetterQuestion, str]]:
    session, referral = about.session, about.referral
    asked = sentence_asked_about(session, about.sentence)
    parts = [(one, referral) for one in about.victims] if referral else []
    said = instructions_asked_about(session, parts) if parts else ()
    worries = asked_whether_safe(session, [part.id for part, _ in parts])
    case = LetterCase(
        "",
        stopped_by=row_of(kind).stopped_by,
        is_closed=referral is not None and referral.status == ReferralStatus.CLOSED,
        is_sentence_asked_about=bool(asked),
        is_instruction_asked_about=bool(said),
        is_safety_asked_about=bool(worries),
    )
    return case, {
        LetterQuestion.SENTENCE_ASKED: " ".join(str(one) for one in asked),
        LetterQuestion.INSTRUCTION_ASKED: " ".join(str(one) for one in said),
        LetterQuestion.CLOSED: str(referral.closed_on) if referral else "",
    }


def earlier_of(
    about: About, kind: str, occasion: str, letter: LetterRecord | None
) -> tuple[EarlierLetter, ...]:
    """Return the letters of a kind that were approved for the same occasion and may have gone."""
    left = exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id))
    query = begun_for(about, kind, occasion).where(
        col(LetterRecord.approved_at).is_not(None),
        or_(col(LetterRecord.status) != LetterStatus.WITHDRAWN, left),
    )
    return tuple(
        EarlierLetter(one.reference, one.approved_at, one.approved_by or 0)
        for one in about.session.exec(query)
        if one.approved_at is not None and (letter is None or _precedes(one, letter))
    )


def _precedes(one: LetterRecord, letter: LetterRecord) -> bool:
    """Say whether one of two letters was approved first, whichever was begun first."""
    if one.id == letter.id or one.approved_at is None:
        return False
    if letter.approved_at is None:
        return True
    return (one.approved_at, one.id) < (letter.approved_at, letter.id)


def begun_for(about: About, kind: str, occasion: str) -> Any:
    """Return a query for the letters of a kind about a case, for one occasion."""
    victim_id = about.victim.id if about.victim else None
    return select(LetterRecord).where(
        LetterRecord.sentence_id == about.sentence.id,
        LetterRecord.kind == kind,
        LetterRecord.occasion == occasion,
        col(LetterRecord.about_victim_id).is_(None)
        if victim_id is None
        else LetterRecord.about_victim_id == victim_id,
    )
