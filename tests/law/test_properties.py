"""What must hold for any facts: more custody never helps less, order does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vcs.law import archive
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.rule_sets import RULE_SETS, in_force_on
from vcs.law.sentences import lasts_twelve_months
from vcs.terms import PROTECTION_ORDER, Answer, Finding, Outcome, SentenceKind, Sequence, Term

CODES = ["COML025", "OF61102", "TH68023", "TH68010", "TH68036", "PH97006", "SC15004", "XX001"]
TERMS = st.builds(
    Term, st.integers(0, 3), st.integers(0, 14), st.integers(0, 60), st.integers(0, 400)
)
SENTENCES = st.builds(
    SentenceFacts,
    kind=st.sampled_from(SentenceKind),
    terms=st.lists(TERMS.filter(bool), max_size=2).map(tuple),
    sequence=st.sampled_from(Sequence),
)
OFFENCES = st.builds(
    OffenceFacts,
    sequence=st.integers(1, 9),
    offence_code=st.one_of(st.none(), st.sampled_from(CODES)),
    finding=st.sampled_from(Finding),
    committed_until=st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2026, 1, 1))),
    notification=st.booleans(),
    sentences=st.lists(SENTENCES, max_size=2).map(tuple),
)
FACTS = st.builds(
    SentencingFacts,
    sentenced_on=st.dates(date(2000, 1, 1), date(2039, 12, 31)),
    court_code=st.just("C01CE00"),
    offences=st.lists(OFFENCES, min_size=1, max_size=4).map(tuple),
    youth=st.sampled_from([None, True, False]),
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
def test_taking_away_the_length_or_the_code_never_turns_cannot_tell_into_no(
    facts: SentencingFacts,
) -> None:
    if decide(facts).outcome is not Outcome.CANNOT_TELL:
        return
    without_code = replace(
        facts, offences=tuple(replace(o, offence_code=None) for o in facts.offences)
    )
    without_length = replace(
        facts,
        offences=tuple(
            replace(o, sentences=tuple(replace(s, terms=()) for s in o.sentences))
            for o in facts.offences
        ),
    )

    assert decide(without_code).outcome is not Outcome.NOT_ELIGIBLE
    assert decide(without_length).outcome is not Outcome.NOT_ELIGIBLE


@given(TERMS.filter(bool), st.dates(date(2001, 1, 1), date(2039, 12, 31)))
def test_a_length_known_without_its_start_is_known_with_it(term: Term, start: date) -> None:
    without = lasts_twelve_months(term, None)

    if without is not Answer.UNKNOWN:
        assert lasts_twelve_months(term, start) is without


def test_one_rule_set_is_in_force_on_every_day_from_2001_to_2040() -> None:
    days = (date.fromordinal(n) for n in range(date(2001, 1, 1).toordinal(), 745_000))

    assert {in_force_on(day).id for day in days if day.year <= 2040} <= {r.id for r in RULE_SETS}


def test_the_act_of_2026_is_present_and_not_in_force() -> None:
    (act,) = [row for row in RULE_SETS if row.id == "victims-and-courts-act-2026"]

    assert act.in_force_from is None
    assert not act.confirmed
