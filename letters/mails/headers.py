"""The policy by which emails are written: headers that every email repeats are parsed once."""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import SMTP
from functools import cache, lru_cache
from typing import Any, Final

_THE_SAME_IN_EVERY_EMAIL: Final = (
    "auto-submitted",
    "content-transfer-encoding",
    "content-type",
    "mime-version",
)
"""Only these: a subject or an address is not kept beyond its email."""

_KEPT = 64


class _Headers(HeaderRegistry):
    """Makes headers as the standard library does, which makes a class for each header anew."""

    @cache  # noqa: B019 - there is one registry, for as long as the program runs
    def __getitem__(self, name: str) -> type[BaseHeader]:
        """Return the class of a header's name."""
        return super().__getitem__(name)

    def __call__(self, name: str, value: Any) -> BaseHeader:
        """Return a header. It is never changed, so emails may share one."""
        if name.lower() in _THE_SAME_IN_EVERY_EMAIL and isinstance(value, str):
            return self._kept(name, str(value))
        return super().__call__(name, value)

    @lru_cache(maxsize=_KEPT)  # noqa: B019 - there is one registry
    def _kept(self, name: str, value: str) -> BaseHeader:
        return super().__call__(name, value)


POLICY: Final = SMTP.clone(header_factory=_Headers())
