"""How refusals are described: one shape, and a sentence for each status."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]

PROBLEM = "application/problem+json"

WORDS = {
    400: "The body cannot be read at all: nothing was kept",
    401: "No good credentials: nothing was done",
    403: "These credentials are for another kind of address",
    404: "Nothing here that this caller may see",
    408: "The body did not come to its end in a minute: nothing was kept",
    409: "The key came before with other content",
    413: "Larger than this address takes: nothing was kept",
    422: "Understood and refused, also by rules beyond a schema: fields or places say what to mend",
    503: "Busy, full or not set up: nothing was kept, come again after Retry-After seconds",
}


class Problem(BaseModel):
    """Why something was refused (RFC 9457). It never repeats what was sent."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str] | None = None
    places: list[str] | None = None
    error: str | None = None


def PROBLEMS(*statuses: int) -> dict[int | str, Json]:  # noqa: N802  # a table by status
    """Return the refusals of an address as its description has them."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> Json:
    schema = {"schema": Problem.model_json_schema()}
    found: Json = {"description": WORDS[status], "content": {PROBLEM: schema}}
    if status == 503:
        seconds = {"description": "Seconds to wait", "schema": {"type": "string"}}
        found["headers"] = {"Retry-After": seconds}
    return found
