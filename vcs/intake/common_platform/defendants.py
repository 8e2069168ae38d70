"""Who a Common Platform defendant is: name, date of birth, address, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vcs.intake.values.shapes import Json, day_or_none, part, text
from vcs.terms import FoundBy

Found = tuple[FoundBy, tuple[str, ...]]
"""By what somebody is found, and its lines."""

_ADDRESS_LINES = ("address1", "address2", "address3", "address4", "address5", "postcode")

_NUMBERS = (
    ("home", FoundBy.PHONE),
    ("work", FoundBy.PHONE),
    ("mobile", FoundBy.PHONE),
    ("primaryEmail", FoundBy.EMAIL),
    ("secondaryEmail", FoundBy.EMAIL),
)
"""The fields of ``contact``. A fax number rings nobody."""


def address_of(defendant: Json) -> tuple[str, ...]:
    """Return the offender's address; an unreadable one is no reason to lose a sentence."""
    return _lines_of(part(part(defendant, "personDefendant"), "personDetails"))


def addresses_beside(defendant: Json) -> Iterator[tuple[str, ...]]:
    """Yield the addresses of those who came with an offender: a parent, a guardian, a carer."""
    yield from (lines for person in _beside(defendant) if (lines := _lines_of(person)))


def numbers_of(defendant: Json) -> Iterator[Found]:
    """Yield the telephone numbers and email addresses of a defendant."""
    yield from _numbers(part(part(defendant, "personDefendant"), "personDetails"))


def numbers_beside(defendant: Json) -> Iterator[Found]:
    """Yield the same of those who came with a defendant."""
    for person in _beside(defendant):
        yield from _numbers(person)


def _beside(defendant: Json) -> Iterator[Json]:
    held = defendant.get("associatedPersons")
    for one in held if isinstance(held, list) else ():
        person = one.get("person") if isinstance(one, dict) else None
        if isinstance(person, dict):
            yield person


def _numbers(person: Json) -> Iterator[Found]:
    held = person.get("contact")
    if not isinstance(held, dict):
        return
    for name, found_by in _NUMBERS:
        if told := text(held, name):
            yield found_by, (told,)


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
