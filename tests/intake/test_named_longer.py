"""A plain code whose own words name an extended sentence, one for life, one of concern."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.spi import messages as spi
from tests.intake.test_custody_that_is_longer import by_spi, custody, decided, prompt
from vcs.terms import Outcome, SentenceKind

EXTENDED, LIFE = SentenceKind.EXTENDED, SentenceKind.LIFE
OF_CONCERN = SentenceKind.PARTICULAR_CONCERN

NAMED = [
    ("Extended sentence of imprisonment: custodial term 8 months, extension 2 years", EXTENDED),
    ("Committed to prison for 8 months. Extended licence period: 2 years", EXTENDED),
    ("8 months custodial element, 24 months extension", EXTENDED),
    ("Imposed under s.279: custodial term 8 months", EXTENDED),
    ("Imposed under s. 279, custodial term 8 months", EXTENDED),
    ("8 months, no remand time to count, extended licence of 2 years", EXTENDED),
    ("Special custodial sentence s.278, 8 months", OF_CONCERN),
    ("SOPC 8 months", OF_CONCERN),
    ("Serious terrorism sentence", SentenceKind.SERIOUS_TERRORISM),
    ("Imprisonment for public protection, minimum term 8 months", SentenceKind.INDETERMINATE),
    ("IPP, tariff 8 months", SentenceKind.INDETERMINATE),
    ("Detained during His Majesty’s pleasure, minimum 8 months", SentenceKind.HM_PLEASURE),
    ("Whole life order", LIFE),
    ("Discretionary life, minimum term 8 months", LIFE),
]

NOT_NAMED = [
    "Committed to prison for 8 months",
    "Committed to prison for 8 months. The court considered, and rejected, an extended sentence",
    "8 months. No extended sentence was imposed",
    "8 months, consecutive to an existing extended sentence",
    "8 months because of breach of an extended licence",
    "8 months for the offence committed while on an extended licence",
    "8 months. Only custody will do for public protection reasons",
    "8 months. Maximum sentence: life imprisonment",
    "8 months. Disqualified from driving for 2 years with an extension period of 4 months",
    "8 months. DPP to be told",
    "8 months with 12 months post sentence supervision",
]


@pytest.mark.parametrize(("words", "kind"), NAMED)
def test_words_beside_a_plain_code_name_longer_custody_by_either_feed(
    words: str, kind: SentenceKind
) -> None:
    facts, decision = decided(custody("Imprisonment", resultText=words))
    also, as_well = by_spi(spi.result("1002", words, length="8 M"))

    for told in (facts, also):
        (sentence,) = told.offences[0].sentences
        assert sentence.kind is kind or sentence.life
    assert decision.outcome is as_well.outcome is Outcome.STATUTORY


@pytest.mark.parametrize("words", NOT_NAMED)
def test_what_was_not_imposed_here_makes_no_term_longer(words: str) -> None:
    assert decided(custody("Imprisonment", resultText=words))[1].outcome is Outcome.NOT_ELIGIBLE
    assert by_spi(spi.result("1002", words, length="8 M"))[1].outcome is Outcome.NOT_ELIGIBLE


def test_a_copy_without_codes_names_it_by_its_words_too() -> None:
    copied: dict[str, Any] = {"cjsCode": "", "durationElement": None} | {
        "judicialResultTypeId": "abb95a52-2a75-40c3-8d3f-a1d75a199c47",
        "resultText": "Extended sentence, custodial term 8 months",
    }
    assert decided(custody("Imprisonment", **copied))[1].outcome is Outcome.STATUTORY


@pytest.mark.parametrize(
    "told",
    [
        prompt("Extended sentence", "true"),
        prompt("Extended licence period of", "2 Years"),
        prompt("Offender of particular concern", True),
        prompt("Imprisonment for public protection", "Yes"),
        prompt("Sentence type", "Extended determinate sentence"),
    ],
)
def test_a_prompt_names_longer_custody(told: dict[str, Any]) -> None:
    assert decided(custody("Imprisonment", told))[1].outcome is Outcome.STATUTORY


@pytest.mark.parametrize(
    "told",
    [
        prompt("Extended sentence", "false"),
        prompt("Offender of particular concern", "No"),
        prompt("Sentence type", "Standard determinate sentence"),
        prompt("Reason for public protection", "true"),
        prompt("Disqualification extension period", "4 Months"),
    ],
)
def test_a_prompt_that_says_no_or_something_else_names_none(told: dict[str, Any]) -> None:
    assert decided(custody("Imprisonment", told))[1].outcome is Outcome.NOT_ELIGIBLE
