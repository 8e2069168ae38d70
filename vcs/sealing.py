"""Sealing: what tells where a victim can be found is never in the database in the clear.

A sealed value is AES-256-GCM under a key derived from the newest sealing key: a mark of one byte,
the four-byte name of the key, a random nonce of twelve, then the ciphertext with its tag. Mark and
name are authenticated too. A key is good for 2**32 seals (NIST SP 800-38D, 8.3), far beyond what
one office sends. Large values are packed first (Zstandard), which another mark says.

What earlier versions sealed still opens: AES-256-GCM without a key's name, and Fernet tokens.
"""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vcs.errors import CannotOpen, NotSetUp

_T = TypeVar("_T")
_UNNAMED, _UNNAMED_PACKED, _MARK, _PACKED = b"\x01", b"\x02", b"\x03", b"\x04"
"""The first byte of a sealed value. No Fernet token begins with one of them."""
_NAME, _NONCE = 4, 12
HEAD = 1 + _NAME
"""How many bytes at the beginning of a sealed value say which key sealed it."""
_LOOK_EVERY_SECONDS = 1.0
UNOPENED = "Cannot be opened"
"""What a page shows in place of a value that no key opens."""


@dataclass(frozen=True, slots=True)
class _Key:
    """One sealing key. ``name`` is derived from it and gives nothing of it away."""

    name: bytes
    cipher: AESGCM
    fernet: Fernet
    digest: bytes


def key_name(key: str) -> str:
    """Return the name of a key: eight hexadecimal digits, for people and for the database."""
    return _derived(key, b"vcs sealing key name", _NAME).hex()


def shown(open_value: Callable[[bytes], _T], sealed: bytes, instead: _T) -> _T:
    """Open one value of a list, or return ``instead``: one bad value never hides the others."""
    try:
        return open_value(sealed)
    except CannotOpen:
        return instead


class Sealer:
    """Seals with the newest key and opens with any of them, so that keys can be changed."""

    def __init__(
        self, keys: str | Iterable[str], renewed: Callable[[], str | None] | None = None
    ) -> None:
        """Take Fernet keys, newest first. Raises NotSetUp for none, or for one of another shape.

        ``renewed`` returns the keys again where they have changed since it was last asked, else
        None. It lets a running process follow a rotation.
        """
        self._ring = _ring(keys)
        self._renewed, self._looked_at = renewed, time.monotonic()
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of each key, newest first."""
        return tuple(key.name.hex() for key in self._ring)

    @property
    def heads(self) -> tuple[bytes, bytes]:
        """Return the two ways in which a value sealed under the newest key begins."""
        name = self._ring[0].name
        return _MARK + name, _PACKED + name

    def seal(self, plain: bytes) -> bytes:
        """Return sealed bytes."""
        return self._seal(plain, _MARK)

    def seal_packed(self, plain: bytes) -> bytes:
        """Pack large bytes and seal them: a court's message is a sixth of its size then."""
        return self._seal(zstandard.compress(plain, level=1), _PACKED)

    def _seal(self, plain: bytes, mark: bytes) -> bytes:
        if time.monotonic() - self._looked_at > _LOOK_EVERY_SECONDS:
            self._look_again()
        key, nonce = self._ring[0], os.urandom(_NONCE)
        head = mark + key.name
        return head + nonce + key.cipher.encrypt(nonce, plain, head)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises CannotOpen where no key fits or the value is damaged."""
        value = bytes(sealed)
        plain = self._decrypt(value)
        if value[:1] not in (_PACKED, _UNNAMED_PACKED):
            return plain
        try:
            return zstandard.decompress(plain)
        except zstandard.ZstdError:
            raise CannotOpen from None

    def opens(self, sealed: bytes) -> bool:
        """Say whether a value opens."""
        try:
            self._decrypt(bytes(sealed))
        except CannotOpen:
            return False
        return True

    def seal_anew(self, sealed: bytes) -> bytes:
        """Return a value sealed again under the newest key. Raises CannotOpen."""
        value = bytes(sealed)
        is_packed = value[:1] in (_PACKED, _UNNAMED_PACKED)
        return self._seal(self._decrypt(value), _PACKED if is_packed else _MARK)

    def digests(self, text: str) -> dict[str, str]:
        """Return the HMAC-SHA-256 of a text under each key, by its name, newest first.

        For finding what is sealed by something that is equal, without opening it.
        """
        return {key.name.hex(): _digest(key.digest, text) for key in self._ring}

    def _decrypt(self, value: bytes) -> bytes:
        plain = _decrypt(self._ring, value)
        if plain is None and self._look_again():
            plain = _decrypt(self._ring, value)
        if plain is None:
            raise CannotOpen
        return plain

    def _look_again(self) -> bool:
        """Take up keys that were changed meanwhile; say whether there were any."""
        with self._lock:
            self._looked_at = time.monotonic()
            keys = self._renewed() if self._renewed else None
            if keys:
                self._ring = _ring(keys)
            return bool(keys)

    def seal_text(self, text: str) -> bytes:
        """Seal text."""
        return self.seal(text.encode("utf-8"))

    def open_text(self, sealed: bytes) -> str:
        """Open sealed text. Raises CannotOpen."""
        try:
            return self.open(sealed).decode("utf-8")
        except UnicodeDecodeError:
            raise CannotOpen from None

    def seal_json(self, value: object) -> bytes:
        """Seal plain values as canonical JSON."""
        return self.seal_text(
            json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        )

    def open_json(self, sealed: bytes) -> Any:
        """Open sealed JSON. Raises CannotOpen."""
        try:
            return json.loads(self.open_text(sealed))
        except ValueError:
            raise CannotOpen from None


def _ring(keys: str | Iterable[str]) -> tuple[_Key, ...]:
    parts = keys.split(",") if isinstance(keys, str) else keys
    given = [key.strip() for key in parts if key.strip()]
    try:
        ring = tuple(_key(key) for key in given)
    except ValueError:
        ring = ()
    if not ring:
        raise NotSetUp(
            "VCS_SEALING_KEYS must hold Fernet keys (32 bytes, URL-safe base64), newest first."
        )
    return ring


def _key(key: str) -> _Key:
    fernet = Fernet(key)
    cipher = AESGCM(_derived(key, b"vcs sealing AES-256-GCM", 32))
    digest = _derived(key, b"vcs sealing digests HMAC-SHA-256", 32)
    return _Key(bytes.fromhex(key_name(key)), cipher, fernet, digest)


def _digest(key: bytes, text: str) -> str:
    made = HMAC(key, SHA256())
    made.update(text.encode("utf-8"))
    return made.finalize().hex()


def _derived(key: str, purpose: bytes, length: int) -> bytes:
    """Derive bytes for one purpose from a sealing key, apart from every other use of it."""
    derive = HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose)
    return derive.derive(base64.urlsafe_b64decode(key))


def _decrypt(ring: tuple[_Key, ...], value: bytes) -> bytes | None:
    mark = value[:1]
    if mark in (_MARK, _PACKED):
        head, named = value[:HEAD], value[1:HEAD]
        ciphers = [key.cipher for key in ring if key.name == named]
        return _by_any(ciphers, value[HEAD:], head)
    if mark in (_UNNAMED, _UNNAMED_PACKED):
        return _by_any([key.cipher for key in ring], value[1:], mark)
    for key in ring:
        try:
            return key.fernet.decrypt(value)
        except InvalidToken:
            continue
    return None


def _by_any(ciphers: Iterable[AESGCM], rest: bytes, head: bytes) -> bytes | None:
    for cipher in ciphers:
        try:
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head)
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            continue
    return None
