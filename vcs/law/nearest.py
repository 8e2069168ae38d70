"""The smallest change that makes it yes, found by changing facts and deciding again.

A *no* or a *cannot tell* is explained best by what stands between it and a *yes*: one missing
length is a telephone call, another offence altogether is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from vcs.law import rule_sets
from vcs.law.conditions.count import Count, counts_of
from vcs.law.eligibility import decide
from vcs.law.facts import SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.law.specified_offence.offences import Listing
from vcs.terms import Answer, Finding, Outcome, SentenceKind, Term

MOST_FACTS = 3
"""Sets of more facts than this explain nothing to anybody."""

_OWED = (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME)

_A_LISTED_OFFENCE = ("OF61131", "Wounding with intent to do grievous bodily harm")

_TWELVE_MONTHS = (Term(months=12),)

_CUSTODY = SentenceFacts(SentenceKind.IMPRISONMENT, terms=_TWELVE_MONTHS)

_NOT_CERTAIN = frozenset({SentenceKind.UNKNOWN, SentenceKind.CUSTODY_UNCLEAR})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it would have to be. ``is_open`` marks one that is not known today.

    ``asked_of`` is who can know it; a fact that is known otherwise needs a correction by them.
    """

    words: str
    asked_of: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Nearest:
    """One smallest set of facts that makes an offence's answer yes, and which yes."""

    facts: tuple[Fact, ...]
    outcome: Outcome

    @property
    def is_one_call(self) -> bool:
        """Say whether one question, whose answer nobody has given yet, could settle it."""
        return len(self.facts) == 1 and self.facts[0].is_open

    @property
    def in_words(self) -> str:
        """Say the set in one phrase."""
        return ", and ".join(fact.words for fact in self.facts)


_Change = tuple[Fact, Callable[[SentencingFacts], SentencingFacts]]


def nearest(facts: SentencingFacts, place: int) -> tuple[Nearest, ...]:
    """Return the smallest sets of facts that would make the offence at a place owed contact.

    Smallest first, facts that nobody knows yet before those that are known otherwise. Empty for
    an offence that is owed contact already, and where no few facts make it so.
    """
    if decide(facts).offences[place].outcome in _OWED:
        return ()
    changes = list(_changes(facts, place))
    found: list[tuple[frozenset[int], Nearest]] = []
    for size in range(1, MOST_FACTS + 1):
        for chosen in combinations(range(len(changes)), size):
            if any(smaller <= set(chosen) for smaller, _ in found):
                continue
            outcome = _changed(facts, place, [changes[i] for i in chosen])
            if outcome in _OWED:
                told = tuple(changes[i][0] for i in chosen)
                found.append((frozenset(chosen), Nearest(told, outcome)))
    return tuple(sorted((one for _, one in found), key=_nearness))


def _nearness(one: Nearest) -> tuple[int, int, str]:
    return len(one.facts), sum(not fact.is_open for fact in one.facts), one.in_words


def _changed(facts: SentencingFacts, place: int, changes: list[_Change]) -> Outcome:
    for _, change in changes:
        facts = change(facts)
    return decide(facts).offences[place].outcome


def _changes(facts: SentencingFacts, place: int) -> Iterator[_Change]:
    """List every fact that could be otherwise, each with how it would be."""
    count = counts_of(facts, rule_sets.in_force_on(facts.sentenced_on))[place]
    yield from _of_the_occasion(facts)
    yield from _of_the_offence(count, place)
    yield from _of_the_sentence(count, place)


def _of_the_occasion(facts: SentencingFacts) -> Iterator[_Change]:
    if facts.outside_court:
        fact = Fact("a court of England and Wales passed the sentence", "the court", is_open=False)
        yield fact, lambda known: replace(known, outside_court=False)
    if facts.died:
        fact = Fact("the offender is alive", "the prison", is_open=False)
        yield fact, lambda known: replace(known, died=False)


def _of_the_offence(count: Count, place: int) -> Iterator[_Change]:
    offence, listing = count.offence, count.standing
    if offence.finding is not Finding.CONVICTED:
        is_open = offence.finding is Finding.NOT_STATED
        fact = Fact("the offender was convicted of it", "the court", is_open)
        yield fact, _with(place, finding=Finding.CONVICTED)
    if listing.answer is not Answer.YES:
        code, title = _A_LISTED_OFFENCE
        yield _listed(listing), _with(place, offence_code=code, title=title)
    if not offence.notification:
        words = "the court recorded that notification requirements apply"
        yield Fact(words, "the court", is_open=False), _with(place, notification=True)
    if listing.notification_scheme is not Answer.NO and not offence.committed_until:
        words = "the offence was committed since the Notification Scheme was rolled out"
        since = _with(place, committed_from=count.facts.sentenced_on)
        yield Fact(words, "the police", is_open=offence.committed_from is None), since


def _listed(listing: Listing) -> Fact:
    """Return what would put an offence on the list: the question about it, where one is open."""
    if listing.answer is Answer.UNKNOWN and listing.question.endswith("?"):
        return Fact(f"the answer is yes to “{listing.question}”", "the court", is_open=True)
    words = "the offence was one that the Schedule lists"
    return Fact(words, "the court", is_open=listing.answer is Answer.UNKNOWN)


def _of_the_sentence(count: Count, place: int) -> Iterator[_Change]:
    imposed = count.offence.sentences
    if any(one.kind in _NOT_CERTAIN for one in imposed):
        fact = Fact("the court imposed custody of 12 months or more", "the court", is_open=True)
        certain = [one for one in imposed if one.kind not in _NOT_CERTAIN]
        yield fact, _with(place, sentences=(*certain, _CUSTODY))
    elif not count.in_custody:
        words = "the court imposed immediate custody of 12 months or more for it"
        yield Fact(words, "the court", is_open=False), _with(place, sentences=(_CUSTODY,))
    elif count.length.answer is not Answer.YES:
        custody = [one for one in imposed if one.kind in IMMEDIATE_CUSTODY]
        longer = tuple(replace(one, terms=_TWELVE_MONTHS) for one in custody)
        is_open = count.length.answer is Answer.UNKNOWN
        fact = Fact("the term for this offence was 12 months or more", "the court", is_open)
        yield fact, _with(place, sentences=longer)


def _with(place: int, **fields: Any) -> Callable[[SentencingFacts], SentencingFacts]:
    """Return what changes one offence's facts and leaves every other fact as it is."""

    def changed(facts: SentencingFacts) -> SentencingFacts:
        every = list(facts.offences)
        every[place] = replace(every[place], **fields)
        return replace(facts, offences=tuple(every))

    return changed
