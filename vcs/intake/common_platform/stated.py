"""What one judicial result states, as plain values: the words and marks that say what it counts as.

Courts say the same thing many times over, in one message and across them. As a value that can be
compared, what is stated alike needs to be read only once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from vcs.intake import lengths
from vcs.intake.common_platform import prompts as asked
from vcs.intake.learned import Learned
from vcs.intake.shapes import Json, flag, parts, text
from vcs.terms import Term

KIND_NOT_KNOWN = "vcs:kind-not-known"

"""The name of our own mark on a result that no table explains: a person decides on it."""

MEANT = "vcs:meant"

"""The name of our own mark on a result whose code has a meaning that was learned."""


BRIEF = 400

"""Longer words are somebody's own story: nothing that is read from them is kept in memory."""


class Duration(NamedTuple):
    """The duration element of a result: the first unit in capitals, and each pair as a term."""

    unit: str
    measured: tuple[Term | None, ...]


class Stated(NamedTuple):
    """What a result states. ``prompts`` are those that are read, by their names in letters.

    ``definition`` is in lower case and ``group`` in capitals; ``further`` are the secondary codes.
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
    duration: Duration | None
    prompts: tuple[tuple[str, str], ...]
    further: tuple[str, ...]
    not_known: bool
    learned: Learned | None

    @property
    def is_brief(self) -> bool:
        """Say whether its words are few, as those are that courts repeat."""
        prompted = sum([len(value) for _, value in self.prompts])
        return len(self.label) + len(self.words) + prompted <= BRIEF


def stated_by(raw: Json) -> Stated:
    """Read what a result states. Raises Unreadable for prompts or further codes of no shape."""
    learned, element = raw.get(MEANT), raw.get("durationElement")
    return Stated(
        code=text(raw, "cjsCode"),
        label=text(raw, "label"),
        words=text(raw, "resultText"),
        definition=text(raw, "judicialResultTypeId").lower(),
        qualifier=text(raw, "qualifier"),
        group=text(raw, "category").upper(),
        convicts=flag(raw, "isConvictedResult"),
        for_life=flag(raw, "lifeDuration") is True,
        has_duration=bool(element),
        duration=_duration(element) if element else None,
        prompts=asked.read_prompts(raw),
        further=_further(raw) if "secondaryCJSCodes" in raw else (),
        not_known=bool(raw.get(KIND_NOT_KNOWN)),
        learned=learned if isinstance(learned, Learned) else None,
    )


def _further(raw: Json) -> tuple[str, ...]:
    return tuple([text(one, "cjsCode") for one in parts(raw, "secondaryCJSCodes")])


_PAIRS = tuple(
    (f"{nth}DurationValue", f"{nth}DurationUnit") for nth in ("primary", "secondary", "tertiary")
)


def _duration(element: Any) -> Duration | None:
    if not isinstance(element, dict):
        return None
    measured = [lengths.of_unit(element.get(value), element.get(unit)) for value, unit in _PAIRS]
    return Duration(text(element, "primaryDurationUnit").upper(), tuple(measured))
