"""Reading one court message: which format it is, and who was sentenced to what.

Reading never fails on content: what cannot be read is set aside with a sentence for a person,
and no problem ever repeats what was sent.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from vcs.errors import NotReadable
from vcs.intake.common_platform.hearing import FORMAT, read_hearing
from vcs.intake.message import READ, SET_ASIDE, MessageRead, Sentenced
from vcs.intake.shapes import Json, Unreadable, day, moment, part, text
from vcs.intake.spi.reading import read_xml
from vcs.intake.spi.tree import is_xml

__all__ = ["LARGEST", "MessageRead", "Sentenced", "parse", "read"]

LARGEST = 10 * 1024 * 1024
"""The largest court message accepted, in bytes."""


def read(body: bytes) -> MessageRead:
    """Read a court message. Raises NotReadable only for a body that is not JSON or XML at all."""
    if len(body) > LARGEST:
        return _aside(None, "The message is larger than 10 MB.")
    if is_xml(body):
        return read_xml(body)
    try:
        message = parse(body)
        return _read_object(message)
    except Unreadable as problem:
        return _aside(_format(body), str(problem))


def parse(body: bytes) -> Json:
    """Parse JSON strictly: no NaN, no repeated names, no text that is not text.

    Raises NotReadable for what is not JSON, Unreadable for JSON that no court message can be.
    """
    found = _parse_quickly(body)
    if found is None:
        found = _parse_carefully(body)
    if not isinstance(found, dict):
        raise Unreadable("The message should be a JSON object.")
    return found


def _parse_quickly(body: bytes) -> Any:
    """Parse plain JSON; None for whatever needs a careful look.

    What is the same when written again, but for spaces, has no name stated twice.
    """
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    same = orjson.dumps(found).translate(None, _SPACES) == body.translate(None, _SPACES)
    return found if same and b"\\u0000" not in body else None


_SPACES = b" \t\r\n"


def _parse_carefully(body: bytes) -> Any:
    try:
        found = json.loads(body, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("The message is nested too deeply to be a court message.") from None
    except ValueError as problem:
        if isinstance(problem, json.JSONDecodeError | UnicodeDecodeError):
            raise NotReadable("The body is not JSON. Send the court message as JSON.") from None
        raise Unreadable("The message holds a number that is too long.") from None
    _check_text(body)
    return found


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Join a name stated twice: the same value is itself, two plain values are unknown.

    Real messages do this. A list or an object stated twice could hide a sentence.
    """
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    joined: dict[str, Any] = {}
    for name, value in pairs:
        if name in joined and joined[name] != value:
            if isinstance(value, dict | list) or isinstance(joined[name], dict | list):
                raise Unreadable("The message states one name twice in the same object.")
            value = None
        joined[name] = value
    return joined


def _no_constant(_: str) -> float:
    raise NotReadable("The body is not JSON: NaN and Infinity are not JSON values.")


def _check_text(body: bytes) -> None:
    """Refuse null characters and halves of surrogate pairs, which no database holds as text."""
    if b"\\u0000" in body or b"\x00" in body:
        raise Unreadable("The message holds a null character in its text.")
    if b"\\ud" in body or b"\\uD" in body:
        try:
            json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise Unreadable("The message holds text with broken characters.") from None


def _read_object(message: Json) -> MessageRead:
    hearing = part(message, "hearing")
    if not hearing:
        raise Unreadable("This is not a court message that can be read: it has no hearing.")
    sentenced = read_hearing(message)
    return MessageRead(
        format=FORMAT,
        status=READ,
        hearing_id=text(hearing, "id") or None,
        hearing_day=day(message, "hearingDay"),
        shared_at=moment(message, "sharedTime"),
        sentenced=sentenced,
    )


def _format(body: bytes) -> str | None:
    return "common-platform-hearing" if b'"hearing"' in body else None


def _aside(form: str | None, problem: str) -> MessageRead:
    return MessageRead(form, SET_ASIDE, problem)
