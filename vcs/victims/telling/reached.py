"""Whether a text says how somebody is reached: a number in figures or words, an address. Pure."""

from __future__ import annotations

import re
from typing import Final

from vcs.victims.same_person import phone_digits

_FEWEST: Final = 6
"""Digits of a number without its area: people ring each other so in one town."""

_FIGURES: Final = {
    word: figure
    for figure, words in enumerate(
        (
            "zero oh o nought naught dim sero", "one un", "two dau dwy", "three tri tair",
            "four pedwar pedair", "five pump pum", "six chwech", "seven saith", "eight wyth",
            "nine naw",
        )
    )
    for word in words.split()
} | {"hundred": "00", "cant": "00", "gant": "00", "thousand": "000", "mil": "000"}  # fmt: skip
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_AT: Final = re.compile(r"\s*[\[(]?\b(?:at)\b[\])]?\s*", re.IGNORECASE)
_DOT: Final = re.compile(r"\s*[\[(]?\b(?:dot)\b[\])]?\s*", re.IGNORECASE)


def holds_phone(text: str, phone: str) -> bool:
    """Say whether a text has a number, however spaced, in words, or without its area."""
    digits = phone_digits(phone)
    if not digits:
        return False
    runs = _runs(text)
    if digits in "".join(runs):
        return True
    return any(len(one) >= _FEWEST and digits.endswith(one) for one in runs)


def holds_email(text: str, email: str) -> bool:
    """Say whether a text has an email address, also with "at" and "dot" in words."""
    wanted = "".join(email.split()).casefold()
    if not wanted:
        return False
    said = _DOT.sub(".", _AT.sub("@", text))
    return any(wanted in "".join(one.split()).casefold() for one in (text, said))


def _runs(text: str) -> list[str]:
    """Return the digits of a text, those together that only signs part."""
    runs, times = [""], 1
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if word in _TIMES:
            times = _TIMES[word]
            continue
        found = word if word.isdigit() else str(_FIGURES.get(word, ""))
        if found:
            runs[-1] += found * times
        elif runs[-1]:
            runs.append("")
        times = 1
    return [one for one in runs if one]
