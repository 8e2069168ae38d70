"""Every address and number of a defendant, and of who came with them, in one envelope.

The police name victims and officers with their addresses too: those are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcs.intake.message import CasePlace
from vcs.intake.spi.fields import each, only, text
from vcs.intake.spi.tree import Node, local, walk
from vcs.intake.values.shapes import Unreadable
from vcs.terms import FoundBy

_NO_PLACE = ("UniqueStreetReferenceNumber", "UniquePropertyReferenceNumber")

_NUMBERS = {
    "TelephoneNumberHome": FoundBy.PHONE,
    "TelephoneNumberBusiness": FoundBy.PHONE,
    "TelephoneNumberMobile": FoundBy.PHONE,
    "EmailAddress1": FoundBy.EMAIL,
    "EmailAddress2": FoundBy.EMAIL,
}
"""The leaves of TelephoneDetails and EmailDetails."""

_BESIDE = "ParentGuardianDetails"

_DEFENDANTS = (
    "CourtIndividualDefendant",
    "CourtCorporateDefendant",
    "PoliceIndividualDefendant",
    "PoliceCorporateDefendant",
)

PERSON_NAMES = (
    "PersonGivenName1",
    "PersonGivenName2",
    "PersonGivenName3",
    "PersonFamilyName",
)


def places_in(messages: Iterable[Node]) -> tuple[CasePlace, ...]:
    """Return what finds people in each case. What cannot be read is passed over."""
    found: dict[CasePlace, None] = {}
    for message in messages:
        for case in walk(message):
            if local(case) == "Case":
                found |= dict.fromkeys(_of_case(case))
    return tuple(found)


def address_lines(address: Node) -> tuple[str, ...]:
    """Return the lines of an address, in their order, a stated postcode last."""
    leaves = [one for one in walk(address) if one.text and local(one) not in _NO_PLACE]
    leaves.sort(key=lambda one: local(one) == "PostCode")
    return tuple(" ".join(one.text.split()) for one in leaves)


def _of_case(case: Node) -> Iterator[CasePlace]:
    try:
        urn = text(case, "PTIURN").upper()
        for defendant in each(case, "Defendant"):
            for kind in _DEFENDANTS:
                for person in each(defendant, kind):
                    yield from _of_person(urn, person)
    except Unreadable:
        return


def _of_person(urn: str, person: Node) -> Iterator[CasePlace]:
    yield from _found(urn, _name(person), person)
    for beside in each(person, _BESIDE):
        yield from _found(urn, "", beside)


def _found(urn: str, name: str, person: Node) -> Iterator[CasePlace]:
    for address in each(person, "Address"):
        if lines := address_lines(address):
            yield CasePlace(urn, name, lines)
    for leaf in _own(person):
        found_by = _NUMBERS.get(local(leaf))
        if found_by is not None and (told := " ".join(leaf.text.split())):
            yield CasePlace(urn, name, (told,), found_by)


def _own(person: Node) -> Iterator[Node]:
    """Yield the parts of a person, without those of who came with them."""
    for child in person.children:
        if local(child) != _BESIDE:
            yield from walk(child)


def _name(person: Node) -> str:
    details = only(only(person, "PersonDefendant"), "BasePersonDetails")
    names = (text(only(details, "PersonName"), name) for name in PERSON_NAMES)
    return " ".join(name for name in names if name)
