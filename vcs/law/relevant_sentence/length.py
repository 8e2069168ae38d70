"""Is one sentence 12 months or more? Section 45(1) of the 2004 Act, compared on the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence import sentences
from vcs.law.relevant_sentence.arithmetic import whole_term
from vcs.law.relevant_sentence.sentences import Found
from vcs.terms import Answer, SentenceKind, Term

THRESHOLD_MONTHS = 12

_BEST_FIRST = (Answer.YES, Answer.UNKNOWN, Answer.NO)

_GIVEN_WITH_A_SENTENCE = frozenset({SentenceKind.HOSPITAL_DIRECTION})

_WHOLE_AS_STATED = (sentences.WITH_A_TERM | {SentenceKind.CUSTODY_UNCLEAR}) - sentences.ALWAYS_LONG

_REGISTER = "the length of the term, from the court register"

_NOT_CUSTODY = Found(Answer.NO, "no immediate custody was imposed", "immediate custody")

NO_LENGTH = Found(Answer.UNKNOWN, "the message does not state the length", _REGISTER)


def twelve_months(imposed: tuple[SentenceFacts, ...], start: date) -> Found:
    """Is a custodial term on one very offence 12 months or more, or without a fixed term?"""
    found = [reaches(one, start) for one in custodial(imposed)]
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda one: _BEST_FIRST.index(one.answer)) if found else _NOT_CUSTODY


def custodial(imposed: tuple[SentenceFacts, ...]) -> list[SentenceFacts]:
    """Return what is, or may be, custody that starts at once, for one offence.

    A hospital direction is given with a sentence (Mental Health Act 1983 s.45A): the length of that
    is its length, and it has none of its own.
    """
    custody = [one for one in imposed if sentences.immediate_custody(one) is not Answer.NO]
    return [
        one for one in custody if one.terms or one.kind not in _GIVEN_WITH_A_SENTENCE
    ] or custody


@lru_cache(maxsize=4096)
def reaches(sentence: SentenceFacts, start: date) -> Found:
    """Compare one sentence with 12 months from its first day. A mark of life needs no length."""
    kind = sentence.kind
    if kind in sentences.WITHOUT_A_TERM:
        return Found(Answer.YES, f"a {kind} has no fixed term")
    if sentence.life and kind in sentences.IMMEDIATE_CUSTODY:
        return Found(Answer.YES, "the court's message marks the sentence as for life")
    if kind in sentences.ALWAYS_LONG:
        return Found(Answer.YES, f"the term is {whole_term(sentence)}")
    return _stated_terms(kind, sentence.terms, start) if sentence.terms else NO_LENGTH


def _stated_terms(kind: SentenceKind, terms: tuple[Term, ...], start: date) -> Found:
    words = " or ".join(term.in_words() for term in terms)
    if kind is SentenceKind.UNKNOWN:
        # The length may be a minimum term, or stand beside an order that has no least length.
        because = f"a length of {words} is stated, and not of what"
        return Found(Answer.UNKNOWN, because, "what the court imposed, from the court register")
    answers = {lasts_twelve_months(term, start) for term in terms}
    if answers == {Answer.YES}:
        if kind is SentenceKind.CUSTODY_UNCLEAR:
            return Found(
                Answer.UNKNOWN,
                f"the term is {words}, but the kind of custody is not clear",
                "the kind of custody, from the court register",
            )
        return Found(Answer.YES, f"the term is {words}")
    if answers == {Answer.NO} and len(terms) == 1:
        return Found(Answer.NO, f"the term is {words}", "a term of 12 months or more")
    return Found(Answer.UNKNOWN, f"the message states the term as {words}", _REGISTER)


def at_least(imposed: tuple[SentenceFacts, ...], start: date, months: int) -> Answer:
    """Is a custodial term on one very offence so many months or more, or without a fixed term?"""
    found = [_is_of(one, start, months) for one in custodial(imposed)]
    return min(found, key=_BEST_FIRST.index, default=Answer.NO)


def _is_of(sentence: SentenceFacts, start: date, months: int) -> Answer:
    kind = sentence.kind
    if kind in sentences.WITHOUT_A_TERM or (sentence.life and kind in sentences.IMMEDIATE_CUSTODY):
        return Answer.YES
    if kind in sentences.ALWAYS_LONG and months <= THRESHOLD_MONTHS:
        return Answer.YES
    answers = {_lasts(term, start, months) for term in sentence.terms}
    if answers == {Answer.YES} and kind in sentences.WITH_A_TERM:
        return Answer.YES
    is_shorter = answers == {Answer.NO} and len(sentence.terms) == 1
    # A stated part of an extended sentence says nothing of the whole.
    return Answer.NO if is_shorter and kind in _WHOLE_AS_STATED else Answer.UNKNOWN


def lasts_twelve_months(term: Term, start: date | None) -> Answer:
    """Compare a term with twelve calendar months from a day.

    52 weeks is less than 12 months. A term in days near a year depends on whether the year from
    ``start`` has 365 or 366 days; without a start day the answer may be unknown.
    """
    months = term.years * 12 + term.months
    if months >= THRESHOLD_MONTHS:
        return Answer.YES
    if start is None:
        return _without_a_start(months, term.weeks * 7 + term.days)
    return _lasts(term, start, THRESHOLD_MONTHS)


def _lasts(term: Term, start: date, months: int) -> Answer:
    """Compare a term with so many calendar months from a day."""
    end = add_months(start, term.years * 12 + term.months)
    end += timedelta(days=term.weeks * 7 + term.days)
    return Answer.YES if end >= add_months(start, months) else Answer.NO


def _without_a_start(months: int, days: int) -> Answer:
    left = THRESHOLD_MONTHS - months
    shortest, longest = 28 * left + 2 * (left - 1), 31 * left
    if left == THRESHOLD_MONTHS:
        shortest, longest = 365, 366
    if days >= longest:
        return Answer.YES
    return Answer.NO if days < shortest else Answer.UNKNOWN


def days_in(term: Term, start: date) -> int:
    """Return how many days a term lasts from a day on the calendar."""
    end = add_months(start, term.years * 12 + term.months)
    return (end - start).days + term.weeks * 7 + term.days


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
