"""How the referral addresses are described: what may be sent, with examples, and the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from vcs.intake.witness_care.request import AnyRequest

Json = dict[str, Any]
_WORDS = {
    400: "The body is not JSON",
    401: "No token, or one that is no longer good",
    403: "A client of another kind",
    404: "No such receipt of this client",
    409: "The key came before with other content",
    413: "Larger than 256 KB",
    422: "Understood and refused: fields names each place and how to mend it",
    503: "Busy or full: nothing was kept, come again after Retry-After seconds",
}


class Accepted(BaseModel):
    """The receipt of a request that is durable."""

    receipt: str
    status: Literal["accepted", "already_held"]


class ReferredVictim(BaseModel):
    """A victim of the request: their place in it, and our reference for them."""

    number: int
    reference: str


class Receipt(BaseModel):
    """What became of a request, why, and which of our references it led to."""

    receipt: str
    received_at: datetime
    kind: str
    status: Literal[
        "waiting", "waiting_for_sentence", "attached", "recorded", "a_person_decides", "refused"
    ]
    because: str
    referrals: list[str]
    victims: list[ReferredVictim]


class Problem(BaseModel):
    """Why something was refused (RFC 9457). It never repeats what was sent."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str] | None = None


def PROBLEMS(*statuses: int) -> dict[int | str, Json]:  # noqa: N802  # a table by status
    """Return the refusals of an address as its description has them."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> Json:
    schema = {"schema": Problem.model_json_schema()}
    return {"description": _WORDS[status], "content": {"application/problem+json": schema}}


_VICTIM: Json = {
    "name": "Nia Example",
    "salutation": "Ms Example",
    "standing": "victim",
    "address_lines": ["1 Made Up Lane", "Leeds"],
    "postcode": "LS1 3AB",
    "address_confirmed_on": "2026-03-18",
    "safe_to_post": True,
    "phone": "0113 496 0000",
    "language": "en",
}
EXAMPLES: dict[str, Json] = {
    "a referral by our reference": {
        "kind": "referral",
        "referral_reference": "VCS-7K3M-9QTD",
        "victims": [_VICTIM],
    },
    "a referral by the case, also before its sentence": {
        "kind": "referral",
        "request_id": "wcu-2026-000417",
        "case_reference": "13EX0000126",
        "offender": {"name": "Colin Madeup", "date_of_birth": "1990-02-14"},
        "sentenced_on": "2026-03-20",
        "victims": [_VICTIM],
    },
    "a correction": {
        "kind": "correction",
        "victim_reference": "VCS-2B7C-4F1X",
        "changes": {"phone": "0113 496 0009"},
    },
    "a change of address": {
        "kind": "change_of_address",
        "victim_reference": "VCS-2B7C-4F1X",
        "new_address": {
            "address_lines": ["2 Other Street", "York"],
            "postcode": "YO1 7HH",
            "safe_to_post": None,
        },
    },
    "an opt-out after a referral": {
        "kind": "opt_out",
        "victim_reference": "VCS-2B7C-4F1X",
        "said_on": "2026-03-24",
        "how": "by phone",
    },
    "an opt-out before any referral": {
        "kind": "opt_out",
        "referral_reference": "VCS-7K3M-9QTD",
        "said_on": "2026-03-24",
        "how": "by phone",
        "evidence": "Asked twice by the officer in the case, who kept a note.",
    },
    "an answer to a chase": {
        "kind": "chase_answered",
        "referral_reference": "VCS-7K3M-9QTD",
        "answer": "being_traced",
        "note": "The officer in the case visits on Monday.",
    },
}


def _inlined(schema: Any, parts: Json) -> Any:
    """Return a schema with its named parts put where they are named: a description of one place."""
    if isinstance(schema, list):
        return [_inlined(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(parts[schema["$ref"].rsplit("/", 1)[-1]], parts)
    return {name: _inlined(one, parts) for name, one in schema.items() if name != "$defs"}


def _schema() -> Json:
    made = TypeAdapter(AnyRequest).json_schema()
    inlined: Json = _inlined(made, made.get("$defs", {}))
    return inlined


POSTED: Json = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": _schema(),
                "examples": {name: {"value": value} for name, value in EXAMPLES.items()},
            }
        },
    }
}
