"""People by name: who looks, and why they said they do, is recorded before anybody is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlmodel import col, select

from vcs.access.rules import Act, may_see, seen_by
from vcs.access.work import Work
from vcs.errors import CannotOpen, NotValid
from vcs.referrals.records import Referral
from vcs.search.reads import MOST
from vcs.search.spelling import ENOUGH, name_likeness, words_of
from vcs.search.typed import read
from vcs.victims.digests import perhaps_like
from vcs.victims.find import parts_of
from vcs.victims.person import Person, opened
from vcs.victims.records import PersonRecord, Victim

REASONS: Final[Mapping[str, str]] = {
    "they called or wrote to us": "They called or wrote to us",
    "somebody asked about them": "Another agency asked about them",
    "to see whether we know them": "To see whether we know them already",
    "to find their referral": "To find their referral for work in hand",
}

_MOST_OPENED: Final = 300

_ASK: Final = "Select why you need to look"

_NO_NAME: Final = "Enter a name"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who may be meant: their name and one of their parts that the reader may see."""

    name: str
    victim_reference: str
    referral_reference: str
    status: str


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """The people, the likest first. ``has_more`` says that others fit."""

    people: tuple[Somebody, ...]
    has_more: bool = False


def people_named(work: Work, text: str, reason: str) -> PeopleFound:
    """Return the people whose name is like a text, by sound too. Raises NotValid without a reason.

    Only people in a referral that the actor may see are opened, and each one shown is recorded.
    """
    work.require_may(Act.SEARCH_VICTIMS)
    if reason not in REASONS:
        raise NotValid(_ASK + ".", {"reason": _ASK})
    words = words_of(read(text).name)
    if not any(len(word) > 1 for word in words):
        raise NotValid(_NO_NAME + ".", {"q": _NO_NAME})
    work.note("victim.searched", work.actor.who, reason)
    alike, is_cut = _alike(work, text, words)
    scored = sorted(alike, key=lambda one: (-one[0], one[1].id))
    found = [part for _, record, name in scored for part in _seen_parts(work, record, name)]
    for one in found[:MOST]:
        detail = f"{one.victim_reference}: {reason}"
        work.note("victim.found_by_name", one.referral_reference, detail)
    return PeopleFound(tuple(found[:MOST]), has_more=is_cut or len(found) > MOST)


def _alike(
    work: Work, text: str, words: tuple[str, ...]
) -> tuple[list[tuple[float, PersonRecord, str]], bool]:
    """Return who is called alike, and whether there are more than were opened."""
    named = Person(text, "", (), "", "", "", "")
    mine = (
        select(Victim.person_id)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Victim.person_id) == col(PersonRecord.id), seen_by(work.actor, Referral))
    )
    people = select(PersonRecord).where(col(PersonRecord.joined_to_id).is_(None), mine.exists())
    people = people.order_by(col(PersonRecord.id).desc())
    alike, is_cut = [], False
    for some in perhaps_like(work.sealer, named):
        records = work.session.exec(people.where(some).limit(_MOST_OPENED + 1)).all()
        is_cut = is_cut or len(records) > _MOST_OPENED
        for record in records[:_MOST_OPENED]:
            name = _name(work, record)
            score = name_likeness(words, words_of(name))
            if score >= ENOUGH:
                alike.append((score, record, name))
    return alike, is_cut


def _name(work: Work, record: PersonRecord) -> str:
    try:
        return opened(work.sealer, record).name
    except CannotOpen:
        return ""


def _seen_parts(work: Work, record: PersonRecord, name: str) -> Iterator[Somebody]:
    for victim, referral in parts_of(work.session, record.id):
        if may_see(work.actor, referral):
            yield Somebody(name, victim.reference, referral.reference, referral.status)
