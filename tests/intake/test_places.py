"""Every address that a message ties to a case, whatever it tells besides; victims' are left out."""

from __future__ import annotations

import json

from tests.intake.spi import messages as spi
from vcs.intake.reading import read

HOME = ("5 Quiet Row", "LS7 9ZS")


def _at(*lines: str) -> str:
    return spi.tag(
        "Address", *(spi.tag(name, one) for name, one in zip(_PARTS, lines, strict=True))
    )


_PARTS = ("StreetDescription", "PostCode")


def test_the_police_tell_a_new_case_with_homes_and_victims_are_no_part_of_it() -> None:
    details = spi.tag(
        "BasePersonDetails", spi.tag("PersonName", spi.tag("PersonFamilyName", "Lee"))
    )
    parent = spi.tag("ParentGuardianDetails", _at("7 Elm Row", "LS7 9ZT"))
    suspect = spi.tag("PersonDefendant", details)
    individual = spi.tag("PoliceIndividualDefendant", suspect, _at(*HOME), parent)
    victim = spi.tag("OtherPartyVictim", _at("1 Refuge Close", "LS3 9ZX"))
    defendant = spi.tag("Defendant", individual, spi.tag("Offence", victim))
    case = spi.tag("Case", spi.tag("PTIURN", spi.URN), defendant)
    flow = f'xmlns:DC="{spi.SPI}" Flow="NewCasesFromThePolice"'
    told = read(f"<DC:NewCaseMessage {flow}>{case}</DC:NewCaseMessage>".encode())
    assert [(one.case_reference, one.name, one.lines) for one in told.places] == [
        (spi.URN, "Lee", HOME),
        (spi.URN, "", ("7 Elm Row", "LS7 9ZT")),
    ]


def test_a_result_for_the_police_tells_where_somebody_lives_who_is_not_sentenced() -> None:
    person = {"firstName": "Sam", "lastName": "Lee", "address": {"address1": "5 Quiet Row"}}
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
    assert [one.lines for one in told.places] == [("5 Quiet Row",)]
