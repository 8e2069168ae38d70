"""Reading a request strictly. A refusal names each field and how to mend it, never its content."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from vcs.errors import NotReadable, NotValid
from vcs.intake.witness_care.request import KINDS, AnyRequest

_DEEPEST = 8
_NOT_JSON = "The body is not JSON. Send the request as one JSON object."
_SUMMARY = "Some details need correcting. Nothing was kept: correct it and send it again."
_OWN_WORDS = {
    "missing": "Say this: it cannot be left out",
    "string_type": "Send text",
    "bool_type": "Send true, false or null",
    "int_type": "Send a whole number",
    "list_type": "Send a list",
    "model_type": "Send an object",
    "dataclass_type": "Send an object",
    "date_type": "Send a date in the form YYYY-MM-DD",
    "date_from_datetime_parsing": "Send a date in the form YYYY-MM-DD",
    "date_parsing": "Send a date in the form YYYY-MM-DD",
    "string_too_long": "Send a shorter text",
    "too_long": "Send fewer entries",
    "too_short": "Send at least one",
    "string_pattern_mismatch": "Send it in the form that the description of this address gives",
    "greater_than_equal": "Send a number within the bounds that the description gives",
    "less_than_equal": "Send a number within the bounds that the description gives",
}
# These say which words are taken, and nothing of what came.
_SAFE_AS_THEY_ARE = frozenset({"enum", "literal_error"})


def read_request(body: bytes) -> AnyRequest:
    """Read a request. Raises NotReadable for a body that is not JSON, NotValid for all else."""
    try:
        # RFC 8259, 8.1: between systems JSON is UTF-8; the library would guess others.
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_no_repeats, parse_constant=_no_constant
        )
        # Written out anew, so that what is checked is what the strict parser saw.
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise NotReadable(_NOT_JSON) from None
    except (ValueError, RecursionError):
        raise NotValid(
            "The body is JSON that no request can be. Send one object, each name once, with plain "
            "text and no number out of bounds.",
            {"body": "Send one JSON object in the form that the description of this address gives"},
        ) from None
    return _typed(found, text)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_: str) -> float:
    raise NotReadable(_NOT_JSON)


def _typed(found: Any, text: str) -> AnyRequest:
    kind = found.get("kind") if isinstance(found, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise NotValid(_SUMMARY, {"kind": f"Send one of: {', '.join(KINDS)}"})
    if _depth(found) > _DEEPEST:
        raise NotValid(_SUMMARY, {"body": "Send a request that is not nested so deeply"})
    try:
        return KINDS[kind].model_validate_json(text)
    except ValidationError as refusal:
        raise NotValid(_SUMMARY, _fields(refusal)) from None


def _depth(value: Any, so_far: int = 1) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if so_far > _DEEPEST:
        return so_far
    return max((_depth(one, so_far + 1) for one in inner), default=so_far)


def _fields(refusal: ValidationError) -> dict[str, str]:
    """Name each place that is wrong; a name we do not know is not repeated either."""
    fields: dict[str, str] = {}
    for one in refusal.errors(include_url=False, include_input=False):
        unknown = one["type"] == "extra_forbidden"
        steps = one["loc"][:-1] if unknown else one["loc"]
        place = ".".join(str(step) for step in steps if not _is_a_type(step)) or "body"
        if unknown:
            fields.setdefault(place, "Leave out what the description of this address does not name")
        else:
            fields[place] = _words(one["type"], one["msg"])
    return fields


def _is_a_type(step: int | str) -> bool:
    return isinstance(step, str) and not step.replace("_", "").isalnum()


def _words(kind: str, message: str) -> str:
    if kind == "value_error":
        told = message.removeprefix("Value error, ")
        return f"Send {told}" if not told.startswith(("name", "say", "at least")) else _first(told)
    if kind in _SAFE_AS_THEY_ARE:
        return message.replace("Input should be", "Send one of:")
    return _OWN_WORDS.get(kind, "Send it in the form that the description of this address gives")


def _first(text: str) -> str:
    return text[0].upper() + text[1:]
