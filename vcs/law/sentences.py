"""Is this a relevant sentence? Section 45(1) of the 2004 Act, one question after the other."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

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
                return _custody_found(wanted, sentence)
    if not answers:
        return Found(Answer.NO, "no sentence was passed for this offence", "a custodial sentence")
    kinds = ", ".join(dict.fromkeys(str(s.kind) for _, s in answers))
    return Found(Answer.NO, f"the sentence is: {kinds}", "immediate custody of 12 months or more")


def _custody_found(answer: Answer, sentence: SentenceFacts) -> Found:
    if answer is Answer.YES:
        return Found(answer, f"the sentence is: {sentence.kind}")
    code = f" (result code {sentence.result_code})" if sentence.result_code else ""
    return Found(
        answer,
        f"the result{code} is not in the table of results",
        "what the court imposed, from the court register",
    )


def twelve_months(offence: OffenceFacts, facts: SentencingFacts) -> Found:
    """Is a custodial term on this very offence 12 months or more, or without a fixed term?"""
    sentences = [s for s in offence.sentences if immediate_custody(s) is not Answer.NO]
    if not sentences:
        return Found(Answer.NO, "no immediate custody was imposed", "immediate custody")
    found = [_reaches(sentence, facts.sentenced_on) for sentence in sentences]
    return min(found, key=lambda one: _BEST_FIRST.index(one.answer))


def _reaches(sentence: SentenceFacts, start: date) -> Found:
    if sentence.kind in WITHOUT_A_TERM:
        return Found(Answer.YES, f"a {sentence.kind} has no fixed term")
    if not sentence.terms:
        if sentence.life and sentence.kind in WITH_A_TERM:
            return Found(Answer.YES, "the court's message marks the sentence as for life")
        return Found(
            Answer.UNKNOWN,
            "the message does not state the length",
            "the length of the term, from the court register",
        )
    return _stated_terms(sentence, start)


def _stated_terms(sentence: SentenceFacts, start: date) -> Found:
    words = " or ".join(term.in_words() for term in sentence.terms)
    answers = {lasts_twelve_months(term, start) for term in sentence.terms}
    if answers == {Answer.YES}:
        if sentence.kind is SentenceKind.CUSTODY_UNCLEAR or sentence.kind is SentenceKind.UNKNOWN:
            return Found(
                Answer.UNKNOWN,
                f"the term is {words}, but the kind of custody is not clear",
                "the kind of custody, from the court register",
            )
        return Found(Answer.YES, f"the term is {words}")
    contradicted = len(sentence.terms) > 1
    if answers == {Answer.NO} and not contradicted and not sentence.life:
        return Found(Answer.NO, f"the term is {words}", "a term of 12 months or more")
    because = f"the message states the term as {words}"
    if sentence.life:
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
    total = _longest_total([s for s in short if s.terms])
    if lasts_twelve_months(total, facts.sentenced_on) is Answer.NO:
        return Found(Answer.NO, f"all terms together are at most {total.in_words()}")
    because = f"terms under 12 months each may run one after the other to {total.in_words()}"
    return Found(Answer.UNKNOWN, because, _HOW)


_HOW = "whether the total counts as a relevant sentence, and how the terms run"


def _stated_total(facts: SentencingFacts) -> Found | None:
    """Return what the court's own total settles: short, or longer than any term explains."""
    if not facts.total_terms:
        return None
    words = facts.total_terms[0].in_words()
    answers = {lasts_twelve_months(term, facts.sentenced_on) for term in facts.total_terms}
    if answers == {Answer.NO}:
        return Found(Answer.NO, f"the court states a total of {words}")
    if any(twelve_months(one, facts).answer is Answer.YES for one in facts.offences):
        return None
    because = f"the court states a total of {words}, more than any one term"
    return Found(Answer.UNKNOWN, because, _HOW)


def _is_short(sentence: SentenceFacts, start: date) -> bool:
    """Say whether a result may be custody whose term is, or may be, under 12 months."""
    if immediate_custody(sentence) is Answer.NO or sentence.kind in WITHOUT_A_TERM:
        return False
    return _reaches(sentence, start).answer is not Answer.YES


def _longest_total(sentences: list[SentenceFacts]) -> Term:
    """Add every term that may run after another; concurrent ones count once, the longest."""
    together = [_longest(s) for s in sentences if s.sequence is Sequence.CONCURRENT]
    running = [_longest(s) for s in sentences if s.sequence is not Sequence.CONCURRENT]
    if together:
        running.append(max(together, key=_rough_days))
    return Term(
        sum(t.years for t in running),
        sum(t.months for t in running),
        sum(t.weeks for t in running),
        sum(t.days for t in running),
    )


def _longest(sentence: SentenceFacts) -> Term:
    return max(sentence.terms, key=_rough_days)


def _rough_days(term: Term) -> int:
    return term.years * 366 + term.months * 31 + term.weeks * 7 + term.days
