"""Which sentence a request is about. It never guesses: where two fit, or none does, a person asks.

What lies outside the sender's police area looks to the sender as if it had not come.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.intake import identifiers
from vcs.intake.witness_care.request import AnyRequest, AskedOffender
from vcs.partners.asked import case_key_of
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence

TWO_FIT = "Two offenders in the case fit what witness care says of the offender."

NONE_FITS = "Nobody sentenced in the case fits what witness care says of the offender."

NOT_SAID = "Witness care does not say enough of the offender to tell which sentence is meant."

MISWRITTEN = (
    "No case that is held has this reference. One of nearly the same reference, or of the other "
    "kind (a court’s number beside a police URN), has an offender of this name and date of birth."
)

_SLIPS = 2

ANOTHER_DAY = "The offender was sentenced in the case, on another day than witness care says."


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence with its referral, where there is one."""

    sentence: Sentence
    referral: Referral | None

    @property
    def sentence_id(self) -> int:
        """Return the id of the sentence."""
        return self.sentence.id

    @property
    def region_code(self) -> str | None:
        """Return the region whose people look after it."""
        return self.referral.region_code if self.referral else self.sentence.region_code

    @property
    def police_area(self) -> str | None:
        """Return the police area whose witness care unit may see it."""
        return self.referral.police_area if self.referral else self.sentence.police_area


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: what ``fits``, or why a person must look (``doubt``) and at ``seen``.

    ``elsewhere`` would fit and lies outside the sender's area: for our own people only.
    """

    fits: tuple[Candidate, ...] = ()
    seen: tuple[Candidate, ...] = ()
    elsewhere: tuple[Candidate, ...] = ()
    doubt: str = ""


def match(session: Session, sealer: Sealer, actor: Actor, asked: AnyRequest) -> Match:
    """Look for the sentence that a request names."""
    reference = getattr(asked, "referral_reference", None)
    if reference is not None:
        found = _by_reference(session, reference)
        return Match(fits=tuple(one for one in found if may_see(actor, one)))
    held = _of_case(session, case_key_of(asked))
    offender = getattr(asked, "offender", None)
    if not held:
        near = _nearly_of_case(session, sealer, asked, offender)
        seen = tuple(one for one in near if may_see(actor, one))
        return Match(seen=seen, doubt=MISWRITTEN if seen else "")
    seen = tuple(one for one in held if may_see(actor, one))
    hidden = tuple(one for one in held if not may_see(actor, one))
    elsewhere = tuple(one for one in hidden if fits_offender(sealer, offender, one.sentence))
    if not seen:
        return Match(elsewhere=elsewhere)
    if offender is None or not (offender.name or offender.date_of_birth):
        return Match(seen=seen, elsewhere=elsewhere, doubt=NOT_SAID)
    fits = tuple(one for one in seen if fits_offender(sealer, offender, one.sentence))
    day: date | None = getattr(asked, "sentenced_on", None)
    return _one_offender(sealer, fits, seen, elsewhere, day)


def _one_offender(
    sealer: Sealer,
    fits: tuple[Candidate, ...],
    seen: tuple[Candidate, ...],
    elsewhere: tuple[Candidate, ...],
    day: date | None,
) -> Match:
    if not fits:
        return Match(seen=seen, elsewhere=elsewhere, doubt=NONE_FITS)
    if len({_who(sealer, one.sentence) for one in fits}) > 1:
        return Match(seen=fits, elsewhere=elsewhere, doubt=TWO_FIT)
    if day is None:
        return Match(fits=fits, seen=seen, elsewhere=elsewhere)
    same_day = tuple(one for one in fits if one.sentence.sentenced_on == day)
    if same_day:
        return Match(fits=same_day, seen=seen, elsewhere=elsewhere)
    still_to_come = day > max(one.sentence.sentenced_on for one in fits)
    return Match(seen=fits, elsewhere=elsewhere, doubt="" if still_to_come else ANOTHER_DAY)


def _by_reference(session: Session, reference: str) -> list[Candidate]:
    query = (
        select(Sentence, Referral)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where((col(Referral.reference) == reference) | (col(Sentence.reference) == reference))
    )
    return [Candidate(*row) for row in session.exec(query)]


def _of_case(session: Session, case_key: str | None) -> list[Candidate]:
    if not case_key:
        return []
    return _candidates(session, col(Sentence.case_key) == case_key)


def _nearly_of_case(
    session: Session, sealer: Sealer, asked: AnyRequest, offender: AskedOffender | None
) -> list[Candidate]:
    """Return the sentences of this offender in cases of which the reference may be miswritten."""
    case_key, day = case_key_of(asked), getattr(asked, "sentenced_on", None)
    if not case_key or offender is None or not (offender.name and offender.date_of_birth):
        return []
    born = _candidates(session, col(Sentence.date_of_birth) == offender.date_of_birth)
    return [
        one
        for one in born
        if may_be_case_of(case_key, day, one) and fits_offender(sealer, offender, one.sentence)
    ]


def may_be_case_of(case_key: str, day: date | None, one: Candidate) -> bool:
    """Say whether a reference may be another, or a miswritten, one of a sentence's case.

    One case has a police URN and a court's own number. The other kind counts only while nobody is
    referred for the sentence, and not where the request names another day of sentence.
    """
    held = one.sentence.case_key
    if is_slip_of(case_key, held):
        return True
    of_two_kinds = identifiers.is_police_case(case_key) != identifiers.is_police_case(held or "")
    is_awaited = one.referral is not None and one.referral.status == ReferralStatus.AWAITING
    return of_two_kinds and is_awaited and day in (None, one.sentence.sentenced_on)


def is_slip_of(one: str, other: str) -> bool:
    """Say whether two references differ by a slip or two, or one has words around the other.

    A number written without its padding is a slip too: 13EX126 for 13EX0000126.
    """
    if not one or not other:
        return False
    if identifiers.without_padding(one) == identifiers.without_padding(other):
        return True
    return one in other or other in one or OSA.distance(one, other) <= _SLIPS


def _candidates(session: Session, which: ColumnElement[bool]) -> list[Candidate]:
    query = (
        select(Sentence, Referral)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(which)
        # What is part of another sentence has no victims of its own.
        .where(col(Sentence.told_in_id).is_(None) | col(Referral.id).is_not(None))
        .order_by(col(Sentence.sentenced_on), col(Sentence.key))
    )
    return [Candidate(*row) for row in session.exec(query)]


def fits_offender(sealer: Sealer, offender: AskedOffender | None, sentence: Sentence) -> bool:
    """Return whether nothing contradicts the match and at least one fact supports it."""
    if offender is None:
        return False
    held_born, born = sentence.date_of_birth, offender.date_of_birth
    if born and held_born and born != held_born:
        return False
    named = _names(offender.name)
    if named:
        held = _names(sealer.open_text(sentence.offender_name))
        return bool(held) and (named <= held or held <= named)
    return born is not None and born == held_born


def may_be_one_offender(one: AskedOffender | None, other: AskedOffender | None) -> bool:
    """Say whether two descriptions may be of one offender: nothing told in both differs."""
    if one is None or other is None:
        return True
    births = {one.date_of_birth, other.date_of_birth} - {None}
    names = [_names(one.name), _names(other.name)]
    return len(births) < 2 and (names[0] <= names[1] or names[1] <= names[0])


def _who(sealer: Sealer, sentence: Sentence) -> tuple[frozenset[str], date | None]:
    return _names(sealer.open_text(sentence.offender_name)), sentence.date_of_birth


def _names(text: str) -> frozenset[str]:
    """Return the parts of a name in the one form in which two spellings of it are equal."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W_]+", re.sub(r"['’‘-]", "", plain)))


def references(held: Iterable[Candidate]) -> str:
    """Return the references of referrals, or of sentences without one, for a person to look at."""
    return ", ".join((one.referral or one.sentence).reference for one in held)
