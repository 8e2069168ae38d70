"""Open where a victim can be found, alone or beside the court's: the reason is kept first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from vcs.access.reading.looks import Look, keep_look
from vcs.access.reads import names_of
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.sealing import UNOPENED, shown
from vcs.sentences.records import Sentence
from vcs.terms import FoundBy
from vcs.victims.checks import _LONGEST_WORDS
from vcs.victims.find import find_victim, former_rows
from vcs.victims.person import Person as Address
from vcs.victims.person import opened
from vcs.victims.records import Victim
from vcs.victims.whereabouts.numbers import matches_asked_about
from vcs.victims.whereabouts.shared import Match, answers_about, kind_of_form


def reveal_address(work: Work, victim_reference: str, reason: str) -> Address:
    """Open where a victim can be found. Who looked, and why they said they did, is kept first.

    Raises TooManyOpened where they have opened too many people's details within the hour.

    ``reason`` goes into the trail: the door offers set phrases, none of which names anybody.
    """
    work.require_may(Act.SEE_ADDRESS)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    if not reason.strip() or len(reason) > _LONGEST_WORDS:
        raise NotValid("Say why you need the address.", {"reason": "Enter why you need it"})
    keep_look(
        work,
        Look(
            "address.revealed",
            referral.reference,
            whose_look(victim),
            reason.strip(),
            victim.reference,
            referral.vlo_account_id,
        ),
    )
    return opened(work.sealer, victim.person)


def whose_look(victim: Victim) -> str:
    """Return what is equal for two looks at the same person's details."""
    return f"person:{victim.person_id}"


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """What a manager answered before about this victim's address."""

    finding: str
    reason: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True, slots=True)
class BothAddresses:
    """A victim's address beside those of the court that are, or may be, the same place.

    ``known_since`` is when her details were last changed; None since she was referred.
    """

    person: Address
    safe_to_post: bool | None
    confirmed_on: date | None
    referred_on: date
    known_since: datetime | None
    matches: tuple[Match, ...]
    earlier: tuple[EarlierFinding, ...]
    found_by: FoundBy = FoundBy.ADDRESS


def reveal_both(
    work: Work, victim_id: int, reason: str, found_by: FoundBy = FoundBy.ADDRESS
) -> BothAddresses:
    """Open a victim's address, or number, and the court's beside it, for whoever compares them.

    Who looked, and why they said they did, is kept first.
    """
    held = work.session.get_one(Victim, victim_id)
    person = reveal_address(work, held.reference, reason)
    victim, referral = find_victim(work.session, held.reference, work.actor)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    found = matches_asked_about(work.session, work.sealer, sentence, person, found_by)
    return replace(both_of(work, victim, person, found, found_by), found_by=found_by)


def both_of(
    work: Work,
    victim: Victim,
    person: Address,
    found: tuple[Match, ...],
    found_by: FoundBy = FoundBy.ADDRESS,
) -> BothAddresses:
    """Return a victim's address beside some of the court's. The look was kept already."""
    former = former_rows(work.session, victim)
    return BothAddresses(
        person,
        victim.person.safe_to_post,
        victim.person.address_confirmed_on,
        victim.referred_on,
        former[-1].replaced_at if former else None,
        found,
        tuple(_earlier(work, victim, found_by)),
    )


def _earlier(work: Work, victim: Victim, found_by: FoundBy) -> Iterator[EarlierFinding]:
    names = names_of(work.session)
    for one in reversed(answers_about(work.session, victim.person_id)):
        told: dict[str, str] = shown(work.sealer.open_json, one.sealed, {})
        if kind_of_form(told.get("hers", "")) is not found_by:
            continue
        reason = told.get("reason", UNOPENED)
        yield EarlierFinding(one.finding, reason, one.answered_at, names.get(one.answered_by, ""))
