"""What one judicial result states: the words and marks that say what it counts as.

Courts say the same thing many times over, in one message and across them. What is said alike, value
by value, needs to be read only once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vcs.intake.common_platform.results import prompts as asked
from vcs.intake.durations import lengths
from vcs.intake.results.learned import Learned
from vcs.intake.values.shapes import Json, flag, parts, text
from vcs.terms import Term

KIND_NOT_KNOWN = "vcs:kind-not-known"

"""The name of our own mark on a result that no table explains: a person decides on it."""

MEANT = "vcs:meant"

"""The name of our own mark on a result whose code has a meaning that was learned."""

_WORDS = ("label", "resultText")

_PLAIN = (
    *("cjsCode", "judicialResultTypeId", "qualifier", "category", "isConvictedResult"),
    *("lifeDuration", KIND_NOT_KNOWN, MEANT),
)

_PAIRS = tuple(
    (f"{nth}DurationValue", f"{nth}DurationUnit") for nth in ("primary", "secondary", "tertiary")
)

_OF_A_DURATION = tuple(name for pair in _PAIRS for name in pair)

_BRIEF = 400
"""Longer words are somebody's own story: nothing that is read from them is kept in memory."""

Said = tuple[Any, ...]
"""What a result says, as it was sent: its words, its marks, its duration, its prompts.

Two that are equal, and whose values are of the same types, say the same thing.
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a result states. ``prompts`` are those that are read, by their names in letters.

    ``definition`` is in lower case and ``group`` in capitals; ``further`` are the secondary codes.
    ``unit`` is the first unit of its duration in capitals, ``measured`` each pair of it as a term;
    ``has_duration`` says that a duration of any form stands there.
    """

    code: str
    label: str
    words: str
    definition: str
    qualifier: str
    group: str
    convicts: bool | None
    for_life: bool
    has_duration: bool
    unit: str
    measured: tuple[Term | None, ...]
    prompts: tuple[tuple[str, str], ...]
    further: tuple[str, ...]
    not_known: bool
    learned: Learned | None


def said_by(raw: Json) -> Said:
    """Return what a result says. Raises Unreadable for prompts or further codes of no shape."""
    element = raw.get("durationElement")
    duration = map(element.get, _OF_A_DURATION) if isinstance(element, dict) else ()
    return (
        asked.read_prompts(raw),
        _further(raw) if "secondaryCJSCodes" in raw else (),
        bool(element),
        *map(raw.get, _WORDS),
        *map(raw.get, _PLAIN),
        *duration,
    )


def _further(raw: Json) -> tuple[str, ...]:
    return tuple([text(one, "cjsCode") for one in parts(raw, "secondaryCJSCodes")])


def is_brief(said: Said) -> bool:
    """Say whether the words of a result are few, as those are that courts repeat."""
    prompts, label, words = said[0], said[3], said[4]
    prompted = sum([len(value) for _, value in prompts]) if prompts else 0
    return len(str(label)) + len(str(words)) + prompted <= _BRIEF


def stated_by(said: Said) -> Stated:
    """Read what a result says."""
    prompts, further, has_duration, *values = said
    raw = dict(zip((*_WORDS, *_PLAIN, *_OF_A_DURATION), values, strict=False))
    learned = raw[MEANT]
    return Stated(
        code=text(raw, "cjsCode"),
        label=text(raw, "label"),
        words=text(raw, "resultText"),
        definition=text(raw, "judicialResultTypeId").lower(),
        qualifier=text(raw, "qualifier"),
        group=text(raw, "category").upper(),
        convicts=flag(raw, "isConvictedResult"),
        for_life=flag(raw, "lifeDuration") is True,
        has_duration=has_duration,
        unit=text(raw, "primaryDurationUnit").upper(),
        measured=tuple([lengths.of_unit(raw.get(value), raw.get(unit)) for value, unit in _PAIRS]),
        prompts=prompts,
        further=further,
        not_known=bool(raw[KIND_NOT_KNOWN]),
        learned=learned if isinstance(learned, Learned) else None,
    )
