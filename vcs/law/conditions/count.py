"""One count: an offence on the occasion it was dealt with, with what several conditions ask of it.

Looked up once here and handed to every condition, so that no condition looks it up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence import length, sentences, totals
from vcs.law.relevant_sentence.sentences import Found
from vcs.law.rule_sets import RuleSet
from vcs.law.specified_offence import families, offences
from vcs.law.specified_offence.offences import Listing
from vcs.terms import UNKNOWN, YES, Answer, SentenceKind

A_CHILD = 17

"""The age that stands for a child where only the mark of youth is known."""


class Occasion:
    """What is asked of the whole occasion, and not of one offence.

    ``has_several`` says that more than one thing was imposed: most terms stand alone.
    """

    def __init__(self, facts: SentencingFacts, rules: RuleSet) -> None:
        self.facts = facts
        self.rules = rules
        age = facts.age_on(facts.sentenced_on)
        self.age = A_CHILD if age is None and facts.youth else age
        self.youth = bool(facts.youth) if age is None else age < 18
        self.has_several = len(facts.offences) > 1 or any(
            len(one.sentences) > 1 for one in facts.offences
        )

    @cached_property
    def total(self) -> Found:
        """Return whether terms under 12 months may add up."""
        return totals.aggregate(self.facts)

    @cached_property
    def longest_days(self) -> int | None:
        """Return the longest term in days, the shortest reading of each; None for life."""
        return totals.longest_days(self.facts)

    @cached_property
    def total_in_words(self) -> str:
        """Return what all the terms come to; empty for one term."""
        return totals.total_in_words(self.facts)


@dataclass(frozen=True, slots=True)
class Count:
    """One offence of an occasion. ``kinds`` are the kinds of everything imposed for it."""

    offence: OffenceFacts
    occasion: Occasion
    facts: SentencingFacts
    standing: Listing
    custody: Found
    length: Found
    kinds: frozenset[SentenceKind]

    @property
    def in_custody(self) -> bool:
        """Say whether custody that starts at once was imposed."""
        return self.custody.answer is YES

    @property
    def scheme_offence(self) -> Answer:
        """Say whether the Notification Scheme covers the offence that the sentence is for.

        A suspended sentence that was activated on another offence was passed for one not known.
        """
        covered = self.standing.notification_scheme
        of_its_own = covered is YES or self.standing.answer is YES
        if SentenceKind.SUSPENDED_ACTIVATED in self.kinds and not of_its_own:
            return UNKNOWN
        return covered


def counts_of(facts: SentencingFacts, rules: RuleSet) -> tuple[Count, ...]:
    """Look every offence of an occasion up, in the order of the message."""
    occasion = Occasion(facts, rules)
    return tuple([_count(offence, occasion, facts) for offence in facts.offences])


def _count(offence: OffenceFacts, occasion: Occasion, facts: SentencingFacts) -> Count:
    code, start = offence.offence_code, facts.sentenced_on
    committed_on = offence.committed_until or offence.committed_from
    listing = offences.standing(code, offence.convicted_on or start, committed_on, start)
    custody, its_length, kinds = _imposed(offence.sentences, start)
    return Count(
        offence,
        occasion,
        facts,
        families.settled_by_title(code, listing),
        custody,
        totals.marked_as_life(facts, its_length),
        kinds,
    )


@lru_cache(maxsize=4096)
def _imposed(
    imposed: tuple[SentenceFacts, ...], start: date
) -> tuple[Found, Found, frozenset[SentenceKind]]:
    """Return whether it is custody that starts at once, whether 12 months of it, and its kinds."""
    kinds = frozenset(one.kind for one in imposed)
    return sentences.custody(imposed), length.twelve_months(imposed, start), kinds
