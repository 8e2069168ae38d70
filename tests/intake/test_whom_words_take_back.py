"""Words that take one thing back and leave another: each offence goes by its own clause."""

from __future__ import annotations

import pytest

from tests.intake.platform_shapes import prison
from tests.intake.test_taken_back import (
    BOTH,
    GRIEVOUS,
    HARM,
    NO,
    QUASHED,
    ROBBERY,
    UNKNOWN,
    YES,
    answers,
    application,
    count,
    said,
)
from vcs.terms import Outcome

YEARS = prison("3 Years")

TWO = (
    count(GRIEVOUS, prison("2 Years"), orderIndex=1),
    count(ROBBERY, YEARS, orderIndex=2),
)

THREE = (*TWO, count(HARM, prison("18 Months"), orderIndex=3))


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("Count 1 quashed. Count 2 stands.", NO, YES),
        ("Count 1 quashed, count 2 upheld", NO, YES),
        ("Count 1 quashed; appeal on count 2 dismissed", NO, YES),
        ("Count 1 quashed, sentence of 3 years on count 2 affirmed", NO, YES),
        ("Appeal against conviction allowed on count 1, dismissed on count 2", NO, YES),
        ("Count 1 quashed; count 2 (robbery) unaffected", NO, YES),
        ("Count 1 quashed, leaving robbery (3 years)", NO, YES),
        ("No appeal on count 1. Count 2 quashed", YES, NO),
        ("Count 2 quashed; count 1 not appealed", YES, NO),
        ("Leave refused on count 1, conviction on count 2 quashed", YES, NO),
        ("Conviction for wounding quashed; remains guilty of robbery", NO, YES),
        ("Count 1 quashed. Count 2: 3 years imprisonment", NO, UNKNOWN),
        ("Conviction on count 2 quashed. 3 years on count 1 from 20 March", UNKNOWN, NO),
        ("Count 2 quashed following count 1 retrial", UNKNOWN, UNKNOWN),
        ("Convictions quashed apart from robbery", UNKNOWN, UNKNOWN),
        ("Appeal dismissed save that count 1 is quashed", UNKNOWN, UNKNOWN),
        ("Appeal against sentence on count 1 allowed", YES, YES),
        ("Appeal against sentence dismissed on count 1; on count 2 allowed", YES, YES),
        ("Cyfrif 2 wedi ei ddileu", YES, NO),
        ("Diddymwyd yr euogfarn ar gyfrif 1", NO, YES),
    ],
)
def test_each_of_two_counts_goes_by_what_is_said_of_it(
    words: str, first: Outcome, second: Outcome
) -> None:
    found = answers(application(said(words), offences=TWO))

    assert found == {GRIEVOUS: first, ROBBERY: second}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Counts 1 and 3 quashed, count 2 to stand", (NO, YES, NO)),
        ("Convictions on counts 1 and 3 upheld, conviction on count 2 quashed", (YES, NO, YES)),
        (
            "Count 1: appeal dismissed. Count 2: appeal against conviction allowed. "
            "Count 3: appeal dismissed",
            (YES, NO, YES),
        ),
        (
            "Appeal against conviction allowed on count 1 and dismissed on counts 2 and 3",
            (NO, YES, YES),
        ),
        (
            "Appeal against conviction on counts 1 and 2 dismissed; on count 3 allowed",
            (YES, YES, NO),
        ),
        ("Count 3 quashed. Sentence on count 1 increased to 5 years", (YES, YES, NO)),
        ("All counts quashed save for count 2", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("Counts 1 to 3 quashed except count 2", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("Counts 2 and 3 stand, remainder quashed", (UNKNOWN, YES, YES)),
        ("Both convictions quashed, robbery stands", (UNKNOWN, YES, UNKNOWN)),
        ("Convictions on all counts quashed", (NO, NO, NO)),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_each_of_three_counts_goes_by_what_is_said_of_it(
    words: str, expected: tuple[Outcome, ...], *, known: bool
) -> None:
    definition = QUASHED if known else {}
    found = answers(application(said(words, **definition), offences=THREE))

    assert tuple(found[code] for code in (GRIEVOUS, ROBBERY, HARM)) == expected


def test_a_title_with_a_comma_is_one_name() -> None:
    titled = count(ROBBERY, YEARS, orderIndex=2, offenceTitle="Robbery, with a firearm")
    quashing = said("Wounding quashed; conviction for robbery, with a firearm stands", **QUASHED)

    found = answers(application(quashing, offences=(TWO[0], titled)))
    assert found == {GRIEVOUS: NO, ROBBERY: YES}


@pytest.mark.parametrize(
    "words",
    [
        "Conviction declared unsafe",
        "The court finds the conviction unsafe and sets it aside",
        "Acquitted on appeal",
        "Not guilty verdict substituted",
        "Retrial directed",
        "Caniatawyd yr apêl",
        "Diddymwyd yr euogfarn",
    ],
)
def test_an_appeal_that_left_something_otherwise_is_never_read_as_nothing(words: str) -> None:
    alone = (count(HARM, orderIndex=1),)
    assert answers(application(said(words), offences=alone))[HARM] in (NO, UNKNOWN)


BREACH = "Failing to comply with the requirements of a community order"


@pytest.mark.parametrize(
    ("label", "code", "words"),
    [
        ("Order revoked", "1029", "Order revoked\nResentenced to 18 months imprisonment"),
        ("Granted", "", "Granted. Sentence varied from suspended to immediate"),
        ("Dismissed", "2006", "Dismissed\nImprisonment 18 months"),
    ],
)
def test_custody_in_the_text_of_a_known_result_is_asked_about(
    label: str, code: str, words: str
) -> None:
    own = said(label, words, **({"cjsCode": code} if code else {}))
    found = answers(application(own, offences=(count(HARM),), kind=BREACH))

    assert UNKNOWN in found.values()


@pytest.mark.parametrize(
    "words",
    [
        "Sentence varied to 18 months imprisonment",
        "Suspended sentence replaced with immediate custody of 18 months",
        "Original sentence quashed and substituted by 3 years imprisonment",
        "Sentence corrected under slip rule: 3 years imprisonment",
        "Term corrected to 3 years",
    ],
)
def test_a_changed_term_told_in_words_alone_is_asked_about(words: str) -> None:
    text = {"judicialResultTypeId": "98138ec8-5dd3-11e8-9c2d-fa7ae01bbebc"}
    convicted = said("Text", words, isConvictedResult=True, **text)
    found = answers(application(offences=(count(HARM, convicted),), kind=BOTH))

    assert found == {HARM: UNKNOWN}
