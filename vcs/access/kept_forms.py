"""What was typed into a form whose sign-in had ended: kept sealed for an hour, for its own account.

A row belongs to one browser, known by a random value in a cookie of which only the digest is
stored, and to the account that the form was shown to. Where that account is not known, the row
goes to the first account that signs in from the browser.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from vcs.access.records import KeptForm
from vcs.errors import CannotOpen
from vcs.sealing import Sealer

LIFE = timedelta(hours=1)

LARGEST = 64 * 1024
"""The most bytes of one form, as sealed."""

MOST_OF_ONE = 20
"""The most forms of one account. The oldest give way."""

MOST_OF_UNKNOWN = 100
"""The most forms whose account is not known, in all: strangers never crowd out staff."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose form it is and where: the browser's value, the form's address, the account if known."""

    browser: str
    path: str
    account_id: int | None


def keep(session: Session, sealer: Sealer, place: Place, typed: Pairs, now: datetime) -> bool:
    """Keep what was typed, in place of what this browser left at the same address before.

    Returns False for a form that is too large to keep.
    """
    content = {"path": place.path, "account": place.account_id, "typed": typed}
    sealed = sealer.seal_json(content)
    if len(sealed) > LARGEST:
        return False
    remove_old(session, now)
    drop(session, place.browser, place.path)
    row = KeptForm(
        browser=_digest(place.browser),
        path=place.path,
        account_id=place.account_id,
        sealed=sealed,
        kept_at=now,
    )
    session.add(row)
    session.flush()
    _make_room(session, place.account_id)
    return True


def _make_room(session: Session, account_id: int | None) -> None:
    """Remove the oldest forms of one account, or of unknown accounts, beyond what is kept."""
    most = MOST_OF_UNKNOWN if account_id is None else MOST_OF_ONE
    newest = select(KeptForm.id).where(col(KeptForm.account_id).is_not_distinct_from(account_id))
    over = session.exec(newest.order_by(col(KeptForm.id).desc()).offset(most)).all()
    if over:
        session.execute(delete(KeptForm).where(col(KeptForm.id).in_(over)))


def typed_before(session: Session, sealer: Sealer, place: Place, now: datetime) -> Pairs | None:
    """Return what an account typed at an address in this browser; None if nothing is kept."""
    query = select(KeptForm).where(
        KeptForm.browser == _digest(place.browser),
        KeptForm.path == place.path,
        KeptForm.account_id == place.account_id,
        KeptForm.kept_at > now - LIFE,
    )
    row = session.exec(query).first()
    if row is None or place.account_id is None:
        return None
    try:
        content = sealer.open_json(row.sealed)
    except CannotOpen:
        return None
    # Checked inside the seal too: a row whose owner was changed in the database opens for nobody.
    if content["path"] != place.path or content["account"] not in (None, place.account_id):
        return None
    return tuple((name, text) for name, text in content["typed"])


def owners(session: Session, browser: str, now: datetime) -> set[int | None]:
    """Return the accounts that something is kept for in this browser; None stands for unknown."""
    query = select(KeptForm.account_id).where(
        KeptForm.browser == _digest(browser), KeptForm.kept_at > now - LIFE
    )
    return set(session.exec(query))


def claim(session: Session, browser: str, account_id: int) -> None:
    """Give what nobody is known to have typed in this browser to the account that signs in."""
    unknown = update(KeptForm).where(
        col(KeptForm.browser) == _digest(browser), col(KeptForm.account_id).is_(None)
    )
    session.execute(unknown.values(account_id=account_id))


def drop(session: Session, browser: str, path: str) -> None:
    """Remove what this browser left at an address."""
    session.execute(
        delete(KeptForm).where(
            col(KeptForm.browser) == _digest(browser), col(KeptForm.path) == path
        )
    )


def remove_old(session: Session, now: datetime) -> int:
    """Remove what was kept for its time. Returns how many forms were removed."""
    old = delete(KeptForm).where(col(KeptForm.kept_at) <= now - LIFE)
    return session.connection().execute(old).rowcount


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode("utf-8")).hexdigest()
