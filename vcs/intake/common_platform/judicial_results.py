"""One Common Platform judicial result: what was imposed, how long, and how it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from vcs.intake import lengths, result_tables
from vcs.intake.kinds import (
    CUSTODY_WORDS,
    NOT_CUSTODY_WORDS,
    REFINES,
    UNCODED,
    by_short_code,
    by_words,
    has_a_term,
    refined,
    sequence,
)
from vcs.intake.result_tables import NOT_A_SENTENCE, NOTIFICATION, Kind
from vcs.intake.shapes import Json, flag, part, parts, text
from vcs.law.facts import SentenceFacts
from vcs.law.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Sequence, Term

_NOT_LETTERS = re.compile(r"[^a-z]")
_DAYS_COUNTED = re.compile(r"remanddays|daysonremand|taggeddays|daysonbail")
_FREE = re.compile(
    r"time (?:already )?served|immediate(?:ly)? releas|releas\w* (?:today|forthwith|immediately)",
    re.IGNORECASE,
)
_PRONOUNCED_SUSPENDED = re.compile(
    r"\b(?:year|month|week|day)s?,? (?:wholly |to be |is |and )?suspended for\b", re.IGNORECASE
)
_TERM_PROMPTS = (
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
KIND_NOT_KNOWN = "vcs:kind-not-known"
"""The name of our own mark on a result that no table explains: a person decides on it."""
_RESULTS = "judicialResults"
_TOTAL_PROMPTS = ("totalcustodialperiod", "totalimprisonmentperiod")


def is_deleted(result: Json) -> bool:
    """Say whether a re-share struck this result out."""
    return flag(result, "isDeleted") is True


def results_in(value: object) -> Iterator[dict[str, Any]]:
    """Yield every judicial result, wherever it lies; without recursion, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found = one.get(_RESULTS)
            if isinstance(found, list):
                yield from (result for result in found if isinstance(result, dict))
            waiting.extend(inner for name, inner in one.items() if name != _RESULTS)


def kind_of(result: Json) -> Kind:
    """Return what a result is: a kind of sentence, or a mark of :mod:`result_tables`."""
    if result.get(KIND_NOT_KNOWN):
        return SentenceKind.UNKNOWN
    code = text(result, "cjsCode")
    base = result_tables.BY_CJS_CODE.get(code)
    if code == UNCODED and CUSTODY_WORDS.search(text(result, "resultText")):
        return SentenceKind.UNKNOWN
    if base is None:
        return _as_pronounced(result, _without_a_code(result, _defined(result), code))
    if not isinstance(base, SentenceKind) or base not in REFINES:
        return base
    return _as_pronounced(result, _refined(result, base, code))


def _as_pronounced(result: Json, kind: Kind) -> Kind:
    """Custody that the court's own words say is suspended is unknown: a person must read it."""
    at_once = kind in IMMEDIATE_CUSTODY and kind is not SentenceKind.SUSPENDED_ACTIVATED
    suspended = at_once and _PRONOUNCED_SUSPENDED.search(text(result, "resultText"))
    return SentenceKind.UNKNOWN if suspended else kind


def _defined(result: Json) -> tuple[str, Kind] | None:
    """Find the definition by its id, by the short code that opens the text, or by its label."""
    return (
        _by_label(result)
        or result_tables.BY_DEFINITION.get(text(result, "judicialResultTypeId").lower())
        or by_short_code(text(result, "resultText"))
    )


def _by_label(result: Json) -> tuple[str, Kind] | None:
    return result_tables.BY_LABEL.get(text(result, "label").lower())


def named_kinds(result: Json) -> list[Kind]:
    """Return what the label and the short code that opens the text are, where a table has them."""
    found = (_by_label(result), by_short_code(text(result, "resultText")))
    return [one[1] for one in found if one]


def _refined(result: Json, base: SentenceKind, code: str) -> Kind:
    """Refine a sentence by qualifier, definition and words; a contradiction is unknown."""
    words = by_words(text(result, "label")[:200])
    suspended = "suspendedperiod" in _prompts(result)
    defined = _defined(result)
    return refined(base, code, words, qualifiers(result), defined, suspended=suspended)


def _without_a_code(result: Json, defined: tuple[str, Kind] | None, code: str) -> Kind:
    """Decide without a known CJS code: by definition, by words, else unknown if it may sentence."""
    if defined and not code:
        return defined[1]
    label = text(result, "label")
    if NOT_CUSTODY_WORDS.search(label) and not defined:
        return NOT_A_SENTENCE
    if CUSTODY_WORDS.search(label):
        return by_words(label[:200]) or SentenceKind.UNKNOWN if not code else SentenceKind.UNKNOWN
    final = text(result, "category").upper() in ("", "FINAL")
    may_sentence = bool(code) or flag(result, "isConvictedResult") is True
    return SentenceKind.UNKNOWN if final and may_sentence else NOT_A_SENTENCE


