"""Reading one court message: which format it is, and who was sentenced to what.

Reading never fails on content: what cannot be read is set aside with a sentence for a person,
and no problem ever repeats what was sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson

from vcs.errors import NotReadable
from vcs.intake import regions
from vcs.intake.by_hand import reading as by_hand
from vcs.intake.common_platform import hearing, hmpps_copy, notices, police_results
from vcs.intake.common_platform.envelopes import (
    HEARING_EVENT_TYPE,
    MESSAGE_TYPE,
    MOST,
    Envelope,
    held_in,
    read_off,
    refuse_pointer,
)
from vcs.intake.common_platform.envelopes import NONE as NO_ENVELOPE
from vcs.intake.common_platform.places import places_in
from vcs.intake.common_platform.results.judicial_results import mark_learned, results_in
from vcs.intake.common_platform.sifting import Part
from vcs.intake.message import READ, SET_ASIDE, MessageRead, Sentenced, deaths_apart
from vcs.intake.results.learned import NONE, Meanings
from vcs.intake.spi.reading import read_xml
from vcs.intake.spi.tree import is_xml
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Json, Unreadable, day, moment, part

__all__ = ["LARGEST", "MessageRead", "Sentenced", "parse", "read"]

LARGEST = 10 * 1024 * 1024
"""The largest court message accepted, in bytes."""


def read(body: bytes, meanings: Meanings = NONE) -> MessageRead:
    """Read a court message. Raises NotReadable only for a body that is not JSON or XML at all.

    ``meanings`` are what a person said of result codes that no table holds.
    """
    if len(body) > LARGEST:
        return _aside(None, "The message is larger than 10 MB.")
    if is_xml(body):
        return read_xml(body, meanings)
    try:
        message = parse(body)
        return _read_object(message, meanings)
    except Unreadable as problem:
        return _aside(_format(body), str(problem))


def parse(body: bytes) -> Part:
    """Parse JSON strictly: no NaN, no repeated names, no text that is not text.

    Raises NotReadable for what is not JSON, Unreadable for JSON that no court message can be.
    """
    found = _parse_quickly(body)
    if found is None:
        found = _parse_carefully(body)
    refuse_pointer(found)
    if not isinstance(found, dict):
        raise Unreadable("The message should be a JSON object.")
    return found


def _parse_quickly(body: bytes) -> object:
    """Parse plain JSON; None for whatever needs a careful look.

    What is the same when written again, but for spaces, has no name stated twice.
    """
    try:
        found: object = orjson.loads(body)
        again = orjson.dumps(found)
        same = again == body or _is_spaced_out(body, found, again)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        # Not plain, or deeper than can be written again.
        return None
    return found if same and b"\\u0000" not in again else None


def _is_spaced_out(body: bytes, found: object, again: bytes) -> bool:
    """Say whether a body is what was written again, with spaces: most often two at each level."""
    if orjson.dumps(found, option=orjson.OPT_INDENT_2) == body.strip(_SPACES):
        return True
    return again.translate(None, _SPACES) == body.translate(None, _SPACES)


_SPACES = b" \t\r\n"


def _parse_carefully(body: bytes) -> object:
    try:
        found: object = json.loads(body, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
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


@dataclass(frozen=True, slots=True)
class _Form:
    """One format: what fits it, by the message and what its envelopes say, and how it is read."""

    name: str
    fits: Callable[[Json, Envelope], bool]
    read: Callable[[Part, Envelope], MessageRead]


def _read_object(
    message: Part, meanings: Meanings, envelope: Envelope = NO_ENVELOPE, taken_off: int = 0
) -> MessageRead:
    """Take off what is wrapped around a court message, then read it in the first format it fits."""
    held = held_in(message)
    if held is None:
        if meanings:
            mark_learned(message, meanings)
        return _read_as(message, envelope)
    if taken_off == MOST:
        raise Unreadable(f"The message lies in more than {MOST} envelopes.")
    inner = _inside(held)
    if isinstance(inner, bytes):
        return read(inner, meanings)
    return _read_object(inner, meanings, read_off(message, envelope), taken_off + 1)


def _inside(held: object) -> Part | bytes:
    """Return the message that an envelope holds: parsed where it is JSON, as it is where XML."""
    if isinstance(held, str):
        body = held.encode("utf-8")
        if body.lstrip()[:1] == b"<":
            return body
        try:
            return parse(body)
        except NotReadable:
            raise Unreadable("The envelope holds text that is no court message.") from None
    refuse_pointer(held)
    if not isinstance(held, dict):
        raise Unreadable("The message in the envelope should be a JSON object.")
    return held


def _read_as(message: Part, envelope: Envelope) -> MessageRead:
    for form in _FORMS:
        if form.fits(message, envelope):
            try:
                return form.read(message, envelope)
            except Unreadable as problem:
                return _aside(form.name, str(problem))
    raise Unreadable(
        "This is not a court message that can be read: it has no hearing and no defendant."
    )


def _deletion(message: Json, envelope: Envelope) -> MessageRead:
    return MessageRead(
        format=hmpps_copy.FORMAT if envelope.says(MESSAGE_TYPE) else hearing.FORMAT,
        status=READ,
        hearing_id=notices.hearing_deleted(message),
        shared_at=envelope.sent_at,
        deleted=True,
    )


def _police_result(message: Part, _: Envelope) -> MessageRead:
    """Read one offender's result. It is no word on the rest of a hearing, so it names none."""
    problems = Problems()
    sentenced = police_results.read_police_result(message, problems)
    shared_at = police_results.shared_at(message)
    found = MessageRead(
        police_results.FORMAT,
        READ,
        shared_at=shared_at,
        sentenced=sentenced,
        places=police_results.places_of(message),
    )
    return _as_far_as_read(found, problems)


