"""The facts of one result that is a sentence: how long it is, and how it runs."""

from __future__ import annotations

import re

from vcs.intake.common_platform.results import prompts as asked
from vcs.intake.common_platform.results.judicial_results import Meaning, Result
from vcs.intake.durations import extended, for_life, lengths
from vcs.intake.results.kinds import has_a_term, sequence
from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Sequence, Term

_FREE = re.compile(
    r"time (?:already )?served|immediate(?:ly)? releas|releas\w* (?:today|forthwith|immediately)",
    re.IGNORECASE,
)


def sentence_of(result: Result) -> SentenceFacts:
    """Return the facts of a result that is a sentence."""
    if not isinstance(result.kind, SentenceKind):
        raise TypeError("this result is no sentence")
    meaning, kind = result.meaning, result.kind
    if kind not in meaning.sentences:
        meaning.sentences[kind] = _sentence(meaning, kind)
    return meaning.sentences[kind]


def _sentence(meaning: Meaning, kind: SentenceKind) -> SentenceFacts:
    stated = meaning.stated
    custody = kind in IMMEDIATE_CUSTODY
    custodial, extension = extended.parts_of(kind, meaning.prompts, stated.words)
    # A length without knowing of what settles nothing: it must not make an unknown result short.
    has_terms = has_a_term(kind) and not stated.not_known
    return SentenceFacts(
        kind=kind,
        label=stated.label,
        result_code=stated.code or None,
        terms=_terms(meaning) if has_terms else (),
        sequence=_sequence(meaning),
        life=custody and _for_life(meaning),
        days_counted=asked.days_counted(meaning.prompts) if custody else None,
        released=custody and bool(_FREE.search(stated.words)),
        custodial=custodial,
        extension=extension,
    )


def _for_life(meaning: Meaning) -> bool:
    stated = meaning.stated
    if stated.unit.startswith("L") or stated.for_life:
        return True
    if for_life.is_marked(meaning.prompts, asked.TERMS):
        return True
    return for_life.is_pronounced(stated.words)


def terms_of(result: Result) -> tuple[Term, ...]:
    """Return every length stated for this very term; contradictions give several."""
    return _terms(result.meaning)


def _terms(meaning: Meaning) -> tuple[Term, ...]:
    stated = meaning.stated
    named = [meaning.prompts[name] for name in asked.TERMS if name in meaning.prompts]
    if any(map(lengths.is_reduced, (*named, stated.words))):
        return ()
    prompted = next((terms for value in named if (terms := _each(value))), [])
    spoken = lengths.of_sentence(stated.words)
    worded = prompted[0] if prompted else spoken
    return lengths.distinct([*lengths.of_pairs(stated.measured, worded), *prompted, spoken])


def _each(value: str) -> list[Term]:
    """Read a prompt's value, or every one of values that contradict each other."""
    return [term for one in value.split(asked.BETWEEN) if (term := lengths.of_words(one))]


def _sequence(meaning: Meaning) -> Sequence:
    marks, prompts = meaning.qualifiers, meaning.prompts
    consecutive = "F" in marks or any(
        name.startswith(asked.CONSECUTIVE) and value.lower() not in ("", "false")
        for name, value in prompts.items()
    )
    concurrent = "C" in marks or prompts.get(asked.CONCURRENT, "").lower() == "true"
    return sequence(consecutive=consecutive, concurrent=concurrent)
