"""Notices that a hearing was deleted: at the receiver's address, from the topic, as an event.

The receiver's address carries no body, so what is kept for it is a small message of our own,
``{"hearingDeleted": {"id": …}}``: the same bytes for the same hearing, so that a second delivery
is the same receipt. What a sender puts into the body all the same is kept beside it, unread.
"""

from __future__ import annotations

import json

from vcs.intake.common_platform.envelopes import (
    EVENT_NAME,
    HEARING_EVENT_TYPE,
    MESSAGE_TYPE,
    Envelope,
)
from vcs.intake.values.shapes import Json, Unreadable, part, text

_OURS = "hearingDeleted"
_DELETED_MESSAGE, _DELETED_EVENT = "common_platform_hearing_deleted", "deleted"


def of_deletion(hearing_id: str, sent: bytes = b"") -> bytes:
    """Return what is kept of a deletion told by address alone."""
    notice: dict[str, object] = {"id": hearing_id}
    if sent.strip():
        notice["sent"] = sent.decode("utf-8", "replace")
    return json.dumps({_OURS: notice}, separators=(",", ":")).encode("ascii")


def is_deletion(message: Json, envelope: Envelope) -> bool:
    """Say whether a message, with what its envelope says, tells that a hearing was deleted."""
    if _OURS in message:
        return True
    if envelope.says(MESSAGE_TYPE) == _DELETED_MESSAGE:
        return True
    if envelope.says(HEARING_EVENT_TYPE) == _DELETED_EVENT:
        return True
    told = message.get("_metadata")
    named = text(told, EVENT_NAME) if isinstance(told, dict) else envelope.says(EVENT_NAME)
    return named.lower().endswith("hearing-deleted")


def hearing_deleted(message: Json) -> str:
    """Return the id of the hearing that was deleted. Raises Unreadable where none is named."""
    named = (
        text(part(message, _OURS), "id"),
        text(message, "hearingId"),
        text(part(message, "hearing"), "id"),
        text(message, "id"),
    )
    found = next((one for one in named if one), "")
    if not found:
        raise Unreadable("The notice says that a hearing was deleted, but not which one.")
    return found.lower()


def names_another(message: object, hearing_id: str) -> bool:
    """Say whether a message states the id of another hearing than the address it was sent to."""
    hearing = message.get("hearing") if isinstance(message, dict) else None
    stated = text(hearing, "id") if isinstance(hearing, dict) else ""
    return bool(stated) and stated.lower() != hearing_id.strip().lower()