def _copy(message: Part, envelope: Envelope) -> MessageRead:
    """Read HMPPS's copy. It states no share of its own: the topic's moment stands in for it.

    A copy that lists or changes a hearing, and holds no results, is not a share: it orders nothing.
    """
    said = envelope.says(HEARING_EVENT_TYPE)
    shares = said == "resulted" or any(results_in(message.get("hearing")))
    problems = Problems()
    found = MessageRead(
        format=hmpps_copy.FORMAT,
        status=READ,
        hearing_id=hearing.id_of(message),
        shared_at=envelope.sent_at if shares else None,
        sentenced=hmpps_copy.read_copy(message, problems, listed=said == _LISTED),
        places=places_in(part(message, "hearing")),
    )
    return _as_far_as_read(found, problems)


def _hearing(message: Part, _: Envelope) -> MessageRead:
    problems = Problems()
    found = MessageRead(
        format=hearing.FORMAT,
        status=READ,
        hearing_id=hearing.id_of(message),
        hearing_day=day(message, "hearingDay"),
        shared_at=moment(message, "sharedTime"),
        sentenced=hearing.read_hearing(message, problems),
        places=places_in(part(message, "hearing")),
    )
    return _as_far_as_read(found, problems)


def _as_far_as_read(found: MessageRead, problems: Problems) -> MessageRead:
    """Return what was read, with what was not; set aside where nobody is left to be listed."""
    found = deaths_apart(found)
    found = replace(found, sentenced=tuple(map(_placed, found.sentenced)))
    if not found.sentenced:
        for problem in problems.lesser:
            problems.add(problem)
    if not problems:
        return found
    if not found.sentenced and not found.deaths:
        return _aside(found.format, str(problems))
    return replace(found, problem=str(problems))


def _placed(one: Sentenced) -> Sentenced:
    """Return who was sentenced, marked where the court may be none of England and Wales."""
    if one.facts.outside_court or not regions.may_be_elsewhere(one.court_code, one.court_name):
        return one
    return replace(one, facts=replace(one.facts, outside_court=True))


_LISTED = "confirmedorupdated"
"""What the topic says of a hearing that was listed or changed, and not resulted."""

_FORMS = (
    _Form(by_hand.FORMAT, lambda m, _: by_hand.is_by_hand(m), lambda m, _: by_hand.read_by_hand(m)),
    _Form(hearing.FORMAT, notices.is_deletion, _deletion),
    _Form(police_results.FORMAT, lambda m, _: police_results.is_police_result(m), _police_result),
    _Form(hmpps_copy.FORMAT, lambda m, _: hmpps_copy.is_copy(m), _copy),
    _Form(hearing.FORMAT, lambda m, _: hearing.is_hearing(m), _hearing),
)
"""Every shape of JSON, in the order in which they are tried."""


def _format(body: bytes) -> str | None:
    return hearing.FORMAT if b'"hearing"' in body else None


def _aside(form: str | None, problem: str) -> MessageRead:
    return MessageRead(form, SET_ASIDE, problem)
