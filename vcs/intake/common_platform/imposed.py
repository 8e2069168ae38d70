"""The facts of one result that is a sentence: how long it is, and how it runs."""

from __future__ import annotations

import re

from vcs.intake import extended, for_life, lengths
from vcs.intake.common_platform import prompts as asked
from vcs.intake.common_platform.judicial_results import KIND_NOT_KNOWN, Result
from vcs.intake.kinds import (
    has_a_term,
    sequence,
)
from vcs.intake.shapes import Json, flag, part, text
from vcs.law.facts import SentenceFacts
from vcs.law.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Sequence, Term

_FREE = re.compile(
    r"time (?:already )?served|immediate(?:ly)? releas|releas\w* (?:today|forthwith|immediately)",
    re.IGNORECASE,
)


def sentence_of(result: Result) -> SentenceFacts:
    """Return the facts of a result that is a sentence."""
    raw, kind = result.raw, result.kind
    if not isinstance(kind, SentenceKind):
        raise TypeError("this result is no sentence")
    # A length without knowing of what settles nothing: it must not make an unknown result short.
    stated = has_a_term(kind) and not raw.get(KIND_NOT_KNOWN)
    custody = kind in IMMEDIATE_CUSTODY
    custodial, extension = extended.parts_of(kind, result.prompts, text(raw, "resultText"))
    return SentenceFacts(
        kind=kind,
        label=text(raw, "label"),
        result_code=result.code or None,
        terms=terms_of(result) if stated else (),
        sequence=_sequence(result),
        life=custody and _for_life(result),
        days_counted=asked.days_counted(result.prompts) if custody else None,
        released=custody and bool(_FREE.search(text(raw, "resultText"))),
        custodial=custodial,
        extension=extension,
    )


def _for_life(result: Result) -> bool:
    unit = text(part(result.raw, "durationElement"), "primaryDurationUnit").upper()
    if unit.startswith("L") or flag(result.raw, "lifeDuration") is True:
        return True
    if for_life.is_marked(result.prompts, asked.TERMS):
        return True
    return for_life.is_pronounced(text(result.raw, "resultText"))


def terms_of(result: Result) -> tuple[Term, ...]:
    """Return every length stated for this very term; contradictions give several."""
    prompts = result.prompts
    named = (prompts[name] for name in asked.TERMS if name in prompts)
    prompted = next((terms for value in named if (terms := _each(value))), [])
    spoken = lengths.of_sentence(text(result.raw, "resultText"))
    worded = prompted[0] if prompted else spoken
    return lengths.distinct([*_measured(result.raw, worded), *prompted, spoken])


def _each(value: str) -> list[Term]:
    """Read a prompt's value, or every one of values that contradict each other."""
    return [term for one in value.split(asked.BETWEEN) if (term := lengths.of_words(one))]


_PAIRS = tuple(
    (f"{nth}DurationValue", f"{nth}DurationUnit") for nth in ("primary", "secondary", "tertiary")
)


def _measured(result: Json, worded: Term | None) -> list[Term]:
    """Read the pairs of the duration element."""
    element = part(result, "durationElement")
    if not element:
        return []
    pairs = [lengths.of_unit(element.get(value), element.get(unit)) for value, unit in _PAIRS]
    return lengths.of_pairs(pairs, worded)


def _sequence(result: Result) -> Sequence:
    marks, prompts = result.qualifiers, result.prompts
    consecutive = "F" in marks or any(
        name.startswith(asked.CONSECUTIVE) and value.lower() not in ("", "false")
        for name, value in prompts.items()
    )
    concurrent = "C" in marks or prompts.get(asked.CONCURRENT, "").lower() == "true"
    return sequence(consecutive=consecutive, concurrent=concurrent)
