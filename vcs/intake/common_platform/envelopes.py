"""What a queue or an event store wraps around a court message, taken off within bounds.

A notification of a topic (SNS) holds the message as text in ``Message``; a queue (SQS) holds that
in ``Body``, or hands it on as one of ``Records``; the platform's own event store puts an event
under ``payload`` beside its ``_metadata``. They nest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vcs.intake.values.shapes import Json, Unreadable, moment, part, text

MOST = 3
"""How many envelopes one message may lie in."""
MESSAGE_TYPE, HEARING_EVENT_TYPE, EVENT_TYPE = "messageType", "hearingEventType", "eventType"
EVENT_NAME = "name"
_COURT_MESSAGE = ("hearing", "defendant", "hearingDeleted")
_HOLDS = ("Message", "Body", "body")
_RECORDS = "Records"
_EVENT_DATA = ("_metadata", "metadata")
_ATTRIBUTES = ("MessageAttributes", "messageAttributes")
_VALUES = ("Value", "StringValue", "stringValue")
_POINTER = "PayloadS3Pointer"
_FETCH = (
    "This is a notice that a large message lies in a file store, not the message itself. "
    "Fetch the body from the store and send that."
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the envelopes say of the message inside: the outermost word on each name stands.

    ``sent_at`` is when the innermost topic sent it, by the topic's clock.
    """

    said: dict[str, str]
    sent_at: datetime | None = None

    def says(self, name: str) -> str:
        """Return what is said under a name, in lower case; empty where nothing is."""
        return self.said.get(name, "").lower()


NONE = Envelope({})


def held_in(message: Json) -> object:
    """Return what an envelope holds: text or values; None where the message is no envelope.

    Raises Unreadable for an empty envelope, and for several messages in one.
    """
    if any(name in message for name in _COURT_MESSAGE):
        return None
    if _RECORDS in message:
        return _only_one(message[_RECORDS])
    if any(name in message for name in _EVENT_DATA) and "payload" in message:
        return _something(message["payload"])
    return next((_something(message[name]) for name in _HOLDS if name in message), None)


def read_off(message: Json, before: Envelope) -> Envelope:
    """Join what one envelope says with what those around it said."""
    said: dict[str, str] = {}
    for name in _ATTRIBUTES:
        said |= _attributes(message.get(name))
    for name in _EVENT_DATA:
        said |= _attributes(message.get(name))
    return Envelope(said | before.said, moment(message, "Timestamp") or before.sent_at)


def refuse_pointer(value: object) -> None:
    """Raise Unreadable where a value stands for a message kept in a file store."""
    if isinstance(value, list):
        pointers: object = any(isinstance(one, str) and one.endswith(_POINTER) for one in value)
    elif isinstance(value, dict):
        named = any(name.endswith(_POINTER) for name in value)
        pointers = named or ("s3Key" in value and ("s3BucketName" in value or "s3Bucket" in value))
    else:
        return
    if pointers:
        raise Unreadable(_FETCH)


def _attributes(found: Any) -> dict[str, str]:
    """Return attributes by name, as ``{"Type", "Value"}``, as a queue writes them, or as text."""
    if not isinstance(found, dict):
        return {}
    said: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, str):
            said[name] = value.strip()
        elif isinstance(value, dict):
            said[name] = next((v for key in _VALUES if (v := text(value, key))), "")
    return said


def _something(value: object) -> object:
    if value is None or value in ("", {}, []):
        raise Unreadable("The envelope is empty: it holds no court message.")
    return value


def _only_one(records: object) -> object:
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise Unreadable("“Records” should be a list of messages.")
    if len(records) != 1:
        raise Unreadable("The envelope should hold one message. Send each by itself.")
    return part({"one": records[0]}, "one").get("Sns") or records[0]
