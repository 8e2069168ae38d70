"""A form that is sent twice is one action: the second time leads where the first one led."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from vcs.access.records import FormReceipt
from vcs.database import insert_once
from vcs.errors import NotValid
from vcs.tables import table_of

_SHORTEST, _LONGEST = 16, 64

_TABLE = table_of(FormReceipt)


def once(session: Session, token: str, now: datetime) -> str | None:
    """Take a form's token: None the first time, and where it led every time after.

    The row is written at once, so that of two that come together one waits for the other.
    """
    if not _SHORTEST <= len(token) <= _LONGEST:
        raise NotValid("The form is too old. Go back, reload the page and send it again.")
    taken = insert_once(session, _TABLE, "token").values(token=token, used_at=now, result="")
    first = session.execute(taken.returning(_TABLE.c.token)).first()
    return None if first else session.get_one(FormReceipt, token).result


def is_taken(session: Session, token: str) -> bool:
    """Return whether a form with this token was taken before."""
    return session.get(FormReceipt, token) is not None


def settle(session: Session, token: str, result: str) -> None:
    """Keep where a form led, usually a reference."""
    held = session.get(FormReceipt, token)
    if held is not None:
        held.result = result
        session.add(held)
