"""Passwords: argon2id, and the same work done for an account that does not exist."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from ipaddress import IPv4Address, IPv6Network, ip_address

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from vcs.errors import NotValid

SHORTEST, LONGEST = 12, 128

MOST_AT_WORK, MOST_AT_ONCE, MOST_OF_ONE_SOURCE = 2, 8, 4
"""Passwords that are checked at one moment, those that wait for it too, and those of them that
come from one address: 64 MB are taken by each, and a thread that a court's message could have."""

_HASHER = PasswordHash.recommended()

_AT_WORK, _AT_ONCE = (threading.BoundedSemaphore(most) for most in (MOST_AT_WORK, MOST_AT_ONCE))

_OF_SOURCE: Counter[str] = Counter()

_COUNTING = threading.Lock()

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


def fits(password: str, password_hash: str | None, source: str = "") -> bool:
    """Say whether a password fits a hash; for no hash, do the same work and say no.

    ``source`` is the address that it comes from, where that is known: one address never takes all
    the room there is. Raises NotValid while more are being checked than there is room for.
    """
    with _place(source), _AT_WORK:
        return _fits(password, password_hash)


@contextmanager
def _place(source: str) -> Iterator[None]:
    network = _network_of(source)
    with _COUNTING:
        of_source = _OF_SOURCE[network] if network else 0
        if of_source >= MOST_OF_ONE_SOURCE or not _AT_ONCE.acquire(blocking=False):
            raise NotValid(_TOO_MANY)
        _OF_SOURCE[network] += 1
    try:
        yield
    finally:
        with _COUNTING:
            _OF_SOURCE[network] -= 1
            if not _OF_SOURCE[network]:
                # Addresses have no end: what nobody comes from any more is not kept.
                del _OF_SOURCE[network]
        _AT_ONCE.release()


def _network_of(source: str) -> str:
    """Return the address that counts as one source: of IPv6 a household or office has 2**64."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv4Address):
        return source
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))


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
