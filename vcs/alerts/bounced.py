"""An email that a server took and another one sent back: its reader has not had it.

A mail server says so later, in a report of its own to the address that our emails come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from typing import Final

from sqlmodel import Session, col, select

from vcs.alerts.deliver import Copy, give_up
from vcs.alerts.digest.write import untake
from vcs.alerts.records import AlertDelivery, AlertRecord

MOST_BYTES: Final = 1_000_000
"""So much of a report is read: what it reports of stands at its beginning."""

_OURS = re.compile(r"<([a-z0-9-]{10,80})(?:\.(\d{1,9}))?@[^<>\s]+>")

_CODE = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Bounce:
    """Which of our emails came back, from whom, and the server's code (RFC 3463).

    ``account_id`` is None for an email to a witness care unit.
    """

    message_id: str
    account_id: int | None
    code: str


def read_bounce(report: bytes) -> Bounce | None:
    """Return what a report of a mail server says (RFC 3464).

    None for one that only says that it tries on, and for whatever is no report about an email of
    ours.
    """
    message = message_from_bytes(report[:MOST_BYTES])
    failed = [one for one in _fields(message) if _word(one, "Action") == "failed"]
    ours = next((found for part in _originals(message) if (found := _OURS.search(part))), None)
    if not failed or ours is None:
        return None
    code = _CODE.search(_word(failed[0], "Status"))
    return Bounce(ours[1], int(ours[2]) if ours[2] else None, code[0] if code else "no code")


def record_bounce(session: Session, bounce: Bounce, now: datetime) -> bool:
    """Record that a copy came back: its reader counts as refused for good, and the next rung hears.

    Returns whether it was news: not where there is no such copy, or it is known not to be read.
    """
    query = select(AlertRecord).where(AlertRecord.message_id == bounce.message_id)
    alert = session.exec(query.with_for_update()).first()
    if alert is None or bounce.account_id is None:
        return False
    copies = select(AlertDelivery).where(
        AlertDelivery.alert_id == alert.id,
        AlertDelivery.account_id == bounce.account_id,
        col(AlertDelivery.sent_at).is_not(None),
    )
    copy = session.exec(copies.with_for_update()).first()
    if copy is None:
        return False
    copy.sent_at = alert.sent_at = None
    alert.next_try_at = now
    session.add_all((copy, alert))
    session.flush()
    untake(session, alert.id)
    give_up(session, Copy(alert.id, bounce.account_id), f"It came back ({bounce.code}).", now)
    return True


def _fields(message: Message) -> Iterator[Message]:
    """Yield what a report says of each recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))


def _originals(message: Message) -> Iterator[str]:
    """Yield the Message-ID of each email that a report holds, whole or its headers alone."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            yield from (
                _word(one, "Message-ID") for one in part.get_payload() if isinstance(one, Message)
            )
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield _word(message_from_bytes(content), "Message-ID")


def _word(message: Message, header: str) -> str:
    return str(message.get(header, "")).strip()
