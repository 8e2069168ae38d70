"""What a court takes back, as SPI tells it: each result under its own offence."""

from __future__ import annotations

import pytest

from tests.intake.spi.messages import case, delivered, message, offence, result
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Change, Outcome

HARM, ROBBERY = "OF61102", "TH68023"

NO, YES, UNKNOWN = Outcome.NOT_ELIGIBLE, Outcome.STATUTORY, Outcome.CANNOT_TELL

CUSTODY = result("1002", "Imprisonment", length="2 Y")


def answers(*offences: str) -> dict[str | None, Outcome]:
    """Return the outcome of each offence of the one person listed, by code; empty for nobody."""
    found = read(delivered(message(case(*offences))))
    assert (found.status, found.problem) == ("read", None)
    if not found.sentenced:
        return {}
    (one,) = found.sentenced
    return {of.offence_code: of.outcome for of in decide(one.facts).offences}


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("2083", "Appeal allowed", NO),
        ("2100", "", NO),
        ("2101", "", NO),
        ("", "Appeal against conviction allowed", NO),
        ("", "Conviction quashed", NO),
        ("", "Appeal allowed", UNKNOWN),
        ("", "Appeal against conviction allowed in part", UNKNOWN),
        ("", "Appeal against sentence allowed", UNKNOWN),
        ("1046", "Varied on appeal", UNKNOWN),
        ("2068", "Sentence quashed", UNKNOWN),
        ("3244", "", UNKNOWN),
        ("3045", "Appeal dismissed", None),
        ("3156", "", None),
        ("3093", "Appeal withdrawn", None),
        ("", "Appeal against conviction dismissed", None),
        ("", "Appeal abandoned", None),
    ],
)
def test_what_an_appeal_ended_with_decides(code: str, words: str, expected: Outcome | None) -> None:
    found = answers(offence(HARM, result(code, words)))

    assert found == ({} if expected is None else {HARM: expected})


def test_a_count_that_is_gone_does_not_touch_its_neighbour() -> None:
    gone = offence(HARM, result("2100"))

    assert answers(gone, offence(ROBBERY, CUSTODY, sequence=2)) == {HARM: NO, ROBBERY: YES}


@pytest.mark.parametrize("told", [result("1046", "Varied on appeal"), result("", "Appeal allowed")])
def test_the_new_sentence_decides(told: str) -> None:
    short = result("1002", "Imprisonment", length="8 M")

    assert answers(offence(HARM, told, CUSTODY)) == {HARM: YES}
    assert answers(offence(HARM, told, short)) == {HARM: NO}


def test_how_it_was_changed_is_kept_in_the_words_of_the_table() -> None:
    lenient = result("", "Sentence increased as unduly lenient, Sam Example")
    body = message(case(offence(HARM, lenient, CUSTODY)))

    (one,) = read(delivered(body)).sentenced

    (dealt,) = one.facts.offences
    assert (dealt.change, one.facts.on_application) == (Change.UNDULY_LENIENT, True)
    assert dealt.taken_back == "Taken back: sentence"
