"""Every address that a message ties to a case, whatever it tells besides; victims' are left out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tests.api.office import sentencing
from tests.intake.spi import messages as spi
from vcs.intake.reading import read
from vcs.terms import FoundBy

HOME = ("5 Quiet Row", "LS7 9ZS")


def _at(*lines: str) -> str:
    return spi.tag(
        "Address", *(spi.tag(name, one) for name, one in zip(_PARTS, lines, strict=True))
    )


_PARTS = ("StreetDescription", "PostCode")


def test_the_police_tell_a_new_case_with_homes_and_victims_are_no_part_of_it() -> None:
    ring = spi.tag("TelephoneDetails", spi.tag("TelephoneNumberMobile", "07700 900456"))
    write = spi.tag("EmailDetails", spi.tag("EmailAddress1", "lee@example.org"))
    details = spi.tag(
        "BasePersonDetails", spi.tag("PersonName", spi.tag("PersonFamilyName", "Lee")), write
    )
    mother = spi.tag("BasePersonDetails", ring)
    parent = spi.tag("ParentGuardianDetails", mother, _at("7 Elm Row", "LS7 9ZT"))
    suspect = spi.tag("PersonDefendant", details)
    individual = spi.tag("PoliceIndividualDefendant", suspect, _at(*HOME), parent)
    victim = spi.tag("OtherPartyVictim", _at("1 Refuge Close", "LS3 9ZX"), ring)
    defendant = spi.tag("Defendant", individual, spi.tag("Offence", victim))
    case = spi.tag("Case", spi.tag("PTIURN", spi.URN), defendant)
    flow = f'xmlns:DC="{spi.SPI}" Flow="NewCasesFromThePolice"'
    told = read(f"<DC:NewCaseMessage {flow}>{case}</DC:NewCaseMessage>".encode())
    assert [(one.case_reference, one.name, one.lines) for one in told.places] == [
        (spi.URN, "Lee", HOME),
        (spi.URN, "Lee", ("lee@example.org",)),
        (spi.URN, "", ("7 Elm Row", "LS7 9ZT")),
        (spi.URN, "", ("07700 900456",)),
    ]
    by = [one.found_by for one in told.places]
    assert by == [FoundBy.ADDRESS, FoundBy.EMAIL, FoundBy.ADDRESS, FoundBy.PHONE]


def test_a_result_for_the_police_tells_where_somebody_lives_who_is_not_sentenced() -> None:
    person: dict[str, Any] = {
        "firstName": "Sam",
        "lastName": "Lee",
        "address": {"address1": "5 Quiet Row"},
    }
    person["contact"] = {"work": "0113 496 0000", "fax": "0113 496 0009", "secondaryEmail": "l@ex"}
    adjourned = {"cjsCode": "4004", "orderedDate": "2026-03-20"}
    offence = {"id": "o", "offenceCode": "OF61131", "judicialResults": [adjourned]}
    defendant = {
        "defendantId": "d",
        "individualDefendant": {"person": person},
        "offences": [offence],
    }
    body = {"urn": "13EX0000126", "caseId": "c", "defendant": defendant}
    told = read(json.dumps(body).encode())
    assert (told.status, told.sentenced) == ("read", ())
    assert [(one.name, one.lines) for one in told.places] == [
        ("Sam Lee", ("5 Quiet Row",)),
        ("Sam Lee", ("0113 496 0000",)),
        ("Sam Lee", ("l@ex",)),
    ]


def test_the_numbers_of_who_came_with_somebody_are_told_too() -> None:
    message = json.loads(sentencing(date(2026, 3, 20)))
    (defendant,) = message["hearing"]["prosecutionCases"][0]["defendants"]
    mother = {"lastName": "Lee", "contact": {"home": "0113 496 0000", "mobile": None}}
    defendant["associatedPersons"] = [{"person": mother, "role": "parent"}]
    told = read(json.dumps(message).encode())
    assert ("", ("0113 496 0000",)) in [(one.name, one.lines) for one in told.places]
