"""Tells a hearing again in the other shapes that feeds use, with exactly the fields each keeps."""

from __future__ import annotations

from html import escape
from typing import Any

from api.example.messages import Json, ident

SPI = "http://www.dca.gov.uk/xmlschemas/libra"
_COPY_HEARING = ("id", "type", "courtCentre", "hearingDays", "jurisdictionType")
_COPY_RESULT = (
    "isConvictedResult",
    "label",
    "judicialResultTypeId",
    "resultText",
    "orderedDate",
    "judicialResultPrompts",
)
_COPY_OFFENCE = (
    "id",
    "offenceDefinitionId",
    "offenceCode",
    "offenceTitle",
    "wording",
    "offenceLegislation",
    "listingNumber",
    "plea",
    "verdict",
)
_COPY_DEFENDANT = (
    "id",
    "masterDefendantId",
    "pncId",
    "croNumber",
    "isYouth",
    "personDefendant",
    "legalEntityDefendant",
)
_NOT_FOR_THE_POLICE = ("orderIndex", "offenceTitle", "offenceDefinitionId", "victims", "verdict")


def as_police_result(message: Json) -> Json:
    """Tell the first defendant's part of a hearing as the police are told of it."""
    case = message["hearing"]["prosecutionCases"][0]
    court = message["hearing"]["courtCentre"]
    return {
        "id": ident("session", message["hearing"]["id"]),
        "caseId": case["id"],
        "urn": case["prosecutionCaseIdentifier"].get("caseURN", ""),
        "courtCentreWithLJA": {
            "courtCentre": court,
            "courtHearingLocation": court["code"][:5] + "01",
            "psaCode": 2577,
        },
        "sessionDays": message["hearing"]["hearingDays"],
        "defendant": _police_defendant(case["defendants"][0]),
    }


def _police_defendant(defendant: Json) -> Json:
    told: Json = {
        "defendantId": defendant["id"],
        "prosecutorReference": "2601AA0100000000001A",
        "associatedPerson": [],
        "attendanceDays": [],
        "judicialResults": defendant.get("judicialResults", []),
        "offences": [_police_offence(one) for one in defendant["offences"]],
    }
    if "personDefendant" in defendant:
        details = defendant["personDefendant"]["personDetails"]
        return told | {"individualDefendant": {"person": details, "presentAtHearing": "Y"}}
    return told | {"corporateDefendant": defendant["legalEntityDefendant"]["organisation"]}


def _police_offence(told: Json) -> Json:
    kept = {name: value for name, value in told.items() if name not in _NOT_FOR_THE_POLICE}
    return kept | {"offenceSequenceNumber": told["orderIndex"], "offenceDateCode": 1}


def as_copy(message: Json) -> Json:
    """Return what is left of a hearing after HMPPS's receiver."""
    told = message["hearing"]
    cases = [_copy_case(case) for case in told.get("prosecutionCases", [])]
    return {"hearing": _only(told, _COPY_HEARING) | {"prosecutionCases": cases}}


def _copy_case(case: Json) -> Json:
    people = [_copy_defendant(one) for one in case["defendants"]]
    return _only(case, ("id", "prosecutionCaseIdentifier")) | {"defendants": people}


def _copy_defendant(told: Json) -> Json:
    offences = [_copy_offence(one) for one in told["offences"]]
    return _only(told, _COPY_DEFENDANT) | {"offences": offences}


def _copy_offence(told: Json) -> Json:
    results = [_only(one, _COPY_RESULT) for one in told["judicialResults"]]
    return _only(told, _COPY_OFFENCE) | {"judicialResults": results}


def _only(told: Json, names: tuple[str, ...]) -> Json:
    return {name: told[name] for name in names if name in told}


def as_spi(message: Json, version: str = "0.6g") -> bytes:
    """Tell the first defendant's part of a hearing as an SPI message, in a ``DeliverRequest``."""
    hearing = message["hearing"]
    case = hearing["prosecutionCases"][0]
    sitting = _tag(
        "Hearing",
        _tag("CourtHearingLocation", hearing["courtCentre"]["code"]),
        _tag("DateOfHearing", message["hearingDay"]),
    )
    urn = case["prosecutionCaseIdentifier"]["caseURN"]
    told = _tag("Case", _tag("PTIURN", urn), _spi_defendant(case["defendants"][0]))
    session = _tag("Session", _tag("CourtHearing", sitting), told)
    return (
        '<DeliverRequest xmlns="http://schemas.cjse.gov.uk/messages/deliver/2006-05"'
        ' xmlns:mm="http://schemas.cjse.gov.uk/messages/metadata/2006-05"><mm:MessageMetadata>'
        f"<mm:CreationDateTime>{message['sharedTime']}</mm:CreationDateTime></mm:MessageMetadata>"
        f'<Message><DC:ResultedCaseMessage xmlns:DC="{SPI}" Flow="ResultedCasesForThePolice"'
        f' SchemaVersion="{version}">{session}</DC:ResultedCaseMessage></Message></DeliverRequest>'
    ).encode()


def _tag(name: str, *inside: str) -> str:
    return f"<DC:{name}>{''.join(inside)}</DC:{name}>"


def _spi_defendant(told: Json) -> str:
    person = told["personDefendant"]["personDetails"]
    name = _tag(
        "PersonName",
        _tag("PersonGivenName1", escape(person["firstName"])),
        _tag("PersonFamilyName", escape(person["lastName"])),
    )
    details = _tag("BasePersonDetails", name, _tag("Birthdate", person["dateOfBirth"]))
    lines = _tag("AddressLine1", escape(person["address"]["address1"]))
    individual = _tag(
        "CourtIndividualDefendant",
        _tag("PersonDefendant", details),
        _tag("Address", _tag("SimpleAddress", lines)),
    )
    offences = (_spi_offence(one) for one in told["offences"])
    return _tag("Defendant", individual, *offences)


def _spi_offence(told: Json) -> str:
    committed = _tag("OffenceStart", _tag("OffenceDateStartDate", told["startDate"]))
    details = _tag(
        "BaseOffenceDetails",
        _tag("OffenceSequenceNumber", f"{told['orderIndex']:03}"),
        _tag("OffenceCode", told["offenceCode"]),
        _tag("OffenceTiming", _tag("OffenceDateCode", "1"), committed),
    )
    results = (_spi_result(one) for one in told["judicialResults"])
    stated = (
        _tag("FinalDisposalIndicator", "Y"),
        _tag("ConvictionDate", told["convictionDate"]),
        _tag("Finding", "G"),
    )
    return _tag("Offence", details, *stated, *results)


def _spi_result(told: dict[str, Any]) -> str:
    length = told.get("durationElement", {})
    duration = _tag(
        "Duration",
        _tag("DurationValue", str(length.get("primaryDurationValue", ""))),
        _tag("DurationUnit", length.get("primaryDurationUnit", "")),
    )
    return _tag(
        "Result",
        _tag("ResultCode", told["cjsCode"]),
        _tag("ResultText", escape(told["resultText"])),
        _tag("Outcome", duration if length else ""),
    )
