"""Signing in and out. One message for every way in which it fails, and the same work done."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from vcs.access import trail
from vcs.access.accounts import normal
from vcs.access.actors import Actor
from vcs.access.emergency.opened import with_what_they_see
from vcs.access.records import Account, SignIn
from vcs.access.signing_in.passwords import fits
from vcs.database import Database
from vcs.errors import NotValid
from vcs.terms import Role

MOST_TRIES = 10

LOCKED_FOR = timedelta(minutes=15)

LONGEST_SIGN_IN = timedelta(hours=12)

_REFUSED = (
    "The email or the password is not right. After ten wrong tries an account is locked for "
    "15 minutes."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed to sign in, and the address that it comes from, where that is known."""

    email: str
    password: str
    source: str = ""


def sign_in(db: Database, typed: Typed, now: datetime) -> SignIn:
    """Sign a person in. Raises NotValid, with one and the same message for every reason.

    While too many passwords are being checked the message is another, for anybody.

    Takes the database itself: a try that failed is counted also though it ends in an error, and
    the slow check of the password holds up no writer.
    """
    with db.reading() as session:
        account = session.exec(select(Account).where(Account.email == normal(typed.email))).first()
    right = fits(typed.password, account.password_hash if account else None, typed.source)
    if account is None:
        raise NotValid(_REFUSED)
    with db.writing() as session:
        begun = _settle(session, account, right=right, now=now)
    if begun is None:
        raise NotValid(_REFUSED)
    return begun


def _settle(session: Session, seen: Account, *, right: bool, now: datetime) -> SignIn | None:
    """Count a wrong try, or begin a sign-in. What was seen is looked at again."""
    held = select(Account).where(Account.id == seen.id).with_for_update()
    account = session.exec(held).one()
    if not account.active or is_locked(account, now):
        return None
    if not right or account.password_hash != seen.password_hash:
        count_wrong_try(session, account, now)
        return None
    account.failed_tries, account.locked_until = 0, None
    session.add(account)
    begun = SignIn(
        id=secrets.token_urlsafe(32), account_id=account.id, epoch=account.epoch, started_at=now
    )
    session.add(begun)
    trail.note(
        session, trail.Note(now, f"account:{account.id}", "signed_in", f"account:{account.id}")
    )
    return begun


def is_locked(account: Account, now: datetime) -> bool:
    """Return whether an account is locked after too many wrong tries."""
    return account.locked_until is not None and now < account.locked_until


def count_wrong_try(session: Session, account: Account, now: datetime) -> None:
    """Count a wrong password; the tenth locks the account."""
    account.failed_tries += 1
    if account.failed_tries >= MOST_TRIES:
        account.failed_tries = 0
        account.locked_until = now + LOCKED_FOR
        trail.note(session, trail.Note(now, "system", "account.locked", f"account:{account.id}"))
    session.add(account)


def signed_in(session: Session, sign_in_id: str, now: datetime) -> Actor | None:
    """Return who a sign-in stands for; None once it ended, grew old, or the account changed."""
    begun = session.get(SignIn, sign_in_id)
    if begun is None or begun.ended_at is not None or now - begun.started_at > LONGEST_SIGN_IN:
        return None
    account = session.get(Account, begun.account_id)
    if account is None or not account.active or account.epoch != begun.epoch:
        return None
    return with_what_they_see(session, actor_of(account), now)


def actor_of(account: Account) -> Actor:
    """Return an account as the one who acts, excluded from nothing yet."""
    return Actor(
        account.id, account.name, Role(account.role), account.region_code, account.police_area
    )


def sign_out(session: Session, sign_in_id: str, now: datetime) -> None:
    """End a sign-in; ending it again, or one that never was, changes nothing."""
    begun = session.get(SignIn, sign_in_id)
    if begun is None or begun.ended_at is not None:
        return
    begun.ended_at = now
    session.add(begun)
    account = f"account:{begun.account_id}"
    trail.note(session, trail.Note(now, account, "signed_out", account))
