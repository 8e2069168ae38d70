"""Which cases are like another: the same family or paragraph of offence, and a term in one band.

Nothing is decided here. It helps people to decide alike, and says nothing of any person.
"""

from __future__ import annotations

from dataclasses import dataclass

from vcs.law.decision import Decision, OffenceDecision
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence.sentences import WITHOUT_A_TERM
from vcs.law.specified_offence.families import family_of
from vcs.law.specified_offence.offences import find
from vcs.law.specified_offence.schedule import rows_of
from vcs.terms import Outcome, SentenceKind, Term

_BASE_LENGTH = 7

_DAYS_OF_A_MONTH = 365.25 / 12

_BANDS = (
    (12, "under 12 months"),
    (24, "12 to 23 months"),
    (48, "24 to 47 months"),
    (120, "48 to 119 months"),
)

_LONGEST, _LIFE, _HOSPITAL, _NONE = (
    "120 months or more",
    "life, or without a fixed term",
    "a hospital order",
    "no length known",
)

_IN_HOSPITAL = (SentenceKind.HOSPITAL_ORDER, SentenceKind.RESTRICTION_ORDER)

_FOR_A_PERSON = (Outcome.DISCRETIONARY, Outcome.CANNOT_TELL)


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """What makes two offences alike, in words: a family or paragraph, and a band of terms."""

    family: str
    band: str


def family_in_words(code: str | None) -> str:
    """Return the family of an offence outside the Schedule, else its paragraph, else its code."""
    if not code:
        return ""
    if family := family_of(code):
        return family.name
    row = find(code) or find(code[:_BASE_LENGTH])
    if row is not None and row.paragraph:
        return rows_of(row.paragraph)[-1].provision
    return f"offence {code[:_BASE_LENGTH]}"


def likenesses(facts: SentencingFacts, decision: Decision) -> frozenset[Likeness]:
    """Return what a sentence is compared by: of what a person decides, else of all its offences."""
    pairs = list(zip(decision.offences, facts.offences, strict=True))
    open_ones = [pair for pair in pairs if pair[0].outcome in _FOR_A_PERSON] or pairs
    return frozenset(filter(_is_known, (_likeness(*pair) for pair in open_ones)))


def _is_known(one: Likeness) -> bool:
    return bool(one.family)


def _likeness(decided: OffenceDecision, told: OffenceFacts) -> Likeness:
    return Likeness(family_in_words(decided.offence_code), band(told.sentences))


def band(imposed: tuple[SentenceFacts, ...]) -> str:
    """Return the band of the longest term of one offence."""
    if any(one.life or one.kind in WITHOUT_A_TERM for one in imposed):
        return _LIFE
    if any(one.kind in _IN_HOSPITAL for one in imposed):
        return _HOSPITAL
    months = max((_months(term) for one in imposed for term in one.terms), default=0.0)
    if not months:
        return _NONE
    return next((words for below, words in _BANDS if months < below), _LONGEST)


def _months(term: Term) -> float:
    return term.years * 12 + term.months + (term.weeks * 7 + term.days) / _DAYS_OF_A_MONTH
