"""Which one sentence a letter tells of, out of everything a court imposed on one occasion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from letters.language.wording import can_be_told, needs_length
from vcs.law.facts import SentenceFacts, SentencingFacts
from vcs.terms import SentenceKind, Sequence, Term

_K = SentenceKind

# The gravest first: the letter tells of the first of these that was imposed.
_ORDER: Final = (
    _K.LIFE,
    _K.HM_PLEASURE,
    _K.INDETERMINATE,
    _K.HOSPITAL_DIRECTION,
    _K.SERIOUS_TERRORISM,
    _K.EXTENDED,
    _K.PARTICULAR_CONCERN,
    _K.SECTION_250_DETENTION,
    _K.IMPRISONMENT,
    _K.YOI_DETENTION,
    _K.SUSPENDED_ACTIVATED,
    _K.DETENTION_AND_TRAINING,
    _K.HOSPITAL_ORDER,
)


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """The sentence as the letter tells it; ``kind`` or ``term`` is None where it is not clear."""

    kind: SentenceKind | None
    term: Term | None
    restricted: bool


def told_sentence(facts: SentencingFacts) -> ToldSentence:
    """Return the sentence to tell a victim of, leaving open whatever the court left unclear.

    A length is given only where the court stated one for the whole, where there is one sentence,
    or where all run together: then the longest is the whole, and it is told only as a length of
    the kind that is told. Nothing is ever added up.
    """
    imposed = [s for offence in facts.offences for s in offence.sentences]
    kinds = {s.kind for s in imposed}
    restricted = facts.restricted or _K.RESTRICTION_ORDER in kinds
    if _K.CUSTODY_UNCLEAR in kinds:
        return ToldSentence(None, None, restricted)
    if any(s.life for s in imposed if s.kind in (_K.IMPRISONMENT, _K.YOI_DETENTION)):
        return ToldSentence(_K.LIFE, Term(), restricted)
    kind = next((kind for kind in _ORDER if kind in kinds), None)
    if kind is None or not needs_length(kind):
        return ToldSentence(kind, Term(), restricted)
    return ToldSentence(kind, _length(facts, imposed, kind), restricted)


def _length(
    facts: SentencingFacts, imposed: Iterable[SentenceFacts], kind: SentenceKind
) -> Term | None:
    custody = [s for s in imposed if can_be_told(s.kind) and s.kind is not _K.HOSPITAL_ORDER]
    if facts.total_terms:
        # The whole of several kinds is the length of none of them.
        return _only(set(facts.total_terms)) if len({s.kind for s in custody}) < 2 else None
    if any(len(s.terms) != 1 for s in custody):
        return None
    if len(custody) > 1 and not _run_together(custody):
        return None
    whole = _longest({s.terms[0] for s in custody})
    # A longer sentence of another kind beside it: neither length is the whole of what is told.
    of_its_kind = {s.terms[0] for s in custody if s.kind is kind}
    return whole if whole in of_its_kind else None


def _run_together(custody: list[SentenceFacts]) -> bool:
    """Say whether all run from one day: the first may say nothing, and never *consecutive*."""
    if custody[0].sequence is Sequence.CONSECUTIVE:
        return False
    return all(s.sequence is Sequence.CONCURRENT for s in custody[1:])


def _longest(terms: set[Term]) -> Term | None:
    """Return the longest of several; None where weeks or days leave in doubt which it is."""
    if any(term.weeks or term.days for term in terms):
        return _only(terms)
    return _only({max(terms, key=lambda term: 12 * term.years + term.months)} if terms else set())


def _only(terms: set[Term]) -> Term | None:
    return next(iter(terms)) if len(terms) == 1 and all(terms) else None
