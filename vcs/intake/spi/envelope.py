"""What comes around an SPI message: ``DeliverRequest``, ``RouteData``, or nothing at all.

``RouteData`` holds the message as escaped text; a SOAP envelope may hold a ``RouteData`` so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vcs.intake.spi.tree import CARRIERS, Node, local, parse_text
from vcs.intake.values.days import EARLIEST, LATEST
from vcs.intake.values.shapes import Unreadable

RESULTED, NEW_CASE = "ResultedCaseMessage", "NewCaseMessage"
VERSION = "0.6g"
"""The one version of the schema that these messages are read by."""
_FLOWS = {RESULTED: "ResultedCasesForThePolice", NEW_CASE: "NewCasesFromThePolice"}
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """The messages found in an envelope, and when it says they were made."""

    resulted: tuple[Node, ...]
    new_cases: tuple[Node, ...]
    made_at: datetime | None


def opened(root: Node) -> Opened:
    """Open an envelope. Raises Unreadable where there is no SPI message in it."""
    found = list(_all_parts(root, 0))
    messages = [node for node in found if local(node) in _FLOWS]
    for message in messages:
        _check(message)
    if not messages:
        raise Unreadable("This XML is not a court message that can be read.")
    resulted = tuple(one for one in messages if one.name == RESULTED)
    new_cases = tuple(one for one in messages if one.name == NEW_CASE)
    return Opened(resulted, new_cases, _made_at(found))


def _all_parts(node: Node, level: int) -> Iterator[Node]:
    """Yield every part of an envelope and each message in it, but not what is inside a message."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        if local(found) in _FLOWS:
            continue
        waiting.extend(reversed(found.children))
        if found.text.startswith("<") and local(found) in CARRIERS:
            if level == _DEEPEST:
                raise Unreadable("The message stands inside too many envelopes.")
            yield from _all_parts(parse_text(found.text), level + 1)


def _check(message: Node) -> None:
    """Refuse a message of another namespace, flow or version: its words may mean other things."""
    if message.name not in _FLOWS:
        raise Unreadable("The message is not in the namespace of SPI messages.")
    stated = message.attributes
    if stated.get("Flow", _FLOWS[message.name]) != _FLOWS[message.name]:
        raise Unreadable("The message names another flow than its own.")
    if stated.get("SchemaVersion", VERSION) != VERSION:
        raise Unreadable("The message names another version of the SPI schema than the one read.")


def _made_at(parts: list[Node]) -> datetime | None:
    """Return the moment in the envelope's own head, where it says its time zone."""
    stated = {local(one): one.text for one in parts if not one.children}
    day, time = stated.get("Dated", ""), stated.get("Timed", "")
    for words in (stated.get("CreationDateTime", ""), f"{day}T{time}"):
        try:
            found = datetime.fromisoformat(words)
        except ValueError:
            continue
        if found.tzinfo and EARLIEST.year <= found.year <= LATEST.year:
            return found
    return None
