"""Who a Common Platform defendant is: name, date of birth, address."""

from __future__ import annotations

from datetime import date

from vcs.intake.shapes import Json, day_or_none, part, text

_ADDRESS_LINES = ("address1", "address2", "address3", "address4", "address5", "postcode")


def address_of(defendant: Json) -> tuple[str, ...]:
    """Return the offender's address; an unreadable one is no reason to lose a sentence."""
    details = part(part(defendant, "personDefendant"), "personDetails")
    held = details.get("address")
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
