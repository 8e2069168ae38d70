"""What a result is, in the words that every feed shares: codes, qualifiers and what labels say.

The CJS code is shared by many sentences (1002 is determinate, extended and life), so words, the
result definition and the qualifier refine it. Where they contradict each other about custody, the
kind is unknown and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from vcs.intake.results import result_tables, wording
from vcs.intake.results.result_tables import PART_OF_A_SENTENCE, UNCLEAR, Kind
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY, WITH_A_TERM
from vcs.terms import Change, Finding, SentenceKind, Sequence

UNCODED = "1000"

"""The CJS code of a result that stands in its text alone."""

CUSTODY_WORDS = re.compile(
    r"imprison|custod|detention|detained|prison|young offender|borstal|hospital order|"
    r"life sentence",
    re.IGNORECASE,
)

REFINES = IMMEDIATE_CUSTODY | {
    SentenceKind.SUSPENDED,
    SentenceKind.NON_CUSTODIAL,
    SentenceKind.SUPERVISION_ORDER,
    SentenceKind.ABSOLUTE_DISCHARGE,
}

"""The kinds of a code that words and qualifiers may refine."""

_MAY_HAVE_A_TERM = (SentenceKind.CUSTODY_UNCLEAR, SentenceKind.UNKNOWN)

CONVICTED = frozenset({Finding.CONVICTED, Finding.INSANITY, Finding.UNFIT_DID_THE_ACT})

"""Findings on which a court may sentence, or send to hospital."""

SILENT_ON_CUSTODY: tuple[Kind, ...] = (
    result_tables.NOT_A_SENTENCE,
    result_tables.ACQUITTAL,
    SentenceKind.NON_CUSTODIAL,
    SentenceKind.SUPERVISION_ORDER,
    SentenceKind.ABSOLUTE_DISCHARGE,
    SentenceKind.GUARDIANSHIP,
)

"""Kinds beside which words that pronounce custody contradict the code."""

_SHORT_CODE = re.compile(r"\s*([A-Za-z0-9]{2,14})\s+-\s")

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

_BY_MARK = {
    result_tables.QUASHED: Finding.QUASHED,
    result_tables.INSANITY: Finding.INSANITY,
    result_tables.UNFIT: Finding.UNFIT_DID_THE_ACT,
}


@lru_cache(maxsize=4096)
def by_words(label: str) -> SentenceKind | None:
    """Return the kind that a label names, or None.

    What stands beside a term in default may be the sentence itself: a person decides.
    """
    named = next((kind for pattern, kind in _BY_WORDS if pattern.search(label)), None)
    if named is SentenceKind.DEFAULT_CUSTODY and wording.may_be_more_than_default(label):
        return SentenceKind.UNKNOWN
    return named


def named_beside(code: str, label: str) -> SentenceKind | None:
    """Return the kind that a label names; the title of the code itself names none beside it."""
    its_own = label.strip().lower() == result_tables.TITLES.get(code, "").lower()
    return None if its_own else by_words(label)


def by_short_code(words: str) -> tuple[str, Kind] | None:
    """Return the CJS code and kind of the definition whose short code opens a result's text."""
    short = _SHORT_CODE.match(words)
    return result_tables.BY_SHORT_CODE.get(short.group(1).upper()) if short else None


def free_text_of(words: str, label: str = "") -> str:
    """Return a text without the name of the definition that opens it, which says nothing."""
    short = _SHORT_CODE.match(words)
    if short and short.group(1).upper() in result_tables.BY_SHORT_CODE:
        words = words[short.end() :]
    for name in (label, *result_tables.FREE_TEXT_LABELS):
        if name and words.lower().startswith(name.lower()):
            words = words[len(name) :]
    return words.lstrip(" .:-\n")