def qualifiers(result: Json) -> tuple[str, ...]:
    """Return the qualifier letters of a result, ``C,F`` as two."""
    return tuple(q.strip().upper() for q in text(result, "qualifier").split(",") if q.strip())


@lru_cache(maxsize=4096)
def _letters_only(name: str) -> str:
    return _NOT_LETTERS.sub("", name.lower())


def _prompts(result: Json) -> dict[str, str]:
    """Return the prompts' values by their references and labels, in letters only."""
    found: dict[str, str] = {}
    for prompt in parts(result, "judicialResultPrompts"):
        value = text(prompt, "value")
        for name in ("promptReference", "label"):
            key = _letters_only(text(prompt, name)[:80])
            if key:
                found[key] = value
    return found


def sentence_of(result: Json, kind: SentenceKind) -> SentenceFacts:
    """Return the facts of a result that is a sentence."""
    # A length without knowing of what settles nothing: it must not make an unknown result short.
    stated = has_a_term(kind) and not result.get(KIND_NOT_KNOWN)
    prompts = _prompts(result)
    return SentenceFacts(
        kind=kind,
        label=text(result, "label"),
        result_code=text(result, "cjsCode") or None,
        terms=_terms(result, prompts) if stated else (),
        sequence=_sequence(result, prompts),
        life=_for_life(result, kind),
        days_counted=_days_counted(prompts) if kind in IMMEDIATE_CUSTODY else None,
        released=kind in IMMEDIATE_CUSTODY and bool(_FREE.search(text(result, "resultText"))),
    )


def _days_counted(prompts: Mapping[str, str]) -> int | None:
    """Return the days on remand or tagged bail that the court counts, None where none are stated.

    Two prompts with different numbers are added: the larger claim is the careful one.
    """
    stated = [
        int(value[:5])
        for name, value in prompts.items()
        if _DAYS_COUNTED.search(name) and value.isascii() and value.isdigit()
    ]
    return sum(dict.fromkeys(stated)) if stated else None


def _for_life(result: Json, kind: SentenceKind) -> bool:
    if kind not in IMMEDIATE_CUSTODY:
        return False
    unit = text(part(result, "durationElement"), "primaryDurationUnit").upper()
    return flag(result, "lifeDuration") is True or unit == "L"


def terms_of(result: Json) -> tuple[Term, ...]:
    """Return every length the result states for this very term; contradictions give several."""
    return _terms(result, _prompts(result))


def _terms(result: Json, prompts: Mapping[str, str]) -> tuple[Term, ...]:
    prompted = next((t for name in _TERM_PROMPTS if (t := _term(prompts.get(name)))), None)
    spoken = lengths.of_sentence(text(result, "resultText"))
    return lengths.distinct([*_measured(result, prompted or spoken), prompted, spoken])


def _term(value: str | None) -> Term | None:
    return lengths.of_words(value) if value else None


def _measured(result: Json, worded: Term | None) -> list[Term]:
    """Read the pairs of the duration element."""
    element = part(result, "durationElement")
    pairs = [
        lengths.of_unit(element.get(f"{nth}DurationValue"), element.get(f"{nth}DurationUnit"))
        for nth in ("primary", "secondary", "tertiary")
    ]
    return lengths.of_pairs(pairs, worded)


def _sequence(result: Json, prompts: Mapping[str, str]) -> Sequence:
    marks = set(qualifiers(result))
    consecutive = "F" in marks or any(
        name.startswith("consecutiveto") and value.lower() not in ("", "false")
        for name, value in prompts.items()
    )
    concurrent = "C" in marks or prompts.get("concurrent", "").lower() == "true"
    return sequence(consecutive=consecutive, concurrent=concurrent)


def totals_of(result: Json) -> tuple[Term, ...]:
    """Return the total that a result states for the whole sentence, if any."""
    if not result.get("judicialResultPrompts"):
        return ()
    prompts = _prompts(result)
    return lengths.distinct(_term(prompts.get(name)) for name in _TOTAL_PROMPTS)


def notifies(result: Json, kind: Kind) -> bool:
    """Say whether a result, or one of the further codes it carries, records notification."""
    further = (text(one, "cjsCode") for one in parts(result, "secondaryCJSCodes"))
    return kind == NOTIFICATION or any(
        result_tables.BY_CJS_CODE.get(code) == NOTIFICATION for code in further
    )
