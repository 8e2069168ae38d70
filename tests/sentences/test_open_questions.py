"""A question says what would settle it, who can know it, and what the court said."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.journeys.world import CANNOT_TELL, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from vcs.law.book.asked import asked_of_people
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.sentences.enquiries.open_questions import in_words
from vcs.terms import Finding, SentenceKind, Term

WOUNDING = ("OF61131", "Wounding with intent")


def count(
    number: int, *imposed: SentenceFacts, offence: tuple[str, str] = WOUNDING
) -> OffenceFacts:
    code, title = offence
    return OffenceFacts(
        number,
        code,
        title,
        Finding.CONVICTED,
        convicted_on=date(2026, 2, 2),
        committed_from=date(2025, 9, 1),
        sentences=imposed,
    )


def asked(*counts: OffenceFacts) -> tuple[str, ...]:
    facts = SentencingFacts(FRIDAY, "C13LE00", counts)
    decision = decide(facts)
    return in_words(decision, facts, decision.questions)


PRISON = SentenceFacts(SentenceKind.IMPRISONMENT, "Imprisonment")


def test_a_question_stands_under_the_courts_words_and_names_who_can_know_it() -> None:
    assert asked(count(1, PRISON)) == (
        "Offence 1, in the court's words: “Wounding with intent”, “Imprisonment”.",
        "Find out the length of the term, from the court register.",
    )


def test_who_can_know_an_answer_is_said_where_the_question_does_not_say_it() -> None:
    _, first, *_ = asked(count(1, PRISON, offence=("ZZ00001", "Not in any list")))
    assert first.endswith("Who can know it: the court register, the indictment or the police.")


def test_lengths_that_contradict_each_other_are_shown_as_the_court_gave_them() -> None:
    twice = SentenceFacts(
        SentenceKind.IMPRISONMENT, "Imprisonment", terms=(Term(years=2), Term(months=8))
    )
    said, _ = asked(count(1, twice))
    assert "“Imprisonment, 2 years or 8 months”" in said


def test_offences_of_which_the_same_is_asked_are_asked_about_once() -> None:
    said = asked(count(1, PRISON), count(2, PRISON), count(3, PRISON))
    assert len(said) == 2
    assert said[0].startswith("Offences 1, 2 and 3, in the court's words")


def test_an_offence_that_is_settled_is_not_shown() -> None:
    long = SentenceFacts(SentenceKind.IMPRISONMENT, "Prison", terms=(Term(years=3),))
    said = asked(count(1, long), count(2, PRISON))
    assert said[0].startswith("Offence 2,")
    assert len(said) == 2


@pytest.mark.parametrize(
    "counted",
    [
        count(1, PRISON),
        count(1, SentenceFacts(SentenceKind.UNKNOWN, "As ordered")),
        count(1, SentenceFacts(SentenceKind.RESTRICTION_ORDER, "Restriction order")),
        count(1, PRISON, offence=("ZZ00001", "Not in any list")),
        count(1, PRISON, offence=("TH68034", "Burglary")),
    ],
)
def test_every_question_names_who_can_know_the_answer(counted: OffenceFacts) -> None:
    known = [re.split("[;,]", one.who_knows)[0] for one in asked_of_people()]
    heading, *lines = asked(counted)
    assert heading.startswith("Offence 1, in the court's words")
    assert lines
    assert [line for line in lines if not any(who in line for who in known)] == []


def test_no_question_about_a_sentence_names_the_offender(world: World) -> None:
    world.court_tells(told(FRIDAY, ("Canary", *CANNOT_TELL)))
    (task,) = world.tasks()
    assert "in the court's words" in task.question
    assert "Canary" not in task.question
