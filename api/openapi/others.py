"""How the rest is described: the what-if checker, health, and the ledger as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from api.openapi.inlining import inlined
from api.openapi.problems import PROBLEMS, Json
from api.public.asked import Asked
from vcs.terms import Outcome, SentenceState


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"]


class Info(BaseModel):
    """Name and version."""

    name: str
    version: str


class Ready(BaseModel):
    """Whether the service can do its work: why not, and what to watch."""

    status: Literal["ready", "not ready"]
    reasons: list[str]
    warnings: list[str]


class ProofBody(BaseModel):
    """The newest proof that the ledger closes."""

    run_at: datetime
    closes: bool
    problems: list[str]


class LineBody(BaseModel):
    """One region, court or week."""

    key: str
    name: str
    sentences: int
    states: dict[SentenceState, int]
    unaccounted: int


class LedgerBody(BaseModel):
    """How many sentences are in each state, against the messages received."""

    by: Literal["region", "court", "week"]
    messages: dict[str, int]
    sentences: int
    states: dict[SentenceState, int]
    unaccounted: int
    closes: bool
    lines: list[LineBody]
    page: int
    pages: int
    proof: ProofBody | None


class RowBody(BaseModel):
    """One sentence behind a number; it names nobody."""

    reference: str
    state: SentenceState
    sentenced_on: date
    court: str
    region: str | None
    outcome: Outcome
    gone: bool
    referral_reference: str | None
    reason: str | None
    due_on: date | None
    traced_since: date | None
    look_again_on: date | None
    task_reference: str | None
    awaited_code: str | None


class RowsBody(BaseModel):
    """A page of rows."""

    rows: list[RowBody]
    page: int
    pages: int
    total: int
    before: str | None
    after: str | None


READY: dict[int | str, Json] = {503: {"model": Ready, "description": "Not ready, with the reasons"}}

_COUNTS: dict[int | str, Json] = {
    200: {
        "description": "Counts, as Prometheus reads them; no names and no references",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}

METRICS = _COUNTS | PROBLEMS(503)

LOOKED_AT = PROBLEMS(401, 403, 422, 503)

ASKED: Json = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": inlined(Asked.model_json_schema()),
                "examples": {
                    "three years for wounding": {
                        "value": {
                            "sentenced_on": "2026-03-20",
                            "crown_court": True,
                            "offences": [
                                {
                                    "offence_code": "OF61131",
                                    "sentences": [{"kind": "imprisonment", "length": "3 Years"}],
                                }
                            ],
                        }
                    }
                },
            }
        },
    }
}
