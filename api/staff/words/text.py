"""How pages write a name or a sentence that comes from the program."""

from __future__ import annotations

import re

from api.staff.words.dates import spoken

_DAY_IN_WORDS = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")


def plain(word: str) -> str:
    """Write an identifier of the program as people would say it."""
    return word.replace("-", " ").replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """Write words as a sentence: a capital first, a full stop last, days as people say them."""
    if not text:
        return ""
    text = _DAY_IN_WORDS.sub(lambda found: spoken(found.group()), text)
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[0].upper() + ended[1:]
