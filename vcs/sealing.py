"""Sealing: what tells where a victim can be found is never in the database in the clear.

Sealed is AES-256-GCM under a key derived from the newest sealing key: a mark of one byte, a random
nonce of twelve, then what was sealed with its tag. A key is good for 2**32 seals (NIST SP 800-38D,
8.3), far beyond what one office sends. What earlier versions sealed, as Fernet tokens, still opens.
What is large is packed first (Zstandard) and says so by another mark.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vcs.errors import NotSetUp

_MARK, _PACKED = b"\x01", b"\x02"
"""What sealed bytes begin with, as they are or packed: no Fernet token does."""
_NONCE = 12


class Sealer:
    """Seals with the newest key and opens with any of them, so that keys can be changed."""

    def __init__(self, keys: str | Iterable[str]) -> None:
        """Take Fernet keys, newest first. Raises NotSetUp for none, or for one of another shape."""
        parts = keys.split(",") if isinstance(keys, str) else keys
        named = [key.strip() for key in parts if key.strip()]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in named])
        except ValueError:
            raise NotSetUp(
                "VCS_SEALING_KEYS must hold Fernet keys (32 bytes, URL-safe base64), newest first."
            ) from None
        self._ciphers = [_cipher(key) for key in named]

    def seal(self, plain: bytes) -> bytes:
        """Return sealed bytes."""
        return self._seal(plain, _MARK)

    def seal_packed(self, plain: bytes) -> bytes:
        """Pack large bytes and seal them: a court's message is a sixth of its size then."""
        return self._seal(zstandard.compress(plain, level=1), _PACKED)

    def _seal(self, held: bytes, mark: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return mark + nonce + self._ciphers[0].encrypt(nonce, held, mark)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises NotSetUp where no key fits."""
        held = bytes(sealed)
        try:
            mark = held[:1]
            if mark == _PACKED:
                return zstandard.decompress(self._open(held, mark))
            return self._open(held, mark) if mark == _MARK else self._fernet.decrypt(held)
        except (InvalidTag, InvalidToken):
            raise NotSetUp(
                "Sealed data does not open with the keys given: set the VCS_SEALING_KEYS it was "
                "sealed with."
            ) from None

    def _open(self, held: bytes, mark: bytes) -> bytes:
        nonce, rest = held[1 : 1 + _NONCE], held[1 + _NONCE :]
        for cipher in self._ciphers:
            # ValueError: too short to hold a nonce.
            with suppress(InvalidTag, ValueError):
                return cipher.decrypt(nonce, rest, mark)
        raise InvalidTag

    def seal_text(self, text: str) -> bytes:
        """Seal text."""
        return self.seal(text.encode("utf-8"))

    def open_text(self, sealed: bytes) -> str:
        """Open sealed text."""
        return self.open(sealed).decode("utf-8")

    def seal_json(self, value: object) -> bytes:
        """Seal plain values as canonical JSON."""
        return self.seal_text(
            json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        )

    def open_json(self, sealed: bytes) -> Any:
        """Open sealed JSON."""
        return json.loads(self.open_text(sealed))


def _cipher(key: str) -> AESGCM:
    """Derive the cipher of a sealing key, apart from whatever else the key is used for."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"vcs sealing AES-256-GCM")
    return AESGCM(derive.derive(base64.urlsafe_b64decode(key)))
