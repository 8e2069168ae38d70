"""In which format a letter is written: what somebody's own words suggest, and what was chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vcs.terms import Language, LetterFormat, LetterLanguage

# Words that fit none, or several, are for a person to read.
_SUGGESTED_BY: Final[Mapping[LetterFormat, re.Pattern[str]]] = {
    LetterFormat.EASY_READ: re.compile(r"\beasy[ -]?read\b|\bhawdd ei ddeall\b", re.I),
    LetterFormat.LARGE_PRINT: re.compile(r"\blarger? (?:print|text|type)\b|\bprint bras\b", re.I),
    LetterFormat.TEXT: re.compile(
        r"\bscreen[ -]?reader\b|\bplain text\b|\baudio\b|\btestun plaen\b|\bsain\b", re.I
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """How a letter is written. ``format_for`` are the needs because of which a person chose it."""

    language: LetterLanguage
    format: LetterFormat = LetterFormat.STANDARD
    format_for: str = ""

    @classmethod
    def of(cls, how: Written | LetterLanguage | Language) -> Written:
        """Return a language alone as the standard letter in it."""
        return how if isinstance(how, Written) else cls(LetterLanguage(how))


def suggested(needs: str) -> LetterFormat | None:
    """Return the one format that somebody's words ask for; None where they fit none or several."""
    found = [form for form, words in _SUGGESTED_BY.items() if words.search(needs)]
    return found[0] if len(found) == 1 else None
