"""Builds SPI messages in their real shape: a session, a case, a defendant, offences, results."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

DAY = "2026-03-20"
URN, ASN = "01AA1234526", "2601AA0100000123456K"
CROWN_COURT = "C01CE00"
SPI = "http://www.dca.gov.uk/xmlschemas/libra"
MADE_AT = "2026-03-20T17:05:00+00:00"


def tag(name: str, *inside: str) -> str:
    """Build an element; nothing inside it and nothing to say is no element."""
    return f"<DC:{name}>{''.join(inside)}</DC:{name}>" if any(inside) else ""


def result(
    code: str = "1002",
    words: str = "",
    length: str = "",
    second: str = "",
    qualifiers: Sequence[str] = (),
) -> str:
    """Build a result; lengths are written ``12 M``."""
    value, _, unit = length.partition(" ")
    later, _, its_unit = second.partition(" ")
    duration = tag(
        "Duration",
        tag("DurationValue", value),
        tag("DurationUnit", unit),
        tag("SecondaryDurationValue", later),
        tag("SecondaryDurationUnit", its_unit),
    )
    return tag(
        "Result",
        tag("ResultCode", code),
        tag("ResultText", escape(words)),
        *(tag("ResultCodeQualifier", one) for one in qualifiers),
        tag("Outcome", duration),
    )


def offence(code: str, *results: str, sequence: int = 1, **more: str) -> str:
    """Build an offence; ``more`` replaces plea, finding and the like by name."""
    stated = {
        "Plea": "2",
        "FinalDisposalIndicator": "Y",
        "ConvictionDate": "2026-02-02",
        "Finding": "G",
    } | more
    timing = tag(
        "OffenceTiming",
        tag("OffenceDateCode", stated.pop("OffenceDateCode", "1")),
        tag("OffenceStart", tag("OffenceDateStartDate", stated.pop("Start", "2025-06-01"))),
        tag("OffenceEnd", tag("OffenceEndDate", stated.pop("End", ""))),
    )
    details = tag(
        "BaseOffenceDetails",
        tag("OffenceSequenceNumber", f"{sequence:03}"),
        tag("OffenceCode", code),
        tag("OffenceWording", "On or about a day somebody did something to Vera Victim."),
        timing,
    )
    return tag("Offence", details, *(tag(name, value) for name, value in stated.items()), *results)


def person(first: str = "Sam", last: str = "Example", born: str = "1990-05-01") -> str:
    """Build an individual defendant with a simple address."""
    name = tag("PersonName", tag("PersonGivenName1", first), tag("PersonFamilyName", last))
    details = tag("BasePersonDetails", name, tag("Birthdate", born), tag("Gender", "1"))
    lines = ("1 Example Street", "Example Town", "EX1 1EX")
    simple = tag("SimpleAddress", *(tag(f"AddressLine{n}", one) for n, one in enumerate(lines, 1)))
    return tag(
        "CourtIndividualDefendant",
        tag("PersonDefendant", details),
        tag("BailStatus", "A"),
        tag("Address", simple),
        tag("PresentAtHearing", "Y"),
    )


def company(name: str = "Example Haulage Ltd") -> str:
    """Build a corporate defendant."""
    simple = tag("SimpleAddress", tag("AddressLine1", "2 Example Yard"))
    named = tag("OrganisationName", tag("OrganisationName", name))
    return tag("CourtCorporateDefendant", named, tag("Address", simple))


def case(*offences: str, who: str = "", urn: str = URN, reference: str = ASN) -> str:
    """Build a case with its one defendant."""
    defendant = tag("Defendant", tag("ProsecutorReference", reference), who or person(), *offences)
    return tag("Case", tag("PTIURN", urn), defendant)


def message(*cases: str, court: str = CROWN_COURT, day: str = DAY, attributes: str = "") -> str:
    """Build the message itself, without an envelope."""
    sitting = tag(
        "Hearing",
        tag("CourtHearingLocation", court),
        tag("DateOfHearing", day),
        tag("TimeOfHearing", "10:00:00"),
    )
    session = tag("Session", tag("CourtHearing", sitting, tag("PSAcode", "2576")), *cases)
    stated = attributes or (
        'Flow="ResultedCasesForThePolice" Interface="LibraStandardProsecutorPolice"'
        ' SchemaVersion="0.6g"'
    )
    return f'<DC:ResultedCaseMessage xmlns:DC="{SPI}" {stated}>{session}</DC:ResultedCaseMessage>'


def delivered(inside: str, made_at: str = MADE_AT) -> bytes:
    """Put a message inline into a ``DeliverRequest``."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<DeliverRequest xmlns="http://schemas.cjse.gov.uk/messages/deliver/2006-05"'
        ' xmlns:mm="http://schemas.cjse.gov.uk/messages/metadata/2006-05">\n'
        f"  <mm:MessageMetadata><mm:CreationDateTime>{made_at}</mm:CreationDateTime>"
        f"</mm:MessageMetadata>\n  <Message>\n{inside}\n  </Message>\n</DeliverRequest>\n"
    ).encode()


def routed(inside: str, dated: str = "2026-03-20", timed: str = "17:05:00.123Z") -> bytes:
    """Put a message, escaped, into a ``RouteData``."""
    return (
        '<RouteData xmlns="http://schemas.cjse.gov.uk/common/operations"'
        ' xmlns:e="http://schemas.cjse.gov.uk/common/businessentities" VersionNumber="1.0">'
        f"<DataStream><e:DataStreamType>SPIResults</e:DataStreamType><e:Dated>{dated}</e:Dated>"
        f"<e:Timed>{timed}</e:Timed><e:DataStreamContent>\n  {escape(inside)}\n"
        "</e:DataStreamContent></DataStream></RouteData>"
    ).encode()


def in_soap(inside: bytes) -> bytes:
    """Put an envelope, escaped, into the SOAP envelope of a submission."""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<SubmitRequestMes xmlns="http://schemas.cjse.gov.uk/endpoint/types/">'
        f"<Message>{escape(inside.decode())}</Message></SubmitRequestMes></s:Body></s:Envelope>"
    ).encode()


def new_case(victims: int = 1, urn: str = URN) -> str:
    """Build a police message that opens a case and names victims."""
    named = tag("OtherPartyVictim", tag("Gender", "2")) * victims
    count = tag("Offence", tag("BaseOffenceDetails", tag("OffenceCode", "OF61102")), named)
    inside = tag("Case", tag("PTIURN", urn), tag("Defendant", count))
    return (
        f'<DC:NewCaseMessage xmlns:DC="{SPI}" Flow="NewCasesFromThePolice">{inside}'
        "</DC:NewCaseMessage>"
    )
