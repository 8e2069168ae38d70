"""How the courts' door is described: bodies, receipts, and what each of them may be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from api.openapi.problems import PROBLEMS, Json
from vcs.intake.records import MessageStatus
from vcs.terms import Answer, Outcome


class Kept(BaseModel):
    """The receipt of a message that is durable."""

    receipt: str
    status: Literal["accepted", "already_held"]


class Token(BaseModel):
    """A bearer token (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int


class Reason(BaseModel):
    """One condition that was asked, in the order of the section."""

    condition: str
    answer: Answer
    because: str
    provision: str
    would_change: str | None


class FactBody(BaseModel):
    """One fact as it would have to be. ``known`` is false for one that nobody has told yet."""

    fact: str
    asked_of: str
    known: bool


class ChangeBody(BaseModel):
    """One smallest set of facts that would make the answer yes. ``one_call``: one open question."""

    facts: list[FactBody]
    outcome: Outcome
    one_call: bool


class OffenceBody(BaseModel):
    """One offence with its outcome and every condition asked.

    ``counted`` says how the length was arrived at, in words; null where none is known, and absent
    in receipts of before. ``would_change`` stands in the what-if answer, not in receipts.
    """

    offence_code: str
    sequence: int
    outcome: Outcome
    reasons: list[Reason]
    counted: str | None = None
    would_change: list[ChangeBody] | None = None


class DeadlineBody(BaseModel):
    """Who owes what by when, and how the date was counted."""

    duty: str
    owed_by: str
    due_on: date
    counted: str
    provision: str
    provisional: bool


class Answered(BaseModel):
    """What the law answers, without saying about whom."""

    sentenced_on: date
    outcome: Outcome
    route: str | None
    rule_set: str
    urgent: str | None
    offences: list[OffenceBody]
    deadlines: list[DeadlineBody]


class Checked(Answered):
    """The answer to a what-if question, with the outcome in plain words by language."""

    in_plain_words: dict[str, str]


class OffenderBody(BaseModel):
    """The offender as the court names them."""

    name: str
    date_of_birth: date | None


class SentencedBody(Answered):
    """One offender on one sentencing occasion."""

    offender: OffenderBody
    case_reference: str
    court_code: str
    confidence: Literal["full", "lower"]


class MessageReceipt(BaseModel):
    """What became of a court message. ``repeats`` is how often the same content came again."""

    receipt: str
    received_at: datetime
    format: str | None
    status: MessageStatus
    problem: str | None
    sentenced: list[SentencedBody]
    repeats: int


_HELD: dict[int | str, Json] = {
    202: {"model": Kept, "description": "Durable, and read within seconds"},
    200: {"model": Kept, "description": "The same content is held already: the same receipt"},
}

KEPT = _HELD | PROBLEMS(400, 401, 403, 408, 413, 503)

NAMED = KEPT | PROBLEMS(404)

DELETED = {status: answer for status, answer in NAMED.items() if status != 400}

_SENTENCE: Json = {
    "judicialResultTypeId": "abb95a52-2a75-40c3-8d3f-a1d75a199c47",
    "label": "Imprisonment",
    "cjsCode": "1002",
    "category": "FINAL",
    "orderedDate": "2026-03-20",
    "isConvictedResult": True,
    "durationElement": {"primaryDurationUnit": "Y", "primaryDurationValue": 3},
    "resultText": "IMP - Imprisonment\nCommitted to prison for 3 Years.",
}

_DEFENDANT: Json = {
    "id": "8a0d8b1f-3a0e-4f2c-9a5e-0f8f6a1f2b3c",
    "personDefendant": {"personDetails": {"firstName": "Colin", "lastName": "Madeup"}},
    "offences": [
        {
            "id": "5b8c1d2e-7f60-4a1b-8c9d-1e2f3a4b5c6d",
            "offenceCode": "OF61131",
            "offenceTitle": "Wounding or inflicting grievous bodily harm",
            "startDate": "2025-09-01",
            "convictionDate": "2026-03-20",
            "judicialResults": [_SENTENCE],
        }
    ],
}

RESULTED: Json = {
    "hearing": {
        "id": "1f0b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
        "courtCentre": {"code": "C13LE00", "name": "Leeds Crown Court"},
        "jurisdictionType": "CROWN",
        "prosecutionCases": [
            {
                "id": "2a1b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d",
                "prosecutionCaseIdentifier": {"caseURN": "13EX0000126"},
                "defendants": [_DEFENDANT],
            }
        ],
    },
    "hearingDay": "2026-03-20",
    "isReshare": False,
    "sharedTime": "2026-03-20T16:30:00Z",
}

_ANY = "Any JSON is kept; what is no court message is set aside for a person. 10 MB at most."

POSTED: Json = {
    "requestBody": {
        "required": True,
        "description": _ANY,
        "content": {
            "application/json": {
                "schema": {"description": "A court message, as it was sent out"},
                "examples": {"hearing resulted": {"value": RESULTED}},
            }
        },
    }
}

_SPI = (
    '<DeliverRequest xmlns="http://schemas.cjse.gov.uk/messages/deliver/2006-05">'
    "<Message/></DeliverRequest>"
)

XML: Json = {
    "requestBody": {
        "required": True,
        "description": "XML in either envelope, without a document type. 10 MB at most.",
        "content": {
            "application/xml": {
                "schema": {
                    "description": "One element, whatever is in it",
                    "type": ["object", "string", "number", "boolean", "null"],
                    "xml": {"name": "DeliverRequest"},
                },
                "examples": {"an empty envelope": {"value": _SPI}},
            }
        },
    }
}

TOKEN: Json = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "enum": ["client_credentials"]}
                    },
                },
                "examples": {"the only grant": {"value": {"grant_type": "client_credentials"}}},
            }
        },
    }
}