def refined(
    base: SentenceKind,
    words: SentenceKind | None,
    qualifiers: Iterable[str],
    defined: Kind | None,
    *,
    suspended: bool = False,
) -> Kind:
    """Refine a code's kind by qualifier, words and definition; a contradiction is unknown.

    ``defined`` is what a definition of this very code says. ``suspended`` says that the message
    states the period of a suspension.
    """
    suspended = suspended or "S" in qualifiers
    said_twice = suspended and words is SentenceKind.SUSPENDED
    served = words is SentenceKind.SUSPENDED_ACTIVATED and base is not words
    if (not said_twice and _contradicts(base, words)) or (suspended and served):
        return SentenceKind.UNKNOWN
    if suspended:
        return SentenceKind.SUSPENDED
    for qualifier in qualifiers:
        if qualifier in _BY_QUALIFIER and base in IMMEDIATE_CUSTODY:
            return _BY_QUALIFIER[qualifier]
    if words:
        return words
    return defined if isinstance(defined, SentenceKind) else base


def defined_as(code: str, defined: tuple[str, Kind] | None) -> Kind | None:
    """Return what a definition says where it is of this very code, or None."""
    return defined[1] if defined and defined[0] == code else None


def _contradicts(base: SentenceKind, words: SentenceKind | None) -> bool:
    if words is None:
        return False
    return (base in IMMEDIATE_CUSTODY) != (words in IMMEDIATE_CUSTODY)


def defined_further(code: str, base: Kind, defined: tuple[str, Kind] | None) -> Kind:
    """Return the kind of a code that imposes nothing, unless its definition tells of a sentence.

    A warrant "on sentence of imprisonment in absence" has the code of any warrant.
    """
    return PART_OF_A_SENTENCE if defined == (code, PART_OF_A_SENTENCE) else base


def doubted(kind: Kind, words: str, *, states_a_term: bool = False) -> Kind:
    """Return the kind by code or definition, in doubt where the result speaks of custody beside it.

    ``states_a_term`` says that it states a term of custody beside its words.
    """
    if kind not in SILENT_ON_CUSTODY:
        return kind
    if not (states_a_term or _speaks_of_custody(words)):
        return kind
    return SentenceKind.UNKNOWN if isinstance(kind, SentenceKind) else UNCLEAR


def _speaks_of_custody(words: str) -> bool:
    return (
        wording.pronounces_custody(words)
        or wording.changes_a_term(words)
        or wording.adds_a_default(words)
    )


def are_settled(kinds: Iterable[Kind]) -> bool:
    """Say whether what results count as depends on no conviction and on no other result."""
    return _UNSETTLED.isdisjoint(kinds)


_UNSETTLED: frozenset[Kind] = frozenset({UNCLEAR, PART_OF_A_SENTENCE})


def settled(found: Collection[Kind], *, convicted: bool) -> list[Kind]:
    """Return what the results of one offence count as, once it is known whether it is convicted.

    Nothing is dropped that may be custody: a result that nothing explains is an unknown sentence
    for an offence convicted of, and so is a total, or days that count, where no sentence is stated.
    """
    if not convicted:
        return list(found)
    plain = [SentenceKind.UNKNOWN if kind == UNCLEAR else kind for kind in found]
    if any(isinstance(kind, SentenceKind) for kind in plain):
        return plain
    return [SentenceKind.UNKNOWN if kind == PART_OF_A_SENTENCE else kind for kind in plain]


def has_a_term(kind: SentenceKind) -> bool:
    """Say whether a kind is, or may be, custody whose length matters."""
    return kind in WITH_A_TERM or kind in _MAY_HAVE_A_TERM


def sequence(*, consecutive: bool, concurrent: bool) -> Sequence:
    """Return how a term runs; both at once is the same as not stated."""
    if consecutive == concurrent:
        return Sequence.NOT_STATED
    return Sequence.CONSECUTIVE if consecutive else Sequence.CONCURRENT


def finding_by_result(kinds: Collection[Kind]) -> Finding | None:
    """Return the finding that results themselves record: quashed, insanity or unfitness."""
    if _BY_MARK.keys().isdisjoint(kinds):
        return None
    return next(finding for mark, finding in _BY_MARK.items() if mark in kinds)


def change_of(varying: Collection[str]) -> Change | None:
    """Return how a sentence was changed, by the CJS codes that vary it; None where none does."""
    if not varying:
        return None
    changes = (result_tables.CHANGES.get(code) for code in varying)
    told = [change for change in changes if change and change is not Change.NOT_STATED]
    return told[0] if told else Change.NOT_STATED
