"""What makes a victim safer is never undone by somebody who did not see it.

A program sends what it knows and never sees what we hold. It may change a safeguard freely only
while nobody else has touched it: then it undoes nothing but its own word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from vcs.access.work import Work
from vcs.terms import Language, VictimRelation
from vcs.victims.entries import VictimEntry, former_entries, held_entry, person
from vcs.victims.find import former_rows
from vcs.victims.names import STOPS_ALL_CONTACT, NoteKind, notes_in
from vcs.victims.records import Victim
from vcs.victims.same_person import name_parts
from vcs.victims.whereabouts.addresses import is_another

_JOINED_BY = {"safe_contact_notes": "\n", "format_needs": "; "}

"""The notes of a victim that are safeguards, and what stands between two of them."""


def keep_safeguards(
    work: Work, victim: Victim, held: VictimEntry, wanted: VictimEntry
) -> VictimEntry:
    """Return a change with every safeguard kept that somebody else than the actor has touched.

    *Not safe to post* stays, and notes are added to the notes that are there.
    """
    kept: dict[str, Any] = {}
    if held.safe_to_post is False and wanted.safe_to_post is not False:
        kept["safe_to_post"] = False
    for name in _JOINED_BY:
        both = together(name, getattr(held, name), getattr(wanted, name))
        if both != getattr(wanted, name):
            kept[name] = both
    return replace(wanted, **{name: kept[name] for name in kept if _touched(work, victim, name)})


def amended_safely(held: VictimEntry, entered: VictimEntry) -> VictimEntry:
    """Return what is held, amended by what was entered about the same person a second time.

    *Not safe to post* stays, whatever the address, notes are kept together, and a name that says
    that somebody died, or must not be contacted, stays as it is. What was left empty, or as a form
    has it before anybody answers, changes nothing. An answer about one address says nothing about
    another, and a name in Latin letters nothing about another name.
    """
    moved = bool(entered.address_lines) and is_another(person(held), entered)
    home = entered if moved else held
    kept: dict[str, Any] = {
        name: getattr(entered, name) or getattr(held, name) for name in _KEPT_IF_EMPTY
    }
    for name, default in _DEFAULTS.items():
        if getattr(entered, name) == default:
            kept[name] = getattr(held, name)
    if not entered.name_in_latin and name_parts(held.name) == name_parts(kept["name"]):
        kept["name_in_latin"] = held.name_in_latin
    for name in ("name", "salutation", "name_in_latin"):
        if _warns_of_more(getattr(held, name), kept.get(name, getattr(entered, name))):
            kept[name] = getattr(held, name)
    for name in _JOINED_BY:
        kept[name] = together(name, getattr(held, name), getattr(entered, name))
    kept["address_how_known"] = entered.address_how_known or home.address_how_known
    kept["address_confirmed_on"] = _confirmed(held, entered, moved)
    kept["safe_to_post"] = _safe(held, entered, moved)
    kept["country"], kept["postcode"] = home.country, home.postcode
    return replace(entered, address_lines=home.address_lines, **kept)


OF_THE_ADDRESS = ("safe_to_post", "address_confirmed_on", "address_how_known")
"""What is said of one address and of no other. An answer counts for the address sent with it."""


def with_unsaid(held: VictimEntry, entered: VictimEntry, unsaid: Collection[str]) -> VictimEntry:
    """Return an entry with what was not said of its address, by the names of ``OF_THE_ADDRESS``.

    Of the address that is held the answers stay; of another one nobody was asked. *Not safe* stays.
    """
    if is_another(person(held), entered):
        is_unsafe = held.safe_to_post is False
        answers = {**dict.fromkeys(OF_THE_ADDRESS), "safe_to_post": False if is_unsafe else None}
    else:
        answers = {name: getattr(held, name) for name in OF_THE_ADDRESS}
    kept: dict[str, Any] = {name: answers[name] for name in OF_THE_ADDRESS if name in unsaid}
    return replace(entered, **kept)


def _warns_of_more(held: str, kept: str) -> bool:
    """Say whether a name as it is held warns of something that the one entered leaves out."""
    return not _warnings(held) <= _warnings(kept)


def _warnings(name: str) -> set[NoteKind]:
    return {one.kind for one in notes_in(name)} & {NoteKind.SAFETY, *STOPS_ALL_CONTACT}


def _safe(held: VictimEntry, entered: VictimEntry, moved: bool) -> bool | None:
    if False in (held.safe_to_post, entered.safe_to_post):
        return False
    if moved or entered.safe_to_post is not None:
        return entered.safe_to_post
    return held.safe_to_post


def _confirmed(held: VictimEntry, entered: VictimEntry, moved: bool) -> date | None:
    if moved:
        return entered.address_confirmed_on
    days = (held.address_confirmed_on, entered.address_confirmed_on)
    return max((day for day in days if day), default=None)


_DEFAULTS = {"language": Language.ENGLISH, "standing": VictimRelation.VICTIM}
"""What a form has before anybody answers: no statement that it is so."""

_KEPT_IF_EMPTY = ("name", "salutation", "about", "phone", "email")


def together(name: str, held: str, added: str) -> str:
    """Return two notes of one field as one, without repeating what both say."""
    mark = _JOINED_BY[name]
    before, after = _parts(held, mark), _parts(added, mark)
    if set(before) <= set(after):
        return added
    return mark.join([*before, *(part for part in after if part not in before)])


def _parts(note: str, mark: str) -> list[str]:
    parts = (part.strip() for part in note.split(mark.strip() or mark))
    return [part for part in parts if part]


def _touched(work: Work, victim: Victim, name: str) -> bool:
    """True if anyone but the actor ever set this field of a person, through whichever referral."""
    return any(who != work.actor.who for who in authors(work, victim, name))


def authors(work: Work, victim: Victim, name: str) -> Iterator[str]:
    """Yield who set a field, from the referral on, each time it changed."""
    formers = former_rows(work.session, victim)
    states = former_entries(work.sealer, formers, victim)
    states.append(held_entry(work.sealer, victim))
    if getattr(states[0], name) not in (None, ""):
        entered_by = victim.person.entered_by_account_id
        by_actor = entered_by == work.actor.account_id
        yield work.actor.who if by_actor else f"account:{entered_by}"
    for former, (before, after) in zip(formers, pairwise(states), strict=True):
        if getattr(before, name) != getattr(after, name):
            yield former.replaced_by
        # Older rows did not keep this field, so who set it is not known.
        if name == "format_needs" and former.format_needs_sealed is None:
            yield "unknown"
