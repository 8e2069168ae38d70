"""Versions of what several people may change: whoever saves names the version that they saw."""

from __future__ import annotations

import hashlib
import json

from vcs.errors import Overtaken


def version_of(*held: object) -> str:
    """Return the version of what is held: another one wherever any of it is another."""
    return hashlib.sha256(json.dumps(held, default=str).encode()).hexdigest()[:32]


def require_version(seen: str, version: str) -> None:
    """Raise Overtaken unless the version that somebody saw is the one held now.

    The caller holds the row, or the lock, that everybody who changes it holds.
    """
    if seen != version:
        raise Overtaken
