"""Passwords: argon2id, and the same work done for an account that does not exist."""

from __future__ import annotations

import secrets
import threading
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from vcs.errors import NotValid

SHORTEST, LONGEST = 12, 128

MOST_AT_WORK, MOST_AT_ONCE = 2, 8
"""Passwords that are checked at one moment, and those that wait for it too: 64 MB are taken by
each, and a thread that a court's message could have."""

_HASHER = PasswordHash.recommended()

_AT_WORK, _AT_ONCE = (threading.BoundedSemaphore(most) for most in (MOST_AT_WORK, MOST_AT_ONCE))

_TOO_MANY = "Too many people are signing in at this moment. Wait a minute, then try again."


def password_problem(password: str) -> str | None:
    """Say what is wrong with a new password, or None."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"Enter a password of {SHORTEST} to {LONGEST} characters"
    if len(set(password)) < 5:
        return "Enter a password that is harder to guess"
    return None


def hash_of(password: str) -> str:
    """Return the argon2id hash of a password, with its own salt."""
    return _HASHER.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Say whether a password fits a hash; for no hash, do the same work and say no.

    Raises NotValid while more are being checked than there is room for.
    """
    if not _AT_ONCE.acquire(blocking=False):
        raise NotValid(_TOO_MANY)
    try:
        with _AT_WORK:
            return _fits(password, password_hash)
    finally:
        _AT_ONCE.release()


def _fits(password: str, password_hash: str | None) -> bool:
    held = password_hash or _hash_of_nothing()
    if len(password) > LONGEST:
        password = ""
    try:
        return _HASHER.verify(password, held) and password_hash is not None
    except PwdlibError:
        return False


@cache
def _hash_of_nothing() -> str:
    return hash_of(secrets.token_urlsafe(32))
