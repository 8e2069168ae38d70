"""The form of a victim's details: its one description, and how it becomes an entry and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from api.staff import words
from api.staff.fields import Entry, Field
from vcs.errors import NotValid
from vcs.terms import Language, VictimRelation
from vcs.victims import entries
from vcs.victims.entries import VictimEntry
from vcs.victims.places import countries
from vcs.victims.places.numbers import number_in
from vcs.victims.preferences.records import HowKnown
from vcs.victims.whereabouts.given_away import given_away

_SAFE = {"yes": "Yes", "no": "No, nothing may be posted", "not_known": "Not known yet"}

_IS_SAFE = {"yes": True, "no": False, "not_known": None}

_SAFE_WORDS = {safe: word for word, safe in _IS_SAFE.items()}

VICTIM = (
    Field(
        "name",
        "Full name",
        hint="As they give it",
        required="Enter the full name of the person to be contacted",
    ),
    Field(
        "name_in_latin",
        "Their name in Latin letters, as they would like it",
        hint="Only where they write it in other letters. Letters use it where those letters cannot "
        "be printed",
    ),
    Field("salutation", "How to greet them in a letter", hint="For example, Ms Evans"),
    Field(
        "standing",
        "What is their connection to the crime?",
        "radios",
        required="Select their connection to the crime",
        options=words.STANDINGS,
    ),
    Field(
        "about",
        "Who they act for",
        hint="Only where they are not the victim. For example, mother of the person who died",
    ),
    Field(
        "safe_to_post",
        "Is it safe to write to them at their address?",
        "radios",
        hint="Others who live there may open or see a letter",
        required="Select whether it is safe to write",
        options=_SAFE,
    ),
    Field(
        "safe_contact_notes",
        "What must be known to contact them safely",
        "lines",
        hint="For example, days and times to call, or who must not answer. This is shown on the "
        "referral and its letters without a reason: enter no address or telephone number here",
        longest=2000,
        leave_out=number_in,
    ),
    Field(
        "address_lines", "Address", "lines", hint="One line for each part, no postcode", longest=500
    ),
    Field("postcode", "Postcode", longest=12, width="govuk-input--width-10"),
    Field(
        "country",
        "Country, if it is not in the UK",
        hint="For example, Spain. No UK postcode is needed then",
        longest=60,
        width="govuk-input--width-20",
    ),
    Field(
        "address_confirmed_on",
        "When was the address last confirmed?",
        "date",
        hint="The day on which they, or the police, said that it is right",
        is_past=True,
    ),
    Field(
        "address_how_known",
        "How do you know the address?",
        "radios",
        hint="Who told us of it. Change this whenever you change the address",
        options=words.HOW_KNOWN,
    ),
    Field("phone", "Telephone number", "tel", longest=40, width="govuk-input--width-20"),
    Field("email", "Email address", "email", longest=254),
    Field(
        "language",
        "Which language should letters be in?",
        "radios",
        required="Select the language of letters",
        options=words.LANGUAGES,
    ),
    Field(
        "format_needs",
        "What else they need",
        hint="For example, large print, an interpreter, or calls instead of letters",
        longest=500,
    ),
)

_BY_NAME = {one.name: one for one in VICTIM}

_SAID_NOW = (
    "Answer it for the address that you send with this form. Leave it empty if nobody said "
    "anything new: with another address, that means that nobody has asked"
)

_LEAVE_EMPTY = "Leave it empty if nobody said anything new"

_OF_ADDRESS: Mapping[str, Field] = {
    "safe_to_post": replace(
        _BY_NAME["safe_to_post"], label="Is it safe to write to them at this address?", required=""
    ),
    "address_confirmed_on": replace(
        _BY_NAME["address_confirmed_on"], label="When was this address last confirmed?"
    ),
    "address_how_known": replace(
        _BY_NAME["address_how_known"], label="How do you know this address?"
    ),
}
"""What is said of an address, in the order in which it is asked below it."""

AMENDED = tuple(_OF_ADDRESS.get(one.name, one) for one in VICTIM)
"""The fields of a change as it is read: nothing has to be said of the address again."""


def amended(held: VictimEntry) -> tuple[Field, ...]:
    """Return the fields of a change. Answers about the address are shown, and never chosen before.

    A form cannot know whether an answer that it filled in was said again.
    """
    said = _held_of_address(held)
    more = {"safe_to_post": _SAID_NOW}
    asked = [
        replace(one, hint=f"{said[name]}. {more.get(name, _LEAVE_EMPTY)}")
        for name, one in _OF_ADDRESS.items()
    ]
    others = [one for one in VICTIM if one.name not in _OF_ADDRESS]
    below = next(n for n, one in enumerate(others) if one.name == "country") + 1
    return (*others[:below], *asked, *others[below:])


def _held_of_address(held: VictimEntry) -> dict[str, str]:
    """Return in words what is held of the address on record."""
    which = "for the address on record" if held.address_lines else "and no address is on record"
    safe = _SAFE[_SAFE_WORDS[held.safe_to_post]]
    day, known = held.address_confirmed_on, held.address_how_known
    return {
        "safe_to_post": f"Held: {safe[:1].lower()}{safe[1:]}, {which}",
        "address_confirmed_on": f"Held: {words.day(day)}" if day else "Held: not confirmed yet",
        "address_how_known": f"Held: {words.HOW_KNOWN[known]}" if known else "Held: nobody said",
    }


def unsaid_in(entry: Entry) -> frozenset[str]:
    """Return what was left empty of what is said of an address."""
    return frozenset(name for name in _OF_ADDRESS if not entry.typed[name])


_PLAIN = (
    "name",
    "salutation",
    "about",
    "postcode",
    "country",
    "name_in_latin",
    "phone",
    "email",
    "format_needs",
    "safe_contact_notes",
)

DRAWN_FROM = Field("drawn_from", "The version that the form was drawn from", longest=64)


_ASSUMED = {
    "standing": str(VictimRelation.VICTIM),
    "language": str(Language.ENGLISH),
    "safe_to_post": "not_known",
}


def check(entry: Entry, today: date, held_note: str = "") -> None:
    """Raise NotValid listing what is wrong in each answer, also where others are missing.

    A note that is held already and was not changed stands, whatever is in it.
    """
    assumed = {name: answer for name, answer in _ASSUMED.items() if not entry.typed[name]}
    whole = entry_of(replace(entry, typed=entry.typed | assumed))
    entries.check(whole, today)
    if is_unchanged(entry, held_note):
        return
    if leave_out := given_away(whole.safe_contact_notes, (entries.person(whole),)):
        raise NotValid("Some details need correcting.", {"safe_contact_notes": leave_out})


def is_unchanged(entry: Entry, held_note: str) -> bool:
    """Say whether the note on safety is the one that is held."""
    note = entry.typed["safe_contact_notes"]
    return bool(note) and note.split() == held_note.split()


def entry_of(entry: Entry) -> VictimEntry:
    """Return what was typed as the entry that the verbs take."""
    typed = entry.typed
    lines = tuple(line.strip() for line in typed["address_lines"].splitlines() if line.strip())
    plain = {name: typed[name] for name in _PLAIN}
    plain["country"] = countries.country_code(typed["country"]) or typed["country"]
    return VictimEntry(
        address_lines=lines,
        standing=VictimRelation(typed["standing"]),
        language=Language(typed["language"]),
        safe_to_post=_IS_SAFE.get(typed["safe_to_post"]),
        address_confirmed_on=entry.day_if_any("address_confirmed_on"),
        address_how_known=HowKnown(known) if (known := typed["address_how_known"]) else None,
        **plain,
    )


def typed_to_amend(held: VictimEntry) -> dict[str, str]:
    """Return an entry as the form of a change shows it: nothing is answered about the address."""
    of_address = dict.fromkeys(_OF_ADDRESS, "")
    days = {f"address_confirmed_on-{part}": "" for part in ("day", "month", "year")}
    return typed_of(held) | of_address | days


def typed_of(held: VictimEntry) -> dict[str, str]:
    """Return an entry as the form shows it."""
    day = held.address_confirmed_on
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return {
        **{name: getattr(held, name) for name in _PLAIN},
        "country": countries.shown(countries.country_code(held.country)),
        "standing": held.standing,
        "safe_to_post": _SAFE_WORDS[held.safe_to_post],
        "address_lines": "\n".join(held.address_lines),
        "address_how_known": str(held.address_how_known or ""),
        "language": held.language,
        **{
            f"address_confirmed_on-{part}": str(parts.get(part, ""))
            for part in ("day", "month", "year")
        },
    }
