"""The prompts of a result that are read, by their names in letters alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from vcs.intake import extended, for_life
from vcs.intake.shapes import Json, parts, text

_NOT_LETTERS = re.compile(r"[^a-z]")

_DAYS_COUNTED = re.compile(r"remanddays|daysonremand|taggeddays|daysonbail")

TERMS = (
    "lessertermimposed",
    "imprisonmentperiod",
    "custodyperiod",
    "custodialperiod",
    "detentionperiod",
    "periodofdetentionandtraining",
    "periodofimprisonment",
    "extendedsentenceofimprisonmentterm",
    "extendedsentenceofdetentionterm",
    "termofsentenceofimprisonmentaggregate",
    "originalcustodyterm",
)

BETWEEN = " or "

"""What parts two values of one prompt."""

TOTALS = (
    "totalcustodialperiod",
    "totalimprisonmentperiod",
    "totaldetentionperiod",
    "totaldetentionandtrainingorderperiod",
)

SUSPENDED, CONCURRENT, CONSECUTIVE = "suspendedperiod", "concurrent", "consecutiveto"

_ASKED_FOR = frozenset({*TERMS, *TOTALS, *extended.PROMPTS, SUSPENDED, CONCURRENT})

"""The prompts that are read, with those that count days or say which term a term follows."""


def read_prompts(result: Json) -> tuple[tuple[str, str], ...]:
    """Return the prompts that are read: each reference and label in letters, with its value.

    Two lengths given for one prompt stand side by side, parted by ``BETWEEN``.
    """
    found: dict[str, str] = {}
    for prompt in parts(result, "judicialResultPrompts"):
        for name in ("promptReference", "label"):
            asked = _asked_for(text(prompt, name)[:80])
            # Most prompts are never read: their values are not looked at.
            if not asked:
                continue
            value = _value(prompt)
            if asked in TERMS and found.get(asked, value) != value:
                value = f"{found[asked]}{BETWEEN}{value}"
            found[asked] = value
    return tuple(found.items())


def _value(prompt: Json) -> str:
    """Return a prompt's value as text, a yes or no in words."""
    value = prompt.get("value")
    return str(value).lower() if isinstance(value, bool) else text(prompt, "value")


@lru_cache(maxsize=4096)
def _asked_for(name: str) -> str:
    """Return a prompt's name in letters only; empty for one that nobody reads."""
    letters = _NOT_LETTERS.sub("", name.lower())
    named = letters in _ASKED_FOR or letters.startswith(CONSECUTIVE) or for_life.reads(letters)
    return letters if named or _DAYS_COUNTED.search(letters) else ""


def days_counted(prompts: Mapping[str, str]) -> int | None:
    """Return the days on remand or tagged bail that the court counts, None where none are stated.

    Two prompts with different numbers are added: the larger claim is the careful one.
    """
    stated = [
        int(value[:5])
        for name, value in prompts.items()
        if _DAYS_COUNTED.search(name) and value.isascii() and value.isdigit()
    ]
    return sum(dict.fromkeys(stated)) if stated else None
