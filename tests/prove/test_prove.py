"""The rules of ``make prove`` hold for a slice of the walk, and a fault in the law is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.law import switches
from tests.law.example_reader import settled
from tests.law.switches import Switch
from tests.prove.deciding import NEVER_ALONE, able_to_decide, asked_about, unable
from tests.prove.facts import ALL, given, walked
from tests.prove.walk import Walked, walk
from tests.prove.words import in_words
from vcs.law import eligibility
from vcs.law.conditions.count import Count, counts_of
from vcs.law.decision import OffenceDecision
from vcs.law.eligibility import decide, decide_offence
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.terms import Finding, Outcome

SETS = 8_000

A_FEW = 480


@pytest.fixture(scope="module")
def slice_of_it() -> Walked:
    return walk(SETS)


def test_every_rule_holds_for_a_slice_of_the_sets(slice_of_it: Walked) -> None:
    assert slice_of_it.broken == []
    assert slice_of_it.sets == SETS


def test_every_outcome_is_reached(slice_of_it: Walked) -> None:
    assert set(slice_of_it.outcomes) == set(Outcome)


def test_every_condition_can_decide_alone_or_says_why_not(slice_of_it: Walked) -> None:
    seen = Walked()
    seen.join(slice_of_it)
    for row in settled():
        for offence in decide(row.facts, row.as_if).offences:
            seen.note(offence, ALL)

    assert seen.broken == []
    assert unable(seen.seen) == frozenset()
    assert NEVER_ALONE.keys() <= asked_about()
    assert not NEVER_ALONE.keys() & able_to_decide(seen.seen).keys()


def test_a_number_names_the_same_set_again() -> None:
    for one in walked(40):
        assert given(one.number) == one


def test_the_parts_of_a_walk_are_the_whole() -> None:
    whole = [one.number for one in walked(100)]
    parts = [one.number for part in range(3) for one in walked(100, part, 3)]

    assert len(set(whole)) == 100
    assert sorted(parts) == sorted(whole)


def test_a_set_reads_as_a_sentence() -> None:
    words = in_words(next(walked(1)))

    assert words.startswith("On 2003-06-03, an offender of unknown age: OF61131 committed")


Read = Callable[[SentencingFacts], SentencingFacts]


def _misread(change: Read) -> Switch:
    """Let the law read other facts than it is given."""
    original = counts_of
    instead = lambda facts, rules: original(change(facts), rules)  # noqa: E731 - one expression
    return switches.patched(change.__name__, [(eligibility, "counts_of", instead)])


def without_a_finding_it_was_no_conviction(facts: SentencingFacts) -> SentencingFacts:
    return _each(facts, lambda o: o.finding is Finding.NOT_STATED, finding=Finding.QUASHED)


def a_term_of_years_is_read_as_none(facts: SentencingFacts) -> SentencingFacts:
    def is_long(offence: OffenceFacts) -> bool:
        return any(term.years for one in offence.sentences for term in one.terms)

    return _each(facts, is_long, sentences=())


def beside_two_others_an_offence_is_lost(facts: SentencingFacts) -> SentencingFacts:
    return facts if len(facts.offences) < 3 else _each(facts, lambda o: True, sentences=())


def only_the_first_is_sentenced(facts: SentencingFacts) -> SentencingFacts:
    return _each(facts, lambda o: o is not facts.offences[0], sentences=())


def a_title_is_read(facts: SentencingFacts) -> SentencingFacts:
    return _each(facts, lambda o: bool(o.title), sentences=())


def _each(
    facts: SentencingFacts, chosen: Callable[[OffenceFacts], bool], **fields: Any
) -> SentencingFacts:
    offences = tuple(replace(one, **fields) if chosen(one) else one for one in facts.offences)
    return replace(facts, offences=offences)


def _decided_by_what_is_not_said() -> Switch:
    original = decide_offence

    def instead(count: Count) -> OffenceDecision:
        found = original(count)
        secret = found.outcome is Outcome.STATUTORY and count.offence.domestic_abuse
        return replace(found, outcome=Outcome.CANNOT_TELL) if secret else found

    name = "domestic abuse turns an owed answer into a question"
    return switches.patched(name, [(eligibility, "decide_offence", instead)])


PLANTED = (
    (_misread(without_a_finding_it_was_no_conviction), "leaving out the finding"),
    (_misread(a_term_of_years_is_read_as_none), "a term two years longer"),
    (_misread(beside_two_others_an_offence_is_lost), "one more offence"),
    (_misread(only_the_first_is_sentenced), "the offences in another order"),
    (_misread(a_title_is_read), "another title"),
    (_decided_by_what_is_not_said(), "something decides that no reason names"),
)


@pytest.mark.parametrize(("fault", "found"), PLANTED, ids=lambda one: getattr(one, "name", one))
def test_a_fault_in_the_law_is_found(fault: Switch, found: str) -> None:
    with fault.on():
        told = walk(A_FEW).broken

    assert any(found in sentence for sentence in told), told
