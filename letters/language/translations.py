"""The Welsh of every letter: message catalogues that a translator can open, one for each letter.

``locale/cy/KIND.po`` holds the words of one letter, ``layout.po`` those that all share. A message
with no Welsh, or marked fuzzy, is an error and never falls back to English.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from letters import LetterRefused

LOCALE: Final = Path(__file__).parents[1] / "locale"

SHARED: Final = "layout"


class NoWelsh(LetterRefused):
    """A letter whose Welsh is not complete. The message names the letter and the English words."""


def welsh_file(kind: str) -> Path:
    """Return where the Welsh of a letter lies, or of what letters share."""
    return LOCALE / "cy" / f"{kind}.po"


def catalogue_of(path: Path) -> Catalog:
    """Read one message catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale="cy")


@cache
def _messages(kind: str) -> Mapping[str, str]:
    path = welsh_file(kind)
    if not path.exists():
        return {}
    held = (message for message in catalogue_of(path) if message.id and not message.fuzzy)
    return {str(message.id): str(message.string) for message in held if message.string}


def welsh(kind: str, english: str) -> str:
    """Return the Welsh of a message of a letter. Raises NoWelsh where there is none."""
    found = _messages(kind).get(english) or _messages(SHARED).get(english)
    if found is None:
        raise NoWelsh(f"The letter “{kind}” has no Welsh yet for: {english}")
    return found


def welsh_version(kind: str) -> str:
    """Return a mark of the Welsh of a letter, for whoever signs it off: it changes with it."""
    files = (welsh_file(kind), welsh_file(SHARED))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]
