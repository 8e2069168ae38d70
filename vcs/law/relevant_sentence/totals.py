"""What several terms of one occasion come to, and whether the open point of the Act arises.

Terms marked concurrent are never added. A first term without a mark beside marked ones is the one
that the others run with or after, and no unknown. What was imposed for a conviction that was
quashed takes no part: nobody serves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence import length, sentences
from vcs.law.relevant_sentence.arithmetic import total
from vcs.law.relevant_sentence.sentences import Found
from vcs.terms import NO, UNKNOWN, YES, Finding, Sequence, Term

_HOW = "whether the total counts as a relevant sentence, and how the terms run"

_NOTHING = Term()

_ALONE = Found(NO, "no other term under 12 months runs with this one")

_TOGETHER = Found(NO, "the terms run together: none is added to another")


@dataclass(frozen=True)
class _Running:
    """The terms of an occasion, parted into those that run together and those that may follow."""

    together: tuple[SentenceFacts, ...]
    after: tuple[SentenceFacts, ...]

    @property
    def any_unknown(self) -> bool:
        """Say whether a term of unknown length takes part."""
        return any(not one.terms for one in (*self.together, *self.after))

    @cached_property
    def longest(self) -> Term:
        """Return the longest that the terms may come to: of those together the longest counts."""
        together = max(map(_longest, self.together), key=_rough_days, default=_NOTHING)
        return total((*map(_longest, self.after), together))


def aggregate(facts: SentencingFacts) -> Found:
    """Could terms under 12 months each come to 12 months when they run one after the other?

    Whether such a total is a relevant sentence "in respect of the offence" is an open point of
    law, so a total of 12 months or more is unknown and never yes. Terms for any offence count: the
    Act does not say that only listed offences may make up the total.
    """
    stated = _stated_total(facts)
    if stated:
        return stated
    short = [one for one in _custody(facts) if _is_short(one, facts)]
    if len(short) < 2:
        return _ALONE
    running = _parted(short)
    if not running.after:
        return _TOGETHER
    if running.any_unknown:
        return Found(UNKNOWN, "another term of unknown length may run after it", _HOW)
    longest = running.longest
    if length.lasts_twelve_months(longest, facts.sentenced_on) is NO:
        return Found(NO, f"all terms together are at most {longest.in_words()}")
    because = f"terms under 12 months each may run one after the other to {longest.in_words()}"
    return Found(UNKNOWN, because, _HOW)


def _custody(facts: SentencingFacts) -> list[SentenceFacts]:
    """Return everything that is, or may be, custody that starts at once, in the order listed."""
    return [one for offence in _standing(facts) for one in length.custodial(offence.sentences)]


def _standing(facts: SentencingFacts) -> Iterator[OffenceFacts]:
    """Yield the offences whose conviction stands, or may: what is not certain takes part."""
    return (one for one in facts.offences if one.finding is not Finding.QUASHED)


def _is_short(sentence: SentenceFacts, facts: SentencingFacts) -> bool:
    """Say whether custody has a term that is, or may be, under 12 months."""
    return length.reaches(sentence, facts.sentenced_on).answer is not YES


def _parted(running: Iterable[SentenceFacts]) -> _Running:
    """Part terms into those that run together and those that follow, or may.

    One term without a mark is the one that the others run with or after. Which of several it is
    nobody knows: the shortest, so that the whole is never taken for shorter than it may be.
    """
    marked: dict[Sequence, list[SentenceFacts]] = {one: [] for one in Sequence}
    for one in running:
        marked[one.sequence].append(one)
    unmarked = marked[Sequence.NOT_STATED]
    unmarked.sort(key=lambda one: _rough_days(_longest(one)))
    together, after = marked[Sequence.CONCURRENT], marked[Sequence.CONSECUTIVE]
    return _Running((*together, *unmarked[:1]), (*after, *unmarked[1:]))


def total_in_words(facts: SentencingFacts) -> str:
    """Say what several terms come to, as the court states it or at most; nothing for one term."""
    stated = [one for one in _custody(facts) if one.terms and one.kind in sentences.WITH_A_TERM]
    if len(stated) < 2:
        return ""
    if facts.total_terms:
        return f"the court states a total of {' or '.join(t.in_words() for t in facts.total_terms)}"
    return _at_most(tuple(stated))


@lru_cache(maxsize=4096)
def _at_most(stated: tuple[SentenceFacts, ...]) -> str:
    return f"all terms together are at most {_parted(stated).longest.in_words()}"


def longest_days(facts: SentencingFacts) -> int | None:
    """Return how many days the longest custody of an occasion lasts; None where one has no term.

    Of several lengths stated for one term the shortest counts; a length not stated counts nothing.
    """
    custody = _custody(facts)
    if any(one.kind in sentences.WITHOUT_A_TERM or one.life for one in custody):
        return None
    start = facts.sentenced_on
    each = (min((length.days_in(t, start) for t in one.terms), default=0) for one in custody)
    return max(each, default=0)


def marked_as_life(facts: SentencingFacts, found: Found) -> Found:
    """Is this term for life, where the court says that the whole is life and no term explains it?

    A length stated beside such a total may be a minimum term: it is never a no by itself.
    """
    if found.answer is YES or not facts.total_life or _explained(facts):
        return found
    if found is length.NO_LENGTH:
        return Found(YES, "the court says that the whole custodial period is life")
    because = f"{found.because}, and the court says that the whole custodial period is life"
    return Found(UNKNOWN, because, "whether the sentence for this offence is for life")


def _explained(facts: SentencingFacts) -> bool:
    """Say whether another term of the occasion is for life, and explains that the whole is."""
    return any(one.life or one.kind in sentences.WITHOUT_A_TERM for one in _custody(facts))


def _stated_total(facts: SentencingFacts) -> Found | None:
    """Return what the court's own total settles: short, or longer than any term explains."""
    if not facts.total_terms:
        return None
    words = facts.total_terms[0].in_words()
    answers = {length.lasts_twelve_months(one, facts.sentenced_on) for one in facts.total_terms}
    if answers == {NO}:
        return Found(NO, f"the court states a total of {words}")
    each = (length.twelve_months(one.sentences, facts.sentenced_on) for one in _standing(facts))
    if any(one.answer is YES for one in each):
        return None
    because = f"the court states a total of {words}, more than any one term"
    return Found(UNKNOWN, because, _HOW)


def _longest(sentence: SentenceFacts) -> Term:
    return max(sentence.terms, key=_rough_days, default=_NOTHING)


@lru_cache(maxsize=4096)
def _rough_days(term: Term) -> int:
    return term.years * 366 + term.months * 31 + term.weeks * 7 + term.days
