"""Is this a relevant sentence? Section 45(1) of the 2004 Act, one question after the other."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Answer, SentenceKind, Sequence, Term

THRESHOLD_MONTHS = 12

_BEST_FIRST = (Answer.YES, Answer.UNKNOWN, Answer.NO)

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
        return Answer.YES
    return Answer.UNKNOWN if sentence.kind is SentenceKind.UNKNOWN else Answer.NO


@lru_cache(maxsize=256)
def by_practice(age: int | None) -> frozenset[SentenceKind]:
    """Return the kinds that count at an age only by practice: section 45(1) does not name them.

    Between 18 and 20 every custodial sentence but prison; under 18 detention under section 254.
    """
    if age is None or age >= 21:
        return MADE_BY_PRACTICE
    below = frozenset({SentenceKind.EXTENDED}) if age < 18 else NOT_NAMED_AT_18_TO_20
    return MADE_BY_PRACTICE | below


def custody(offence: OffenceFacts) -> Found:
    """Was immediate custody imposed for this offence? Suspended and default terms are not it."""
    answers = [(immediate_custody(sentence), sentence) for sentence in offence.sentences]
    for wanted in (Answer.YES, Answer.UNKNOWN):
        for answer, sentence in answers:
            if answer is wanted:
                return _custody_found(wanted, sentence.kind, sentence.result_code)
    return _no_custody(tuple(dict.fromkeys(sentence.kind for _, sentence in answers)))


@lru_cache(maxsize=512)
def _no_custody(kinds: tuple[SentenceKind, ...]) -> Found:
    if not kinds:
        return Found(Answer.NO, "no sentence was passed for this offence", "a custodial sentence")
    because = f"the sentence is: {', '.join(kinds)}"
    return Found(Answer.NO, because, "immediate custody of 12 months or more")


@lru_cache(maxsize=512)
def _custody_found(answer: Answer, kind: SentenceKind, result_code: str | None) -> Found:
    if answer is Answer.YES:
        return Found(answer, f"the sentence is: {kind}")
    code = f" (result code {result_code})" if result_code else ""
    return Found(
        answer,
        f"the result{code} is not in the table of results",
        "what the court imposed, from the court register",
    )


def twelve_months(offence: OffenceFacts, start: date) -> Found:
    """Is a custodial term on this very offence 12 months or more, or without a fixed term?"""
    found = [
        _reaches(one.kind, one.terms, one.life, start)
        for one in offence.sentences
        if immediate_custody(one) is not Answer.NO
    ]
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda one: _BEST_FIRST.index(one.answer)) if found else _NOT_CUSTODY


_NOT_CUSTODY = Found(Answer.NO, "no immediate custody was imposed", "immediate custody")

_NO_LENGTH = Found(
    Answer.UNKNOWN,
    "the message does not state the length",
    "the length of the term, from the court register",
)


@lru_cache(maxsize=4096)
def _reaches(kind: SentenceKind, terms: tuple[Term, ...], life: bool, start: date) -> Found:
    """Compare one sentence with 12 months: it hangs on its kind, its lengths and its first day."""
    if kind in WITHOUT_A_TERM:
        return Found(Answer.YES, f"a {kind} has no fixed term")
    if terms:
        return _stated_terms(kind, terms, life, start)
    if life and kind in WITH_A_TERM:
        return Found(Answer.YES, "the court's message marks the sentence as for life")
    return _NO_LENGTH


def _stated_terms(kind: SentenceKind, terms: tuple[Term, ...], life: bool, start: date) -> Found:
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
    if answers == {Answer.NO} and len(terms) == 1 and not life:
        return Found(Answer.NO, f"the term is {words}", "a term of 12 months or more")
    because = f"the message states the term as {words}"
    if life:
        because += ", and as for life"
    return Found(Answer.UNKNOWN, because, "the length of the term, from the court register")


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
    end = add_months(start, months) + timedelta(days=term.weeks * 7 + term.days)
    return Answer.YES if end >= add_months(start, THRESHOLD_MONTHS) else Answer.NO


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


def longest_days(facts: SentencingFacts) -> int | None:
    """Return how many days the longest custody of an occasion lasts; None where one has no term.

    Of several lengths stated for one term the shortest counts; a length not stated counts nothing.
    """
    custody = [
        one
        for offence in facts.offences
        for one in offence.sentences
        if immediate_custody(one) is not Answer.NO
    ]
    if any(one.kind in WITHOUT_A_TERM or one.life for one in custody):
        return None
    start = facts.sentenced_on
    each = (min((days_in(t, start) for t in one.terms), default=0) for one in custody)
    return max(each, default=0)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def aggregate(facts: SentencingFacts) -> Found:
    """Could terms under 12 months each come to 12 months when they run one after the other?

    Whether such a total is a relevant sentence "in respect of the offence" is an open point of
    law, so a total of 12 months or more is unknown and never yes. Terms for any offence count: the
    Act does not say that only listed offences may make up the total.
    """
    stated = _stated_total(facts)
    if stated:
        return stated
    short = [s for o in facts.offences for s in o.sentences if _is_short(s, facts.sentenced_on)]
    if len(short) < 2:
        return Found(Answer.NO, "no other term under 12 months runs with this one")
    if any(not s.terms and s.sequence is not Sequence.CONCURRENT for s in short):
        return Found(Answer.UNKNOWN, "another term of unknown length may run after it", _HOW)
    total = _longest_total((s.terms, s.sequence) for s in short if s.terms)
    if lasts_twelve_months(total, facts.sentenced_on) is Answer.NO:
        return Found(Answer.NO, f"all terms together are at most {total.in_words()}")
    because = f"terms under 12 months each may run one after the other to {total.in_words()}"
    return Found(Answer.UNKNOWN, because, _HOW)


def total_in_words(facts: SentencingFacts) -> str:
    """Say what several terms come to, as the court states it or at most; nothing for one term."""
    running = [
        (one.terms, one.sequence)
        for offence in facts.offences
        for one in offence.sentences
        if one.terms and one.kind in WITH_A_TERM
    ]
    return _together(tuple(running), facts.total_terms) if len(running) > 1 else ""


_Runs = tuple[tuple[Term, ...], Sequence]

"""The lengths stated for one term, and how it runs."""


@lru_cache(maxsize=4096)
def _together(running: tuple[_Runs, ...], total_terms: tuple[Term, ...]) -> str:
    if total_terms:
        return f"the court states a total of {' or '.join(t.in_words() for t in total_terms)}"
    return f"all terms together are at most {_longest_total(running).in_words()}"


_HOW = "whether the total counts as a relevant sentence, and how the terms run"


def _stated_total(facts: SentencingFacts) -> Found | None:
    """Return what the court's own total settles: short, or longer than any term explains."""
    if not facts.total_terms:
        return None
    words = facts.total_terms[0].in_words()
    answers = {lasts_twelve_months(term, facts.sentenced_on) for term in facts.total_terms}
    if answers == {Answer.NO}:
        return Found(Answer.NO, f"the court states a total of {words}")
    each = (twelve_months(one, facts.sentenced_on) for one in facts.offences)
    if any(one.answer is Answer.YES for one in each):
        return None
    because = f"the court states a total of {words}, more than any one term"
    return Found(Answer.UNKNOWN, because, _HOW)


def _is_short(sentence: SentenceFacts, start: date) -> bool:
    """Say whether a result may be custody whose term is, or may be, under 12 months."""
    if immediate_custody(sentence) is Answer.NO or sentence.kind in WITHOUT_A_TERM:
        return False
    found = _reaches(sentence.kind, sentence.terms, sentence.life, start)
    return found.answer is not Answer.YES


def _longest_total(running: Iterable[_Runs]) -> Term:
    """Add every term that may run after another; concurrent ones count once, the longest."""
    longest = [(max(terms, key=_rough_days), sequence) for terms, sequence in running]
    together = [term for term, sequence in longest if sequence is Sequence.CONCURRENT]
    added = [term for term, sequence in longest if sequence is not Sequence.CONCURRENT]
    if together:
        added.append(max(together, key=_rough_days))
    return Term(
        sum(t.years for t in added),
        sum(t.months for t in added),
        sum(t.weeks for t in added),
        sum(t.days for t in added),
    )


def _rough_days(term: Term) -> int:
    return term.years * 366 + term.months * 31 + term.weeks * 7 + term.days
