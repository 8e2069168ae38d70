"""Passwords: argon2id, and the same work done for an account that does not exist."""

from __future__ import annotations

import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

SHORTEST, LONGEST = 12, 128

_HASHER = PasswordHash.recommended()


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
    """Say whether a password fits a hash; for no hash, do the same work and say no."""
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
