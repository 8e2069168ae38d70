"""What stands between an answer and a yes, found by deciding again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from tests.law.test_properties import FACTS
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.nearest import nearest
from vcs.terms import Finding, Outcome, SentenceKind, Term

FRIDAY = date(2026, 3, 20)

WOUNDING, HEROIN = "OF61131", "MD71231"


def facts(code: str | None, *imposed: SentenceFacts, **more: object) -> SentencingFacts:
    offence = OffenceFacts(
        1, code, finding=Finding.CONVICTED, convicted_on=FRIDAY, committed_until=FRIDAY,
        sentences=imposed,
    )  # fmt: skip
    return SentencingFacts(FRIDAY, "C13LE00", (replace(offence, **more),))  # type: ignore[arg-type]


def prison(**term: int) -> SentenceFacts:
    terms = (Term(**term),) if term else ()
    return SentenceFacts(SentenceKind.IMPRISONMENT, terms=terms)


def in_words(found: SentencingFacts) -> list[str]:
    return [one.in_words for one in nearest(found, 0)]


def test_a_length_that_is_not_stated_is_one_call_away() -> None:
    (one,) = nearest(facts(WOUNDING, prison()), 0)
    assert one.is_one_call
    assert one.in_words == "the term for this offence was 12 months or more"
    assert one.facts[0].asked_of == "the court"


def test_a_length_that_is_known_to_be_short_is_no_open_question() -> None:
    (one,) = nearest(facts(WOUNDING, prison(months=8)), 0)
    assert not one.is_one_call
    assert one.outcome is Outcome.STATUTORY


def test_a_fine_for_an_unlisted_offence_is_two_facts_away() -> None:
    fine = SentenceFacts(SentenceKind.NON_CUSTODIAL)
    assert all(len(one.facts) == 2 for one in nearest(facts(HEROIN, fine), 0))


def test_what_is_owed_already_needs_no_change() -> None:
    assert nearest(facts(WOUNDING, prison(months=12)), 0) == ()


def test_an_open_question_stands_before_a_fact_known_otherwise() -> None:
    found = nearest(facts("ZZ99999", prison(years=4)), 0)
    assert [one.is_one_call for one in found] == sorted(
        (one.is_one_call for one in found), reverse=True
    )
    assert "yes to “Is this offence specified in Schedule 18" in found[0].in_words


@settings(max_examples=60)
@given(FACTS)
def test_every_set_is_smallest_and_never_offered_for_what_is_owed(known: SentencingFacts) -> None:
    decided = decide(known)
    for place, offence in enumerate(decided.offences):
        sets = [frozenset(one.facts) for one in nearest(known, place)]
        owed = offence.outcome in (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME)
        assert not (owed and sets)
        assert not any(a < b for a in sets for b in sets)


def test_what_a_title_settles_is_no_open_question() -> None:
    burglary_to_steal = facts("TH68037", prison(years=4))
    assert not any(one.is_one_call for one in nearest(burglary_to_steal, 0))


def test_an_open_listing_is_told_by_its_own_question() -> None:
    found = nearest(facts("TH68034", prison(years=3)), 0)
    assert found[0].is_one_call
    assert "“Was the burglary charged with intent" in found[0].in_words
