"""What must hold for any facts: more custody never helps less, order does not matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vcs.law import archive
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.relevant_sentence.length import lasts_twelve_months
from vcs.law.rule_sets import RULE_SETS
from vcs.terms import (
    PROTECTION_ORDER,
    Answer,
    Change,
    Finding,
    Outcome,
    SentenceKind,
    Sequence,
    Term,
)

CODES = ["COML025", "OF61102", "TH68023", "TH68010", "TH68036", "PH97006", "SC15004", "XX001"]

TERMS = st.builds(
    Term, st.integers(0, 3), st.integers(0, 14), st.integers(0, 60), st.integers(0, 400)
)

SENTENCES = st.builds(
    SentenceFacts,
    kind=st.sampled_from(SentenceKind),
    terms=st.lists(TERMS.filter(bool), max_size=2).map(tuple),
    sequence=st.sampled_from(Sequence),
    life=st.booleans(),
    days_counted=st.one_of(st.none(), st.integers(0, 400)),
    released=st.booleans(),
)

DAYS = st.dates(date(2000, 1, 1), date(2039, 12, 31))

TRANSFERS = st.builds(
    TransferDirection,
    given_on=st.one_of(st.none(), DAYS),
    restricted=st.sampled_from([None, True, False]),
)

OFFENCES = st.builds(
    OffenceFacts,
    sequence=st.integers(1, 9),
    offence_code=st.one_of(st.none(), st.sampled_from(CODES)),
    finding=st.sampled_from(Finding),
    committed_until=st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2026, 1, 1))),
    notification=st.booleans(),
    domestic_abuse=st.booleans(),
    sentences=st.lists(SENTENCES, max_size=2).map(tuple),
    change=st.one_of(st.none(), st.sampled_from(Change)),
)

FACTS = st.builds(
    SentencingFacts,
    sentenced_on=DAYS,
    court_code=st.just("C01CE00"),
    offences=st.lists(OFFENCES, min_size=1, max_size=4).map(tuple),
    date_of_birth=st.one_of(st.none(), st.dates(date(1940, 1, 1), date(2025, 1, 1))),
    youth=st.sampled_from([None, True, False]),
    organisation=st.booleans(),
    died=st.booleans(),
    crown_court=st.sampled_from([None, True, False]),
    total_terms=st.lists(TERMS.filter(bool), max_size=1).map(tuple),
    restricted=st.booleans(),
    notification=st.booleans(),
    outside_court=st.booleans(),
    transfer=st.one_of(st.none(), TRANSFERS),
    restrictions_ended_on=st.one_of(st.none(), DAYS),
)


def _rank(outcome: Outcome) -> int:
    return PROTECTION_ORDER.index(outcome)


@given(FACTS)
def test_the_same_facts_give_the_same_decision_and_survive_the_archive(
    facts: SentencingFacts,
) -> None:
    decision = decide(facts)

    assert decide(archive.facts_from_json(archive.facts_json(facts))) == decision
    assert archive.decision_from_json(archive.decision_json(decision)) == decision


@given(FACTS, OFFENCES)
def test_adding_an_offence_never_lowers_the_outcome(
    facts: SentencingFacts, offence: OffenceFacts
) -> None:
    more = replace(facts, offences=(*facts.offences, offence))

    assert _rank(decide(more).outcome) <= _rank(decide(facts).outcome)


@given(FACTS)
def test_the_order_of_offences_does_not_matter(facts: SentencingFacts) -> None:
    turned = replace(facts, offences=facts.offences[::-1])

    assert decide(turned).outcome == decide(facts).outcome
    assert decide(turned).offences == decide(facts).offences[::-1]


@given(FACTS, st.integers(1, 30))
def test_more_custody_never_turns_yes_into_less(facts: SentencingFacts, months: int) -> None:
    longer = replace(facts, offences=tuple(_longer(one, months) for one in facts.offences))

    if decide(facts).outcome is Outcome.STATUTORY:
        assert decide(longer).outcome is Outcome.STATUTORY


def _longer(offence: OffenceFacts, months: int) -> OffenceFacts:
    return replace(
        offence,
        sentences=tuple(
            replace(s, terms=tuple(replace(t, months=t.months + months) for t in s.terms))
            for s in offence.sentences
        ),
    )


@given(FACTS)
def test_another_sentence_of_custody_never_turns_yes_into_less(facts: SentencingFacts) -> None:
    prison = SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(years=2),))
    more = _each(facts, lambda o: replace(o, sentences=(*o.sentences, prison)))

    if decide(facts).outcome is Outcome.STATUTORY:
        assert decide(more).outcome is Outcome.STATUTORY


@given(FACTS, SENTENCES)
def test_another_order_of_any_kind_never_turns_yes_into_less(
    facts: SentencingFacts, order: SentenceFacts
) -> None:
    more = _each(facts, lambda o: replace(o, sentences=(*o.sentences, order)))

    if decide(facts).outcome is Outcome.STATUTORY:
        assert decide(more).outcome is Outcome.STATUTORY


def _each(
    facts: SentencingFacts, change: Callable[[OffenceFacts], OffenceFacts]
) -> SentencingFacts:
    return replace(facts, offences=tuple(change(one) for one in facts.offences))


def _each_sentence(facts: SentencingFacts, **change: Any) -> SentencingFacts:
    return _each(
        facts, lambda o: replace(o, sentences=tuple(replace(s, **change) for s in o.sentences))
    )


WITHOUT: dict[str, Callable[[SentencingFacts], SentencingFacts]] = {
    "the code": lambda f: _each(f, lambda o: replace(o, offence_code=None)),
    "the length": lambda f: _each_sentence(f, terms=()),
    "how terms run": lambda f: _each_sentence(f, sequence=Sequence.NOT_STATED),
    "the days that count": lambda f: _each_sentence(f, days_counted=None),
    "the finding": lambda f: _each(f, lambda o: replace(o, finding=Finding.NOT_STATED)),
    "the day of conviction": lambda f: _each(f, lambda o: replace(o, convicted_on=None)),
    "the day of the offence": lambda f: _each(
        f, lambda o: replace(o, committed_from=None, committed_until=None)
    ),
    "how it was changed": lambda f: _each(f, lambda o: replace(o, change=None)),
    "the date of birth": lambda f: replace(f, date_of_birth=None),
    "the mark of youth": lambda f: replace(f, youth=None),
    "the age in any form": lambda f: replace(f, youth=None, date_of_birth=None),
    "the kind of court": lambda f: replace(f, crown_court=None),
    "the transfer": lambda f: replace(f, transfer=None),
    "what is known of the transfer": lambda f: (
        replace(f, transfer=TransferDirection()) if f.transfer else f
    ),
    "the end of restrictions": lambda f: replace(f, restrictions_ended_on=None),
}

"""Facts that may be missing. A contradiction is no missing fact: without one side it is settled."""


@given(FACTS)
def test_a_missing_fact_never_turns_cannot_tell_into_no(facts: SentencingFacts) -> None:
    if decide(facts).outcome is Outcome.CANNOT_TELL:
        for missing, take_away in WITHOUT.items():
            assert decide(take_away(facts)).outcome is not Outcome.NOT_ELIGIBLE, missing


@given(FACTS)
def test_what_stands_beside_the_answer_never_changes_it(facts: SentencingFacts) -> None:
    plain = _each_sentence(facts, days_counted=None, released=False)
    plain = _each(plain, lambda o: replace(o, change=None))

    assert decide(plain).outcome is decide(facts).outcome
    assert decide(plain).route is decide(facts).route
    assert not decide(plain).urgent


@given(FACTS)
def test_every_no_and_every_unknown_says_what_would_change_it(facts: SentencingFacts) -> None:
    for offence in decide(facts).offences:
        for reason in offence.reasons:
            assert reason.answer is Answer.YES or reason.would_change, reason


@given(FACTS)
def test_a_no_is_never_given_without_a_condition_that_says_no(facts: SentencingFacts) -> None:
    for offence in decide(facts).offences:
        answers = {reason.answer for reason in offence.reasons}
        if offence.outcome is Outcome.NOT_ELIGIBLE:
            assert Answer.NO in answers
        if offence.outcome is Outcome.CANNOT_TELL:
            assert offence.questions


@given(TERMS.filter(bool), st.dates(date(2001, 1, 1), date(2039, 12, 31)))
def test_a_length_known_without_its_start_is_known_with_it(term: Term, start: date) -> None:
    without = lasts_twelve_months(term, None)

    if without is not Answer.UNKNOWN:
        assert lasts_twelve_months(term, start) is without


def test_the_act_of_2026_is_present_and_not_in_force() -> None:
    (act,) = [row for row in RULE_SETS if row.id == "victims-and-courts-act-2026"]

    assert act.in_force_from is None
    assert not act.confirmed
