"""Correct what was sent about a victim: safer at once, less safe as a question to the unit.

Witness care never sees what is held, so what the unit recorded itself is not overwritten: it is
asked too. The form names the version that it was drawn from all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlmodel import col, select

from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.partners.people.messages.send import Outgoing, ask_unit, keep
from vcs.partners.people.records import MessageDecision, MessageKind
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.terms import Role
from vcs.victims import entries
from vcs.victims.details import going_back, safety
from vcs.victims.entries import VictimEntry
from vcs.victims.find import find_victim
from vcs.victims.identity import known
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import Victim

ADDED = ("safe_contact_notes", "format_needs")
"""Notes that are safeguards: what is sent is added to what is held."""

_ADDRESS = ("address_lines", "postcode", "country", "address_confirmed_on", "address_how_known")

_MOVED = frozenset(("address_lines", "postcode", "country"))

_CHANGED = (
    "Somebody changed these details after you opened this page. Nothing was sent. Check the name "
    "and what you typed, and send it again."
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Which fields were changed at once, and which the unit is asked about."""

    at_once: tuple[str, ...]
    asked: tuple[str, ...]


def version_seen(sealer: Sealer, victim: Victim) -> str:
    """Return the version of what is held, for a form of somebody who may not see all of it.

    It is keyed, so that nobody can try out which address would give it.
    """
    version = entries.version_of(entries.held_entry(sealer, victim))
    return next(iter(sealer.digests(version).values()))


def correct(work: Work, victim_reference: str, seen: str, changes: Mapping[str, Any]) -> Corrected:
    """Correct a victim's details. ``changes`` names the fields of an entry that are wrong.

    Raises NotValid, and keeps nothing, where the details changed after the form was drawn, or
    where nothing is to be corrected.
    """
    work.require_may(Act.CORRECT_SENT)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    held = entries.held_entry(work.sealer, victim)
    version = entries.version_of(held)
    if seen not in work.sealer.digests(version).values():
        raise NotValid(_CHANGED, {"seen": _CHANGED})
    wanted = _wanted(held, changes)
    entries.check(replace(wanted, safe_contact_notes="", format_needs=""), work.today)
    changed = _changed(held, wanted)
    if not changed:
        message = "Enter what is wrong. What you leave empty stays as it is"
        raise NotValid(message, {"": message})
    to_ask = _to_ask(work, victim, held, wanted, changed)
    at_once = tuple(name for name in changed if name not in to_ask)
    if at_once:
        entry = replace(held, **{name: getattr(wanted, name) for name in at_once})
        known.amend_person(work, victim_reference, version, entry)
        _keep_applied(work, referral, victim, at_once)
    if to_ask:
        content = {"changes": _as_json(wanted, to_ask), "fields": list(to_ask)}
        ask_unit(work, referral, Outgoing(MessageKind.CORRECTION, content, victim))
    return Corrected(at_once, to_ask)


def changes_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes of a correction as it was sealed."""
    changes = dict(content["changes"])
    if "address_lines" in changes:
        changes["address_lines"] = tuple(changes["address_lines"])
    if changes.get("address_how_known"):
        changes["address_how_known"] = HowKnown(changes["address_how_known"])
    return changes


def applied_to(held: VictimEntry, changes: Mapping[str, Any]) -> VictimEntry:
    """Return what is held with the changes of a correction. Notes are added, never replaced."""
    notes = {
        name: safety.together(name, getattr(held, name), changes[name])
        for name in ADDED
        if name in changes
    }
    return entries.tidied(replace(held, **(dict(changes) | notes)))


def _wanted(held: VictimEntry, changes: Mapping[str, Any]) -> VictimEntry:
    changes = dict(changes)
    if changes.keys() & _MOVED:
        # What was known of the earlier address says nothing about this one.
        changes |= {"address_confirmed_on": None, "address_how_known": HowKnown.WITNESS_CARE}
        changes.setdefault("safe_to_post", None)
        changes.setdefault("country", entries.country_kept(held, changes))
    if held.safe_to_post is False and changes.get("safe_to_post") is None:
        # Not to know is no reason to think that it has become safe.
        changes.pop("safe_to_post", None)
    return applied_to(held, changes)


def _changed(held: VictimEntry, wanted: VictimEntry) -> tuple[str, ...]:
    before, after = asdict(held), asdict(wanted)
    changed = tuple(name for name in after if before[name] != after[name])
    # The day and the source of an address alone are no correction of it.
    is_moved = bool(_MOVED & set(changed))
    return changed if is_moved else tuple(name for name in changed if name not in _ADDRESS)


def _to_ask(
    work: Work, victim: Victim, held: VictimEntry, wanted: VictimEntry, changed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return which changes go to the unit: less safe, back to what was before, or the unit's."""
    asked = {name for name in changed if name not in ADDED and _is_units(work, victim, name)}
    if "safe_to_post" in changed:
        asked -= {"safe_to_post"}
        if held.safe_to_post is False or (
            wanted.safe_to_post is not False and _is_units(work, victim, "safe_to_post")
        ):
            asked.add("safe_to_post")
    before = going_back.formers(work, victim)
    if going_back.address_goes_back(before, held, wanted) or asked & set(_ADDRESS):
        # An address and what is known of it go together.
        asked |= {*_ADDRESS, *({"safe_to_post"} if wanted.safe_to_post is not False else ())}
    return tuple(name for name in changed if name in asked)


def _is_units(work: Work, victim: Victim, name: str) -> bool:
    """Say whether somebody who is not at witness care set a field, or it is not known who did."""
    authors = set(safety.authors(work, victim, name))
    numbers = [int(who[8:]) for who in authors if who.startswith("account:")]
    query = select(Account.id).where(
        col(Account.id).in_(numbers), col(Account.role) != Role.WITNESS_CARE
    )
    is_units = bool(numbers) and work.session.exec(query).first() is not None
    return is_units or "unknown" in authors


def _keep_applied(work: Work, referral: Referral, victim: Victim, at_once: tuple[str, ...]) -> None:
    content = {"fields": list(at_once)}
    message = keep(work, referral, Outgoing(MessageKind.CORRECTION, content, victim))
    message.decision, message.decided_at = MessageDecision.APPLIED, work.now
    work.session.add(message)


def _as_json(wanted: VictimEntry, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in fields}
