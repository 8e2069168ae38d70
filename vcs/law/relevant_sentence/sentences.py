"""Which kinds of sentence count: section 45(1) of the 2004 Act. How long is :mod:`length`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vcs.law.facts import SentenceFacts
from vcs.terms import NO, UNKNOWN, YES, Answer, SentenceKind

WITH_A_TERM = frozenset(
    {
        SentenceKind.IMPRISONMENT,
        SentenceKind.YOI_DETENTION,
        SentenceKind.SECTION_250_DETENTION,
        SentenceKind.DETENTION_AND_TRAINING,
        SentenceKind.EXTENDED,
        SentenceKind.PARTICULAR_CONCERN,
        SentenceKind.SERIOUS_TERRORISM,
        SentenceKind.SUSPENDED_ACTIVATED,
        SentenceKind.HOSPITAL_DIRECTION,
    }
)

WITHOUT_A_TERM = frozenset(
    {SentenceKind.LIFE, SentenceKind.HM_PLEASURE, SentenceKind.INDETERMINATE}
)

ALWAYS_LONG = frozenset(
    {SentenceKind.EXTENDED, SentenceKind.PARTICULAR_CONCERN, SentenceKind.SERIOUS_TERRORISM}
)

"""Kinds whose term is never under 12 months.

The term of an extended sentence is the custodial term and an extension of at least a year
(Sentencing Code ss.254, 266, 279); that of an offender of particular concern the custodial term and
a year on licence (ss.252A, 265, 278); a serious terrorism sentence is at least 14 years.
"""

IMMEDIATE_CUSTODY = WITH_A_TERM | WITHOUT_A_TERM | {SentenceKind.CUSTODY_UNCLEAR}

MADE_BY_PRACTICE = frozenset({SentenceKind.YOI_DETENTION})

"""Kinds that section 45(1) does not name at any age and practice treats as relevant sentences."""

NOT_NAMED_AT_18_TO_20 = frozenset(
    {
        SentenceKind.LIFE,
        SentenceKind.EXTENDED,
        SentenceKind.PARTICULAR_CONCERN,
        SentenceKind.SERIOUS_TERRORISM,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer with the fact behind it and, where it is not yes, what would change it."""

    answer: Answer
    because: str
    would_change: str = ""


def immediate_custody(sentence: SentenceFacts) -> Answer:
    """Say whether one sentence is custody that starts at once; unknown results stay unknown."""
    if sentence.kind in IMMEDIATE_CUSTODY:
        return YES
    return UNKNOWN if sentence.kind is SentenceKind.UNKNOWN else NO


@lru_cache(maxsize=256)
def by_practice(age: int | None) -> frozenset[SentenceKind]:
    """Return the kinds that count at an age only by practice: section 45(1) does not name them.

    Between 18 and 20 every custodial sentence but prison; under 18 detention under section 254.
    """
    if age is None or age >= 21:
        return MADE_BY_PRACTICE
    below = frozenset({SentenceKind.EXTENDED}) if age < 18 else NOT_NAMED_AT_18_TO_20
    return MADE_BY_PRACTICE | below


def custody(imposed: tuple[SentenceFacts, ...]) -> Found:
    """Was immediate custody imposed for an offence? Suspended and default terms are not it."""
    answers = [immediate_custody(sentence) for sentence in imposed]
    for wanted in (YES, UNKNOWN):
        if wanted in answers:
            sentence = imposed[answers.index(wanted)]
            return _custody_found(wanted, sentence.kind, sentence.result_code)
    return _no_custody(tuple(dict.fromkeys(sentence.kind for sentence in imposed)))


@lru_cache(maxsize=512)
def _no_custody(kinds: tuple[SentenceKind, ...]) -> Found:
    if not kinds:
        return Found(NO, "no sentence was passed for this offence", "a custodial sentence")
    because = f"the sentence is: {', '.join(kinds)}"
    return Found(NO, because, "immediate custody of 12 months or more")


@lru_cache(maxsize=512)
def _custody_found(answer: Answer, kind: SentenceKind, result_code: str | None) -> Found:
    if answer is YES:
        return Found(answer, f"the sentence is: {kind}")
    code = f" (result code {result_code})" if result_code else ""
    return Found(
        answer,
        f"the result{code} is not in the table of results",
        "what the court imposed, from the court register",
    )
