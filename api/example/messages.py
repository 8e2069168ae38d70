"""Builds court messages in the shape of the Common Platform's hearing-resulted event.

Ids are derived from names, so the same story gives the same message, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Json = dict[str, Any]

DEFINITIONS = {
    "IMP": ("abb95a52-2a75-40c3-8d3f-a1d75a199c47", "Imprisonment", "1002"),
    "YOI": (
        "72393fb6-77dd-45b2-98f5-6612966de882",
        "Committed to young offender institution",
        "1024",
    ),
    "DTO": ("66a52d4d-7ec6-430d-a2fe-5963fe9ba095", "Detention and training order", "1081"),
    "MLI": ("cfbe83c8-935b-4410-a68c-49452519f2d3", "Mandatory life imprisonment", "1002"),
    "EXTIVS": (
        "a920be42-b376-420b-ace9-d2d0634559b0",
        "Extended sentence of imprisonment for violent or sexual offence (21 and over)(S.226A)",
        "1002",
    ),
    "SUSPS": (
        "8b1cff00-a456-40da-9ce4-f11c20959084",
        "Suspended sentence order - imprisonment",
        "1115",
    ),
    "SSI": (
        "d4490cde-3f85-4f51-9545-e2648e458a13",
        "Suspended sentence of imprisonment activated unaltered",
        "1507",
    ),
    "MHHO": ("a96c1135-3057-453e-80c8-602a7f79013a", "Hospital order", "1008"),
    "RISTO": ("68c97f89-1672-417d-8513-74cded9d2322", "Restriction order", "1004"),
    "COEW": ("418b3aa7-65ab-4a4a-bab9-2f96b698118c", "Community order England / Wales", "1116"),
    "FO": ("969f150c-cd05-46b0-9dd9-30891efcc766", "Fine", "1015"),
    "NORR": (
        "c4c7db1f-673b-4633-8400-4739f483c68e",
        "Notification of requirement to register with police for a period",
        "3052",
    ),
}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_PERIODS = {
    "DTO": ("periodOfDetentionAndTraining", "Period of detention and training"),
    "YOI": ("custodyPeriod", "Custody period"),
    "SSI": ("originalCustodyTerm", "Original custody term"),
    "EXTIVS": ("", "Extended sentence of imprisonment term"),
}


def ident(*words: object) -> str:
    """Return a UUID that depends on the words alone."""
    return str(uuid5(NAMESPACE_URL, "example:" + "/".join(str(word) for word in words)))


def result(short_code: str, ordered_on: date, length: str = "", **more: Any) -> Json:
    """Return a judicial result. ``length`` is written as the court does, for example "2 Years"."""
    type_id, label, cjs_code = DEFINITIONS[short_code]
    made: Json = {
        "judicialResultId": ident(short_code, ordered_on, length, sorted(more)),
        "judicialResultTypeId": type_id,
        "label": label,
        "cjsCode": cjs_code,
        "category": "FINAL",
        "level": "O",
        "rank": 75700,
        "orderedDate": ordered_on.isoformat(),
        "orderedHearingId": ident("hearing", ordered_on),
        "isConvictedResult": short_code not in ("MHHO", "RISTO"),
        "isAdjournmentResult": False,
        "isFinancialResult": short_code == "FO",
        "isDeleted": False,
        "lifeDuration": short_code == "MLI",
        "postHearingCustodyStatus": "A",
        "resultText": f"{short_code} - {label}",
    }
    if length:
        made |= _with_length(short_code, label, length)
    return made | more


def _with_length(short_code: str, label: str, length: str) -> Json:
    number, unit = length.split()[:2]
    reference, prompt = _PERIODS.get(short_code, ("imprisonmentPeriod", "Imprisonment Period"))
    spoken = f"{short_code} - {label}\nCommitted to prison for {length}."
    if short_code == "SUSPS":
        spoken = f"{short_code} - {label}\nCommitted to prison for {length} suspended for 2 Years."
    return {
        "durationElement": {
            "primaryDurationUnit": _UNITS[unit.lower().rstrip("s")],
            "primaryDurationValue": int(number),
        },
        "judicialResultPrompts": [
            {"label": prompt, "promptReference": reference, "type": "INTM", "value": length}
        ],
        "resultText": spoken,
    }


def offence(
    code: str, title: str, results: Sequence[Json], committed_on: date, **more: Any
) -> Json:
    """Return an offence with its results."""
    convicted_on = results[0]["orderedDate"] if results else None
    return {
        "id": ident(code, title, committed_on, len(results)),
        "offenceDefinitionId": ident("definition", code),
        "offenceCode": code,
        "offenceTitle": title,
        "wording": f"{title}.",
        "startDate": committed_on.isoformat(),
        "convictionDate": convicted_on,
        "orderIndex": 1,
        "plea": {"pleaValue": "GUILTY", "pleaDate": convicted_on},
        "victims": [],
        "judicialResults": list(results),
    } | more


def person(first: str, last: str, born_on: date, offences: Sequence[Json], **more: Any) -> Json:
    """Return a defendant."""
    its_id = ident("defendant", first, last, born_on)
    details = {
        "title": "Mr",
        "firstName": first,
        "lastName": last,
        "dateOfBirth": born_on.isoformat(),
        "gender": "MALE",
        "address": {"address1": "1 Example Street", "postcode": "EX1 1EX"},
    }
    numbered = [one | {"orderIndex": n} for n, one in enumerate(offences, start=1)]
    return {
        "id": its_id,
        "masterDefendantId": its_id,
        "isYouth": False,
        "personDefendant": {"personDetails": details},
        "offences": numbered,
    } | more


def hearing(
    urn: str,
    court: tuple[str, str],
    held_on: date,
    defendants: Sequence[Mapping[str, Any]],
    shared_at: str = "16:30:00",
) -> Json:
    """Return a hearing-resulted event. ``court`` is its OU code and its name."""
    hearing_id = ident("hearing", urn, held_on)
    crown = court[0].startswith("C")
    return {
        "hearing": {
            "id": hearing_id,
            "courtCentre": {"id": ident(court[0]), "code": court[0], "name": court[1]},
            "jurisdictionType": "CROWN" if crown else "MAGISTRATES",
            "type": {"id": ident("type"), "description": "Sentence"},
            "hearingDays": [
                {"sittingDay": f"{held_on}T10:00:00.000Z", "listedDurationMinutes": 30}
            ],
            "hearingLanguage": "ENGLISH",
            "hasSharedResults": True,
            "prosecutionCases": [
                {
                    "id": ident("case", urn),
                    "caseStatus": "INACTIVE",
                    "initiationCode": "C",
                    "prosecutionCaseIdentifier": {
                        "caseURN": urn,
                        "prosecutionAuthorityCode": "CPS",
                    },
                    "defendants": list(defendants),
                }
            ],
        },
        "hearingDay": held_on.isoformat(),
        "isReshare": False,
        "sharedTime": f"{held_on}T{shared_at}Z",
    }


def as_bytes(message: Mapping[str, Any]) -> bytes:
    """Write a message as a feed would send it."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
