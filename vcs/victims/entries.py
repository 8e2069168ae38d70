"""What is entered about a victim, checked before any of it is kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vcs.errors import NotValid
from vcs.sealing import Sealer
from vcs.terms import Language, VictimRelation
from vcs.victims.person import Person, acted_for, acts_for, format_needs, opened
from vcs.victims.places.countries import country_code, is_abroad, split_off, with_country
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import FormerDetails, PersonRecord, Victim

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")

_POSTCODE = re.compile(r"(?!GX11)[A-Z]{1,4}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}|BFPO\s*[0-9]{1,4}")

_LONGEST = {
    "name": 200,
    "name_in_latin": 200,
    "country": 60,
    "salutation": 200,
    "phone": 40,
    "email": 254,
    "about": 200,
}

_LONGEST_NOTE = 2000

_LONGEST_CODE = 12
"""Characters of a postcode abroad."""

_MOST_LINES, _LONGEST_LINE = 7, 100


@dataclass(frozen=True, slots=True)
class VictimEntry:
    """One person as entered by the witness care unit. Only the name cannot be left out.

    ``about`` says what the person is to the one harmed, for example "mother of the person who
    died". ``safe_to_post`` None means that nobody has said yet, ``address_how_known`` None that
    nobody was asked who told us of the address.
    """

    name: str
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    salutation: str = ""
    phone: str = ""
    email: str = ""
    standing: VictimRelation = VictimRelation.VICTIM
    about: str = ""
    language: Language = Language.ENGLISH
    format_needs: str = ""
    safe_to_post: bool | None = None
    safe_contact_notes: str = ""
    address_confirmed_on: date | None = None
    address_how_known: HowKnown | None = None
    country: str = ""
    name_in_latin: str = ""

    @property
    def where(self) -> tuple[str, ...]:
        """Return the lines of the address, with its country where it is abroad."""
        return with_country(self.address_lines, _country(self))


def check(entry: VictimEntry, today: date, longest_note: int = _LONGEST_NOTE) -> None:
    """Raise NotValid listing the fields to correct. ``longest_note`` is in characters."""
    fields = dict(_problems(entry, today, longest_note))
    if fields:
        raise NotValid("Some details need correcting.", fields)


def _problems(entry: VictimEntry, today: date, longest_note: int) -> Iterator[tuple[str, str]]:
    if not any(c.isalpha() for c in entry.name):
        yield "name", "Enter the person's full name"
    for field, longest in _LONGEST.items():
        if len(getattr(entry, field)) > longest:
            yield field, f"Enter {longest} characters or fewer"
    for field in ("format_needs", "safe_contact_notes"):
        if len(getattr(entry, field)) > longest_note:
            yield field, f"Enter {longest_note} characters or fewer"
    yield from _address_problems(entry, today)
    if entry.email and not _EMAIL.fullmatch(entry.email):
        yield "email", "Enter an email address, like name@example.com"
    if entry.phone and not 10 <= sum(c.isdigit() for c in entry.phone) <= 15:
        yield "phone", "Enter a phone number of 10 digits or more"


def _address_problems(entry: VictimEntry, today: date) -> Iterator[tuple[str, str]]:
    if len(entry.address_lines) > _MOST_LINES:
        yield "address_lines", f"Enter {_MOST_LINES} lines or fewer"
    if any(len(line) > _LONGEST_LINE for line in entry.address_lines):
        yield "address_lines", f"Each line must be {_LONGEST_LINE} characters or fewer"
    if entry.country.strip() and not country_code(entry.country):
        yield "country", "Enter the name of the country in English, like Spain"
    yield from _postcode_problems(entry)
    if entry.address_confirmed_on and entry.address_confirmed_on > today:
        yield "address_confirmed_on", "The day must be today or in the past"


def _postcode_problems(entry: VictimEntry) -> Iterator[tuple[str, str]]:
    code, is_foreign = entry.postcode.upper().strip(), is_abroad(_country(entry))
    if is_foreign and len(code) > _LONGEST_CODE:
        yield "postcode", f"Enter {_LONGEST_CODE} characters or fewer"
    if code and not is_foreign and not _POSTCODE.fullmatch(code):
        yield "postcode", "Enter a full UK postcode, like LS1 3AB, or the country if it is abroad"


def _country(entry: VictimEntry) -> str:
    """Return the code of the country abroad, as told or as the last line says; "" for home."""
    told = country_code(entry.country)
    if not told and not _POSTCODE.fullmatch(entry.postcode.upper().strip()):
        told = split_off(entry.address_lines)[1]
    return told if is_abroad(told) else ""


def country_kept(held: VictimEntry, told: Mapping[str, Any]) -> str:
    """Return the country of an address of which only the postcode is corrected; else "".

    Other lines are another address, which need not be in that country.
    """
    code = told.get("postcode") or ""
    is_moved = "address_lines" in told or _POSTCODE.fullmatch(code.upper().strip())
    return "" if is_moved else held.country


def _lines(entry: VictimEntry) -> tuple[str, ...]:
    """Return the lines without the country abroad, which has a field of its own."""
    lines = tuple(line.strip() for line in entry.address_lines if line.strip())
    without, named = split_off(lines)
    return without if named and named == _country(entry) else lines


def person(entry: VictimEntry) -> Person:
    """Return what must not be readable in the database."""
    return Person(
        name=entry.name.strip(),
        salutation=entry.salutation.strip(),
        lines=_lines(entry),
        postcode=entry.postcode.strip().upper(),
        phone=entry.phone.strip(),
        email=entry.email.strip(),
        safe_contact_notes=entry.safe_contact_notes.strip(),
        address_how_known=str(entry.address_how_known or ""),
        country=_country(entry),
        name_in_latin=entry.name_in_latin.strip(),
    )


def values_of_person(entry: VictimEntry, sealer: Sealer, reference: str) -> dict[str, Any]:
    """Return what is kept about the person, in every referral that they are in.

    ``reference`` is the person's own, so that nobody else's details are taken for theirs.
    """
    return {
        "sealed": person(entry).sealed(sealer, reference),
        "format_needs_sealed": sealer.seal_text(entry.format_needs.strip()),
        "language": str(entry.language),
        "safe_to_post": entry.safe_to_post,
        "address_confirmed_on": entry.address_confirmed_on,
    }


def values_of_part(entry: VictimEntry, sealer: Sealer) -> dict[str, Any]:
    """Return what is kept about a person's part in one referral."""
    return {
        "standing": str(entry.standing),
        "about_sealed": sealer.seal_text(entry.about.strip()),
    }


