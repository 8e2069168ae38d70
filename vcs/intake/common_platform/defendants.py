"""Who a Common Platform defendant is: name, date of birth, address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vcs.intake.values.shapes import Json, day_or_none, part, text

_ADDRESS_LINES = ("address1", "address2", "address3", "address4", "address5", "postcode")


def address_of(defendant: Json) -> tuple[str, ...]:
    """Return the offender's address; an unreadable one is no reason to lose a sentence."""
    return _lines_of(part(part(defendant, "personDefendant"), "personDetails"))


def addresses_beside(defendant: Json) -> Iterator[tuple[str, ...]]:
    """Yield the addresses of those who came with an offender: a parent, a guardian, a carer."""
    held = defendant.get("associatedPersons")
    for one in held if isinstance(held, list) else ():
        person = one.get("person") if isinstance(one, dict) else None
        if isinstance(person, dict) and (lines := _lines_of(person)):
            yield lines


def _lines_of(person: Json) -> tuple[str, ...]:
    held = person.get("address")
    if not isinstance(held, dict):
        return ()
    return tuple(line for name in _ADDRESS_LINES if (line := text(held, name)))


def who_is(defendant: Json) -> tuple[str, date | None, bool]:
    """Return the offender's name, date of birth and whether it is an organisation."""
    details = part(part(defendant, "personDefendant"), "personDetails")
    if details:
        names = (text(details, name) for name in ("firstName", "middleName", "lastName"))
        return " ".join(n for n in names if n), day_or_none(details, "dateOfBirth"), False
    organisation = part(part(defendant, "legalEntityDefendant"), "organisation")
    return text(organisation, "name"), None, bool(organisation)
