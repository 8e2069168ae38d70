"""How the referral addresses are described: what may be sent, with examples, and the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, TypeAdapter

from api.openapi.inlining import inlined
from api.openapi.problems import PROBLEMS, Json
from vcs.intake.witness_care.request import AnyRequest

__all__ = ["EXAMPLES", "POSTED", "PROBLEMS", "Accepted", "Receipt", "ReferredVictim"]


class Accepted(BaseModel):
    """The receipt of a request that is durable."""

    receipt: str
    status: Literal["accepted", "already_held"]


class ReferredVictim(BaseModel):
    """A victim of the request: their place in it, and our reference for them."""

    number: int
    reference: str


class Receipt(BaseModel):
    """What became of a request, why, and which of our references it led to.

    ``repeats`` is how often the same came again, last at ``repeated_at``: it was acted on once.
    """

    receipt: str
    received_at: datetime
    kind: str
    status: Literal[
        "waiting", "waiting_for_sentence", "attached", "recorded", "a_person_decides", "refused"
    ]
    because: str
    referrals: list[str]
    victims: list[ReferredVictim]
    repeats: int
    repeated_at: datetime | None


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


POSTED: Json = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": inlined(TypeAdapter(AnyRequest).json_schema()),
                "examples": {name: {"value": value} for name, value in EXAMPLES.items()},
            }
        },
    }
}
