"""How the length of a sentence is arrived at, in words: nothing is decided here."""

from __future__ import annotations

from functools import lru_cache

from vcs.law.facts import OffenceFacts, SentenceFacts
from vcs.law.relevant_sentence import sentences
from vcs.terms import Answer, SentenceKind, Term

_A_YEAR = Term(months=12)

_ADDED = {
    SentenceKind.EXTENDED: ("extension", "an extension of at least 12 months"),
    SentenceKind.PARTICULAR_CONCERN: ("on licence", "12 months on licence"),
    SentenceKind.SERIOUS_TERRORISM: ("extension", "an extension of at least 7 years"),
}


def counted(offence: OffenceFacts) -> str | None:
    """Say how the length of the custody for one offence is arrived at; None where none is known.

    A sentence of several kinds for one offence is told term by term.
    """
    custody = (one for one in offence.sentences if sentences.immediate_custody(one) is Answer.YES)
    told = dict.fromkeys(words for one in custody if (words := _one(one)))
    return "; ".join(told) or None


def _one(sentence: SentenceFacts) -> str:
    if sentence.kind in sentences.WITHOUT_A_TERM or sentence.life:
        return "for life, or without a fixed term: no length is counted"
    if sentence.kind in sentences.ALWAYS_LONG:
        return whole_term(sentence)
    words = " or ".join(term.in_words() for term in sentence.terms)
    if words and sentence.kind is SentenceKind.SUSPENDED_ACTIVATED:
        return f"{words} of a suspended sentence put into operation"
    return words


@lru_cache(maxsize=4096)
def whole_term(sentence: SentenceFacts) -> str:
    """Say what the whole term of a sentence with an extension or a licence period is."""
    added, at_least = _ADDED[sentence.kind]
    custodial, extension = sentence.custodial, sentence.extension
    if extension is None and sentence.kind is SentenceKind.PARTICULAR_CONCERN:
        extension = _A_YEAR if custodial else None
    if custodial and extension:
        whole = total((custodial, extension)).in_words()
        first = f"{custodial.in_words()} custodial term"
        return f"{first} + {extension.in_words()} {added} = {whole}"
    stated = " or ".join(term.in_words() for term in sentence.terms)
    if stated and extension:
        stated += f", with {extension.in_words()} {added}"
    rule = f"the custodial term + {at_least}, so 12 months or more"
    return f"{stated} as stated: {rule}" if stated else rule


def total(terms: tuple[Term, ...]) -> Term:
    """Add terms part by part, as courts do: no month becomes days."""
    years, months = sum(term.years for term in terms), sum(term.months for term in terms)
    if years:
        years, months = years + months // 12, months % 12
    return Term(years, months, sum(t.weeks for t in terms), sum(t.days for t in terms))