def held_entry(sealer: Sealer, victim: Victim) -> VictimEntry:
    """Return what is held about a victim as if it were entered again."""
    part = {"standing": victim.standing, "about": acts_for(sealer, victim)}
    held = victim.person
    hers = {name: getattr(held, name) for name in _PLAIN}
    hers["format_needs"] = format_needs(sealer, held)
    return _whole(opened(sealer, held), hers | part)


def former_entries(
    sealer: Sealer, formers: Sequence[FormerDetails], victim: Victim
) -> list[VictimEntry]:
    """Return what was held about a victim before each change of the person, the oldest first.

    ``formers`` are all that is kept of the person, the oldest first. What older rows did not keep
    is as held now.
    """
    found: list[VictimEntry] = []
    part = {"standing": victim.standing, "about": acts_for(sealer, victim)}
    for former in reversed(formers):
        # A change through another referral left this part as it was.
        if former.victim_id == victim.id:
            standing = former.standing or part["standing"]
            part = {"standing": standing, "about": acted_for(sealer, former)}
        hers = _formerly(sealer, former, victim.person)
        found.append(_whole(opened(sealer, former), hers | part))
    return found[::-1]


def _formerly(sealer: Sealer, former: FormerDetails, now_is: PersonRecord) -> dict[str, Any]:
    needs = former.format_needs_sealed
    return {
        "language": former.language or now_is.language,
        "safe_to_post": former.safe_to_post,
        "address_confirmed_on": former.address_confirmed_on,
        "format_needs": sealer.open_text(now_is.format_needs_sealed if needs is None else needs),
    }


def tidied(entry: VictimEntry) -> VictimEntry:
    """Return an entry in the form in which it is kept."""
    plain = {name: getattr(entry, name) for name in _PLAIN}
    words = {name: getattr(entry, name).strip() for name in ("about", "format_needs")}
    return _whole(person(entry), plain | words | {"standing": entry.standing})


def version_of(entry: VictimEntry) -> str:
    """Return the version of what is held: the SHA-256 of its content.

    A hash and not a counter, so that no writer, of whatever release, can forget to raise it.
    """
    content = json.dumps(asdict(entry), sort_keys=True, default=date.isoformat)
    return hashlib.sha256(content.encode()).hexdigest()


def _whole(held: Person, plain: Mapping[str, Any]) -> VictimEntry:
    parts = asdict(held)
    lines = tuple(parts.pop("lines"))
    words = {
        "standing": VictimRelation(plain["standing"]),
        "language": Language(plain["language"]),
        "address_lines": lines,
        "address_how_known": HowKnown(held.address_how_known) if held.address_how_known else None,
    }
    return VictimEntry(**(parts | dict(plain) | words))


_PLAIN = ("language", "safe_to_post", "address_confirmed_on")
