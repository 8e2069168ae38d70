"""What was typed and not sent, kept sealed for its own account.

A form whose sign-in had ended is kept for an hour, a draft that its account left for a week.

A row belongs to one browser, known by a random value in a cookie of which only the digest is
stored, and to the account that the form was shown to. Where that account is not known, the row
goes to the first account that signs in from the browser.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import Session, col, select

from vcs.access.records import KeptForm
from vcs.errors import CannotOpen
from vcs.sealing import Sealer

LIFE = timedelta(hours=1)

DRAFT_LIFE = timedelta(days=7)
"""How long a draft is kept. Ours: it may hold where a victim can be found."""

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
    sealed = _sealed(sealer, place, typed)
    if len(sealed) > LARGEST:
        return False
    remove_old(session, now)
    drop(session, place.browser, place.path)
    _add(session, place, sealed, now, is_draft=False)
    return True


def keep_draft(session: Session, sealer: Sealer, place: Place, typed: Pairs, now: datetime) -> bool:
    """Keep what an account leaves to go on with later, in place of its earlier draft there.

    ``place`` is one of :func:`draft_place`. Returns False for a form that is too large to keep.
    """
    sealed = _sealed(sealer, place, typed)
    if len(sealed) > LARGEST:
        return False
    remove_old(session, now)
    drop_draft(session, place)
    _add(session, place, sealed, now, is_draft=True)
    return True


def draft_place(account_id: int, path: str) -> Place:
    """Return where the draft of an account is kept: it belongs to no browser."""
    return Place(f"draft of account {account_id}", path, account_id)


def draft_at(
    session: Session, sealer: Sealer, place: Place, now: datetime
) -> tuple[Pairs, datetime] | None:
    """Return the draft of an account at an address, and when it was left; None for none."""
    row = session.exec(select(KeptForm).where(*_drafts(place.account_id, now), _at(place))).first()
    typed = _opened(sealer, row, place) if row else None
    return (typed, row.kept_at) if row and typed is not None else None


def drafts_of(session: Session, account_id: int, now: datetime) -> dict[str, datetime]:
    """Return the addresses at which an account left a draft, and when."""
    rows = session.exec(select(KeptForm).where(*_drafts(account_id, now)))
    return {row.path: row.kept_at for row in rows}


def drop_draft(session: Session, place: Place) -> None:
    """Remove the draft of an account at an address."""
    session.execute(delete(KeptForm).where(col(KeptForm.is_draft).is_(True), _at(place)))


def _at(place: Place) -> ColumnElement[bool]:
    return and_(col(KeptForm.browser) == _digest(place.browser), col(KeptForm.path) == place.path)


def _drafts(account_id: int | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(KeptForm.account_id) == account_id,
        col(KeptForm.is_draft).is_(True),
        col(KeptForm.kept_at) > now - DRAFT_LIFE,
    )


def _sealed(sealer: Sealer, place: Place, typed: Pairs) -> bytes:
    content = {"path": place.path, "account": place.account_id, "typed": typed}
    return sealer.seal_json(content)


def _add(session: Session, place: Place, sealed: bytes, now: datetime, *, is_draft: bool) -> None:
    row = KeptForm(
        browser=_digest(place.browser),
        path=place.path,
        account_id=place.account_id,
        sealed=sealed,
        kept_at=now,
        is_draft=is_draft,
    )
    session.add(row)
    session.flush()
    _make_room(session, place.account_id)


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
        _at(place),
        KeptForm.account_id == place.account_id,
        KeptForm.kept_at > now - LIFE,
        col(KeptForm.is_draft).is_(False),
    )
    row = session.exec(query).first()
    return _opened(sealer, row, place) if row and place.account_id is not None else None


def _opened(sealer: Sealer, row: KeptForm, place: Place) -> Pairs | None:
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
        KeptForm.browser == _digest(browser),
        KeptForm.kept_at > now - LIFE,
        col(KeptForm.is_draft).is_(False),
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
    here = _at(Place(browser, path, None))
    session.execute(delete(KeptForm).where(here, col(KeptForm.is_draft).is_(False)))


def remove_old(session: Session, now: datetime) -> int:
    """Remove what was kept for its time. Returns how many forms were removed."""
    kept_at, is_draft = col(KeptForm.kept_at), col(KeptForm.is_draft)
    is_old = or_(
        and_(is_draft.is_(False), kept_at <= now - LIFE),
        kept_at <= now - DRAFT_LIFE,
    )
    old = delete(KeptForm).where(is_old)
    return session.connection().execute(old).rowcount


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode("utf-8")).hexdigest()
