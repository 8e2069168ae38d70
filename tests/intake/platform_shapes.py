"""One story in every shape the Common Platform tells it: hearing, police result, HMPPS's copy.

A story is built as a hearing (``api.example.messages``) and told again in the other shapes
(``api.example.shapes``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from api.example.messages import as_bytes, hearing, ident, offence, person, result
from api.example.shapes import as_copy, as_police_result
from vcs.intake.message import MessageRead
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome

Json = dict[str, Any]

DAY = date(2026, 3, 20)  # Friday

COURT = ("C01CE00", "Central Criminal Court")

BORN = date(1990, 5, 1)

URN = "01AA1234526"

SENT_AT = "2026-03-20T16:31:05.123Z"


def story(*offences: Json, **more: Any) -> Json:
    """Return a hearing with one offender."""
    return hearing(URN, COURT, DAY, [person("Sam", "Example", BORN, offences, **more)])


def assault(*results: Json, **more: Any) -> Json:
    """Return an assault, a specified offence, with its results."""
    return offence("OF61102", "Assault occasioning ABH", results, date(2025, 6, 1), **more)


def theft(*results: Json, **more: Any) -> Json:
    """Return a theft, which is not on the list, with its results."""
    return offence("TH68010", "Theft", results, date(2025, 6, 2), **more)


def prison(length: str = "2 Years", **more: Any) -> Json:
    """Return a prison sentence of that day."""
    return result("IMP", DAY, length, **more)


def defendant_of(message: Json) -> Json:
    """Return the first defendant of a hearing."""
    found: Json = message["hearing"]["prosecutionCases"][0]["defendants"][0]
    return found


def as_hearing(message: Json) -> Json:
    """Return the public event as it is."""
    return message


SHAPES: dict[str, Callable[[Json], Json]] = {
    "common-platform-hearing": as_hearing,
    "common-platform-police-result": as_police_result,
    "hmpps-hearing": as_copy,
}

"""How a story is told, by the format that names it."""


def in_topic(message: object, **attributes: str) -> Json:
    """Put a message into a topic's notification (SNS), its attributes as the topic writes them."""
    body = message if isinstance(message, str) else as_text(message)
    said = {"messageType": "COMMON_PLATFORM_HEARING", "hearingEventType": "Resulted"} | attributes
    return {
        "Type": "Notification",
        "MessageId": ident("notification", body),
        "TopicArn": "arn:aws:sns:eu-west-2:000000000000:court-cases",
        "Message": body,
        "Timestamp": SENT_AT,
        "MessageAttributes": {
            name: {"Type": "String", "Value": value} for name, value in said.items()
        },
    }


def in_queue(message: object) -> Json:
    """Put a message into a queue's body (SQS)."""
    return {
        "MessageId": ident("queued"),
        "ReceiptHandle": "handle",
        "Body": message if isinstance(message, str) else as_text(message),
        "Attributes": {"SentTimestamp": "1774024265123"},
    }


def as_text(message: object) -> str:
    """Write a message as JSON text."""
    return json.dumps(message, ensure_ascii=False)


def told(message: Json) -> MessageRead:
    """Read a message that must be readable."""
    found = read(as_bytes(message))
    assert found.status == "read", found.problem
    return found


def outcomes(message: Json) -> list[Outcome]:
    """Read a message and decide on everyone in it."""
    return [decide(one.facts).outcome for one in told(message).sentenced]


__all__ = ["as_bytes", "as_copy", "as_police_result", "result"]
