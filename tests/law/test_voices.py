"""Every reason the law can give has plain words in English and in Welsh."""

from __future__ import annotations

from hypothesis import given

from tests.law.example_reader import examples
from tests.law.test_properties import FACTS
from vcs.law.conditions.plain_words import PLAIN_WORDS, in_plain_words, outcome_in_plain_words
from vcs.law.eligibility import decide
from vcs.law.facts import SentencingFacts
from vcs.terms import Language, Outcome


@given(FACTS)
def test_whatever_the_facts_every_reason_can_be_read_out(facts: SentencingFacts) -> None:
    for offence in decide(facts).offences:
        for reason in offence.reasons:
            assert all(in_plain_words(reason, language) for language in Language)


def test_the_worked_examples_can_be_read_out_and_so_can_every_outcome() -> None:
    reasons = [r for row in examples() for o in decide(row.facts).offences for r in o.reasons]

    assert all(in_plain_words(reason, Language.WELSH) for reason in reasons)
    assert all(outcome_in_plain_words(o, language) for o in Outcome for language in Language)


def test_plain_words_are_short_sentences_without_the_words_of_lawyers() -> None:
    english = [words[Language.ENGLISH] for words in PLAIN_WORDS.values()]

    assert all(len(words.split()) <= 20 and words.endswith(".") for words in english)
    assert not [w for w in english for bad in ("section", "Schedule", "statut") if bad in w]
