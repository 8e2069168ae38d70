"""Sealing: what tells where a victim can be found is never in the database in the clear."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from vcs.errors import NotSetUp


class Sealer:
    """Seals with the newest key and opens with any of them, so that keys can be changed."""

    def __init__(self, keys: str | Iterable[str]) -> None:
        """Take Fernet keys, newest first. Raises NotSetUp for none, or for one of another shape."""
        named = keys.split(",") if isinstance(keys, str) else list(keys)
        try:
            fernets = [Fernet(key.strip()) for key in named if key.strip()]
            self._fernet = MultiFernet(fernets)
        except ValueError:
            raise NotSetUp(
                "VCS_SEALING_KEYS must hold Fernet keys (32 bytes, URL-safe base64), newest first."
            ) from None

    def seal(self, plain: bytes) -> bytes:
        """Return sealed bytes."""
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises NotSetUp where no key fits."""
        try:
            return self._fernet.decrypt(bytes(sealed))
        except InvalidToken:
            raise NotSetUp(
                "Sealed data does not open with the keys given: set the VCS_SEALING_KEYS it was "
                "sealed with."
            ) from None

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
