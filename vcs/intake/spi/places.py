"""Every address of a defendant, and of who came with them, in the messages of one envelope.

The police name victims and officers with their addresses too: those are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcs.intake.message import CasePlace
from vcs.intake.spi.fields import each, only, text
from vcs.intake.spi.tree import Node, local, walk
from vcs.intake.values.shapes import Unreadable

_NO_PLACE = ("UniqueStreetReferenceNumber", "UniquePropertyReferenceNumber")

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
    """Return the addresses in each case. What cannot be read is passed over."""
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
    for address in each(person, "Address"):
        if lines := address_lines(address):
            yield CasePlace(urn, _name(person), lines)
    for beside in each(person, "ParentGuardianDetails"):
        for address in each(beside, "Address"):
            if lines := address_lines(address):
                yield CasePlace(urn, "", lines)


def _name(person: Node) -> str:
    details = only(only(person, "PersonDefendant"), "BasePersonDetails")
    names = (text(only(details, "PersonName"), name) for name in PERSON_NAMES)
    return " ".join(name for name in names if name)
