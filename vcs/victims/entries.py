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
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import FormerDetails, PersonRecord, Victim

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")

_POSTCODE = re.compile(r"[A-Z]{1,4}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}|BFPO\s*[0-9]{1,4}")

_LONGEST = {"name": 200, "salutation": 200, "phone": 40, "email": 254, "about": 200}

_LONGEST_NOTE = 2000

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
    if entry.postcode and not _POSTCODE.fullmatch(entry.postcode.upper().strip()):
        yield "postcode", "Enter a full UK postcode, like LS1 3AB"
    if entry.address_confirmed_on and entry.address_confirmed_on > today:
        yield "address_confirmed_on", "The day must be today or in the past"


def person(entry: VictimEntry) -> Person:
    """Return what must not be readable in the database."""
    return Person(
        name=entry.name.strip(),
        salutation=entry.salutation.strip(),
        lines=tuple(line.strip() for line in entry.address_lines if line.strip()),
        postcode=entry.postcode.strip().upper(),
        phone=entry.phone.strip(),
        email=entry.email.strip(),
        safe_contact_notes=entry.safe_contact_notes.strip(),
        address_how_known=str(entry.address_how_known or ""),
    )


def values_of_person(entry: VictimEntry, sealer: Sealer) -> dict[str, Any]:
    """Return what is kept about the person, in every referral that they are in."""
    return {
        "sealed": person(entry).sealed(sealer),
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
