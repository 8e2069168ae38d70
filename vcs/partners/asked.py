"""From what a program asks to what casework takes: one entry, checked as on the web form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from vcs.errors import NotValid
from vcs.intake import identifiers
from vcs.intake.witness_care.request import (
    AnyRequest,
    AskedVictim,
    ChangeOfAddressAsked,
    CorrectionAsked,
    NewAddress,
    OptOutAsked,
    ReferralAsked,
)
from vcs.victims import entries
from vcs.victims.entries import VictimEntry
from vcs.victims.preferences.records import HowKnown

_SUMMARY = "Some details need correcting. Nothing was kept: correct it and send it again."

_SOMEBODY = VictimEntry(name="Somebody")

_ADDRESS = frozenset({"address_lines", "postcode", "country"})


def case_of(asked: AnyRequest) -> str | None:
    """Return the case that a request names, as its sender wrote it."""
    named: str | None = getattr(asked, "case_reference", None)
    return named


def case_key_of(asked: AnyRequest) -> str | None:
    """Return the case that a request names, in the form in which two spellings are equal."""
    named = case_of(asked)
    return identifiers.case_reference(named) if named else None


def check_asked(asked: AnyRequest, today: date) -> None:
    """Raise NotValid, naming each field, for what the web form would not take either."""
    fields: dict[str, str] = {}
    if isinstance(asked, ReferralAsked):
        for n, one in enumerate(asked.victims):
            fields |= _problems(f"victims.{n}.", entry_of(one), today)
    elif isinstance(asked, CorrectionAsked):
        fields = _problems("changes.", changed(_SOMEBODY, _told(asked.changes)), today)
    elif isinstance(asked, ChangeOfAddressAsked):
        fields = _problems("new_address.", changed(_SOMEBODY, _told(asked.new_address)), today)
    elif isinstance(asked, OptOutAsked) and asked.said_on > today:
        fields = {"said_on": "The day must be today or in the past"}
    if fields:
        raise NotValid(_SUMMARY, fields)


def _problems(place: str, entry: VictimEntry, today: date) -> dict[str, str]:
    try:
        entries.check(entry, today)
    except NotValid as refusal:
        return {f"{place}{field}": words for field, words in refusal.fields.items()}
    return {}


def entry_of(asked: AskedVictim) -> VictimEntry:
    """Return a person as asked in the shape that the web form gives too."""
    told = asked.model_dump() | {"address_lines": tuple(asked.address_lines)}
    return VictimEntry(**told)


def amended_entry(held: VictimEntry, asked: CorrectionAsked | ChangeOfAddressAsked) -> VictimEntry:
    """Return what is held about a victim with what a request changes, and nothing else changed."""
    part = asked.changes if isinstance(asked, CorrectionAsked) else asked.new_address
    return changed(held, _told(part))


def changed(entry: VictimEntry, told: dict[str, Any]) -> VictimEntry:
    """Return an entry with what was told.

    Another address is one that nobody has confirmed or called safe, unless that is told with it.
    """
    if told.keys() & _ADDRESS:
        country = {"country": entries.country_kept(entry, told)}
        told = {"address_confirmed_on": None, "safe_to_post": None} | country | told
        told["address_how_known"] = HowKnown.WITNESS_CARE
    return replace(entry, **told)


def _told(part: Any) -> dict[str, Any]:
    told: dict[str, Any] = part.model_dump(exclude_unset=True)
    if isinstance(part, NewAddress) or "country" in told:
        # A postcode of the earlier address is none of this one.
        told.setdefault("postcode", "")
    if "address_lines" in told:
        told["address_lines"] = tuple(told["address_lines"])
    if told.get("safe_contact_notes", "") is None:
        del told["safe_contact_notes"]
    return told
