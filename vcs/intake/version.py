"""Which reading of messages, and which law, this program holds: one text for both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_READS_AND_DECIDES = ("vcs.law", "vcs.intake")

_COUNTS = (".py", ".csv")


@cache
def law_version() -> str:
    """Return what changes whenever the reading of messages or the law does: a digest of both.

    Too often is harmless, since what comes out the same changes nothing. Kept by hand it would
    be forgotten once, and the correction would not reach the past.
    """
    digest = hashlib.sha256()
    for package in _READS_AND_DECIDES:
        for name, content in sorted(_files(files(package), package)):
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:32]


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_COUNTS):
            yield f"{name}/{entry.name}", entry.read_bytes()
