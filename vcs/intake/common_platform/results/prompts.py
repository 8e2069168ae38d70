"""The prompts of a result that are read, by their names in letters alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from vcs.intake import longer
from vcs.intake.durations import extended, for_life
from vcs.intake.values.shapes import Json, parts, text

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

_LONGEST_NAME = 80

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
        reference, label = prompt.get("promptReference"), prompt.get("label")
        # Most prompts are never read: their values are not looked at.
        for asked in _asked_for(
            reference.strip()[:_LONGEST_NAME] if isinstance(reference, str) else "",
            label.strip()[:_LONGEST_NAME] if isinstance(label, str) else "",
        ):
            value = _value(prompt)
            if asked in TERMS and found.get(asked, value) != value:
                value = f"{found[asked]}{BETWEEN}{value}"
            found[asked] = value
    return tuple(found.items()) if found else ()


def _value(prompt: Json) -> str:
    """Return a prompt's value as text, a yes or no in words."""
    value = prompt.get("value")
    return str(value).lower() if isinstance(value, bool) else text(prompt, "value")


@lru_cache(maxsize=4096)
def _asked_for(*names: str) -> tuple[str, ...]:
    """Return those of a prompt's names that somebody reads, each in letters only."""
    each = [_NOT_LETTERS.sub("", name.lower()) for name in names]
    return tuple([letters for letters in each if _is_read(letters)])


def _is_read(letters: str) -> bool:
    named = letters in _ASKED_FOR or letters.startswith(CONSECUTIVE)
    kind = for_life.reads(letters) or longer.reads(letters)
    return named or kind or bool(_DAYS_COUNTED.search(letters))


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
