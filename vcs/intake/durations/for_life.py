"""Marks that custody is for life, wherever a court message may put one: no length is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_YES = frozenset({"true", "yes", "y", "1", "life"})

_WHOLE = re.compile(r"total\w*life")

_OWN = re.compile(r"(?:is|for|in)life|lifesentence|lifeimprisonment|custodyforlife|wholelifeorder")

_NO_SENTENCE = re.compile(r"disqualif|licen[cs]e|ban")

_CUSTODY = r"(?:imprison\w*|prison|custody|detention|detained|sentenced?|institution)"

_PRONOUNCED = re.compile(
    rf"\b{_CUSTODY}\b[^.;:\d]{{0,40}}?\bfor (?:the (?:rest|term) of \w+ (?:natural )?)?life\b|"
    r"^\W*(?:\w{2,10} - )?(?:(?:mandatory|discretionary|automatic) )?"
    r"life (?:imprisonment|sentence|custody)\b|"
    r"\b(?:sentenced|committed) to (?:a )?(?:mandatory |discretionary )?life\b",
    re.IGNORECASE,
)

_WHOLE_PRONOUNCED = re.compile(
    r"\btotal\b[^.;:\d]{0,40}?\b(?:custod\w*|imprisonment|detention|sentence|term|period)\b"
    r"[^.;:\d]{0,20}?\b(?:is|of|for|:)?\s*life\b",
    re.IGNORECASE,
)


def reads(name: str) -> bool:
    """Say whether a prompt, by its name in letters, marks life."""
    return bool((_WHOLE.search(name) or _OWN.search(name)) and not _NO_SENTENCE.search(name))


def is_marked(prompts: Mapping[str, str], terms: tuple[str, ...]) -> bool:
    """Say whether a prompt marks this very sentence as for life; ``terms`` are those of lengths."""
    for name, value in prompts.items():
        said = value.strip().lower()
        if name in terms and said == "life":
            return True
        if said in _YES and reads(name) and not _WHOLE.search(name):
            return True
    return False


def is_whole(prompts: Mapping[str, str], totals: tuple[str, ...]) -> bool:
    """Say whether a prompt states that the whole of several sentences is life."""
    for name, value in prompts.items():
        said = value.strip().lower()
        if name in totals and said == "life":
            return True
        if said in _YES and _WHOLE.search(name) and reads(name):
            return True
    return False


def is_pronounced(words: str) -> bool:
    """Say whether the court's words send somebody to custody for life."""
    return "life" in words.lower() and bool(_PRONOUNCED.search(words))


def is_pronounced_whole(words: str) -> bool:
    """Say whether the court's words state that the whole is life."""
    return "life" in words.lower() and bool(_WHOLE_PRONOUNCED.search(words))
