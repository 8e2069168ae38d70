"""Messages of courts and witness care in the canonical dump."""

from __future__ import annotations

from typing import Any

from vcs.intake.records import CourtMessage, MessageStatus
from vcs.partners.records import ReferralRequest

_OVERTAKEN = (MessageStatus.READ, MessageStatus.OLDER_THAN_HELD)

Plain = dict[str, Any]


def message_dumped(message: CourtMessage) -> Plain:
    """Return a message. Whether it was read before or after a newer one leaves no trace."""
    status = MessageStatus.READ if message.status in _OVERTAKEN else message.status
    return {
        "content": message.content_hash,
        "status": str(status),
        "format": message.format,
        "problem": message.problem,
    }


def request_dumped(request: ReferralRequest) -> Plain:
    """Return a request as a digest of what it asks."""
    return {"kind": request.kind, "status": request.status, "content": request.content_hash}
