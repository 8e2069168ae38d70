"""One Common Platform judicial result: what was imposed, how long, and how it runs.

The CJS code is shared by many sentences (1002 is determinate, extended and life), so the label,
the result definition, the short code and the qualifier refine it. Where they contradict each
other about custody, the kind is unknown and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from vcs.intake import lengths, result_tables
from vcs.intake.result_tables import NOT_A_SENTENCE, NOTIFICATION, Kind
from vcs.intake.shapes import Json, flag, part, parts, text
from vcs.law.facts import SentenceFacts
from vcs.law.sentences import IMMEDIATE_CUSTODY, WITH_A_TERM
from vcs.terms import SentenceKind, Sequence, Term

_SHORT_CODE = re.compile(r"\s*([A-Za-z0-9]{2,10})\s+-\s")
_NOT_LETTERS = re.compile(r"[^a-z]")
_CUSTODY_WORDS = re.compile(
    r"imprison|custod|detention|detained|prison|young offender|borstal|hospital order|"
    r"life sentence",
    re.IGNORECASE,
)
_NOT_CUSTODY_WORDS = re.compile(
    r"remand|time limit|disqualif|bail|credit|total|notice|warrant|committed to the crown|"
    r"committed for|reduced|default",
    re.IGNORECASE,
)
_DAYS_COUNTED = re.compile(r"remanddays|daysonremand|taggeddays|daysonbail")
_FREE = re.compile(
    r"time (?:already )?served|immediate(?:ly)? releas|releas\w* (?:today|forthwith|immediately)",
    re.IGNORECASE,
)
_BY_QUALIFIER = {
    "AB": SentenceKind.LIFE,
    "AC": SentenceKind.LIFE,
    "AF": SentenceKind.EXTENDED,
    "S": SentenceKind.SUSPENDED,
}
_BY_WORDS: tuple[tuple[re.Pattern[str], SentenceKind], ...] = tuple(
    (re.compile(words, re.IGNORECASE), kind)
    for words, kind in (
        (r"suspended.*(activat|implement|put into)", SentenceKind.SUSPENDED_ACTIVATED),
        (r"suspended.*(amend|vari)", SentenceKind.SUSPENDED_VARIED),
        (r"suspended", SentenceKind.SUSPENDED),
        (r"in default", SentenceKind.DEFAULT_CUSTODY),
        (r"majesty'?s pleasure", SentenceKind.HM_PLEASURE),
        (r"\blife\b", SentenceKind.LIFE),
        (r"public protection", SentenceKind.INDETERMINATE),
        (r"serious terrorism", SentenceKind.SERIOUS_TERRORISM),
        (r"particular concern", SentenceKind.PARTICULAR_CONCERN),
        (r"extended sentence", SentenceKind.EXTENDED),
        (r"interim hospital", SentenceKind.INTERIM_HOSPITAL_ORDER),
        (r"limitation direction", SentenceKind.HOSPITAL_DIRECTION),
        (r"hospital order", SentenceKind.HOSPITAL_ORDER),
        (r"detention and training", SentenceKind.DETENTION_AND_TRAINING),
    )
)
_REFINES = IMMEDIATE_CUSTODY | {
    SentenceKind.SUSPENDED,
    SentenceKind.NON_CUSTODIAL,
    SentenceKind.SUPERVISION_ORDER,
    SentenceKind.ABSOLUTE_DISCHARGE,
}
_MAY_HAVE_A_TERM = (SentenceKind.CUSTODY_UNCLEAR, SentenceKind.UNKNOWN)
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
UNCODED = "1000"
"""The CJS code of a result that stands in its text alone."""
_TOTAL_PROMPTS = ("totalcustodialperiod", "totalimprisonmentperiod")


def is_deleted(result: Json) -> bool:
    """Say whether a re-share struck this result out."""
    return flag(result, "isDeleted") is True


def kind_of(result: Json) -> Kind:
    """Return what a result is: a kind of sentence, or a mark of :mod:`result_tables`."""
    code = text(result, "cjsCode")
    base = result_tables.BY_CJS_CODE.get(code)
    if code == UNCODED and _CUSTODY_WORDS.search(text(result, "resultText")):
        return SentenceKind.UNKNOWN
    if base is None:
        return _without_a_code(result, _defined(result), code)
    if not isinstance(base, SentenceKind) or base not in _REFINES:
        return base
    return _refined(result, base, code)


def _defined(result: Json) -> tuple[str, Kind] | None:
    """Find the definition by its id, by the short code that opens the text, or by its label."""
    short = _SHORT_CODE.match(text(result, "resultText"))
    return (
        result_tables.BY_LABEL.get(text(result, "label").lower())
        or result_tables.BY_DEFINITION.get(text(result, "judicialResultTypeId"))
        or (result_tables.BY_SHORT_CODE.get(short.group(1).upper()) if short else None)
    )


def _refined(result: Json, base: SentenceKind, code: str) -> Kind:
    """Refine a sentence by qualifier, definition and words; a contradiction is unknown."""
    words = _by_words(text(result, "label")[:200])
    if _contradicts(base, words):
        return SentenceKind.UNKNOWN
    if "suspendedperiod" in _prompts(result):
        return SentenceKind.SUSPENDED
    for qualifier in qualifiers(result):
        if qualifier in _BY_QUALIFIER and base in IMMEDIATE_CUSTODY:
            return _BY_QUALIFIER[qualifier]
    if words:
        return words
    defined = _defined(result)
    if defined and defined[0] == code and isinstance(defined[1], SentenceKind):
        return defined[1]
    return base


@lru_cache(maxsize=4096)
def _by_words(label: str) -> SentenceKind | None:
    return next((kind for pattern, kind in _BY_WORDS if pattern.search(label)), None)


def _contradicts(base: SentenceKind, words: SentenceKind | None) -> bool:
    if words is None:
        return False
    return (base in IMMEDIATE_CUSTODY) != (words in IMMEDIATE_CUSTODY)


def _without_a_code(result: Json, defined: tuple[str, Kind] | None, code: str) -> Kind:
    """Decide without a known CJS code: by definition, by words, else unknown if it may sentence."""
    if defined and not code:
        return defined[1]
    label = text(result, "label")
    if _NOT_CUSTODY_WORDS.search(label) and not defined:
        return NOT_A_SENTENCE
    if _CUSTODY_WORDS.search(label):
        return _by_words(label[:200]) or SentenceKind.UNKNOWN if not code else SentenceKind.UNKNOWN
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
    has_a_term = kind in WITH_A_TERM or kind in _MAY_HAVE_A_TERM
    prompts = _prompts(result)
    return SentenceFacts(
        kind=kind,
        label=text(result, "label"),
        result_code=text(result, "cjsCode") or None,
        terms=_terms(result, prompts) if has_a_term else (),
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
    """Read the duration element: the first pair alone, or joined with finer pairs after it.

    A second pair may continue the length (1 year 6 months) or state something else; the words
    settle which, and where they are silent both readings stand.
    """
    element = part(result, "durationElement")
    pairs = [
        lengths.of_unit(element.get(f"{nth}DurationValue"), element.get(f"{nth}DurationUnit"))
        for nth in ("primary", "secondary", "tertiary")
    ]
    first = pairs[0]
    if first is None:
        return []
    finer = [term for term in pairs[1:] if term and _finer(term, first)]
    whole = lengths.joined([first, *finer])
    if not finer or worded == first:
        return [first]
    return [whole] if worded == whole else [first, whole]


def _finer(term: Term, than: Term) -> bool:
    order = ("years", "months", "weeks", "days")
    unit = next(i for i, name in enumerate(order) if getattr(term, name))
    return unit > next(i for i, name in enumerate(order) if getattr(than, name))


def _sequence(result: Json, prompts: Mapping[str, str]) -> Sequence:
    marks = set(qualifiers(result))
    consecutive = "F" in marks or any(
        name.startswith("consecutiveto") and value.lower() not in ("", "false")
        for name, value in prompts.items()
    )
    concurrent = "C" in marks or prompts.get("concurrent", "").lower() == "true"
    if consecutive == concurrent:
        return Sequence.NOT_STATED
    return Sequence.CONSECUTIVE if consecutive else Sequence.CONCURRENT


def totals_of(result: Json) -> tuple[Term, ...]:
    """Return the total that a result states for the whole sentence, if any."""
    if not result.get("judicialResultPrompts"):
        return ()
    prompts = _prompts(result)
    return lengths.distinct(_term(prompts.get(name)) for name in _TOTAL_PROMPTS)


def is_notification(kind: Kind) -> bool:
    """Say whether a result records sex offender notification."""
    return kind == NOTIFICATION
