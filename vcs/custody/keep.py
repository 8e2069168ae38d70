"""Keep first: what a system sends is durable before it is answered, and a repeat is one receipt."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access import trail
from vcs.access.clients import custody_actor
from vcs.custody.records import CustodyMessage, CustodyStatus
from vcs.database import insert_once
from vcs.sealing import Sealer
from vcs.tables import table_of

_TABLE = table_of(CustodyMessage)

FILES = "custody-files"
"""The client in whose name an operator loads files."""


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """The receipt of what is durable once the transaction in hand has ended."""

    receipt: str
    already_held: bool


def keep_message(
    session: Session, sealer: Sealer, body: bytes, sender: tuple[str, datetime]
) -> KeptMessage:
    """Keep a body whole and sealed, as a client sent it at a moment. The same again is counted.

    The same again of a message that could not be read, or only in part, is read again.
    """
    client_id, now = sender
    custody_actor(session, client_id)
    content = hashlib.sha256(body).hexdigest()
    row = {
        "receipt": secrets.token_urlsafe(18),
        "content_hash": content,
        "client_id": client_id,
        "received_at": now,
        "body": sealer.seal_packed(body),
        "status": "waiting",
        "repeats": 0,
    }
    session.execute(insert_once(session, _TABLE, "content_hash").values(row))
    query = select(_TABLE.c.receipt).where(_TABLE.c.content_hash == content)
    held = session.execute(query).scalar_one()
    if held == row["receipt"]:
        trail.note(session, trail.Note(now, f"client:{client_id}", "custody.received", held))
        return KeptMessage(held, already_held=False)
    counted = update(_TABLE).where(_TABLE.c.receipt == held)
    session.execute(counted.values(repeats=_TABLE.c.repeats + 1))
    # What could not be read is tried again: the program may have been mended since.
    again = (_TABLE.c.status == str(CustodyStatus.SET_ASIDE), _TABLE.c.body.is_not(None))
    session.execute(counted.where(*again).values(status=str(CustodyStatus.WAITING)))
    return KeptMessage(held, already_held=True)
