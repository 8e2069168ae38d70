"""No word that a form of free text forgives is lost unseen."""

from __future__ import annotations

import pytest

from tests.intake.said import held, meanings
from vcs.intake.results import result_tables, wording


def test_each_text_still_means_what_it_meant() -> None:
    """Look at what differs; if it is meant, renew the texts as their module says."""
    lost = [text for text, meaning in held() if meaning not in meanings(text)]

    assert lost == []


def test_every_meaning_of_free_text_has_texts() -> None:
    assert {meaning for _, meaning in held()} == {
        row["meaning"] for row in result_tables.FREE_TEXT_FORMS
    }


@pytest.mark.parametrize(
    "whose", ["", "the ", "his ", "her ", "their ", "defendant's ", "defendants "]
)
def test_a_warrant_for_anybodys_arrest_is_no_sentence(whose: str) -> None:
    assert meanings(f"warrant without bail for {whose}arrest") == {"not_a_sentence"}


@pytest.mark.parametrize("hours", ["100 hours of ", "1 hour ", "forty hours ", ""])
def test_any_number_of_hours_of_unpaid_work_is_no_custody(hours: str) -> None:
    assert meanings(f"{hours}unpaid work") == {"non_custodial"}


SLIPS = {
    "imprisonmnet": "imprisonment",
    "imprisonned": "imprisoned",
    "imprisno": "imprison",
    "prisn": "prison",
    "custdoy": "custody",
    "custodail": "custodial",
    "detenton": "detention",
    "detianed": "detained",
    "sentanced": "sentenced",
    "sentance": "sentence",
    "hosptial": "hospital",
    "suspened": "suspended",
    "remaned": "remanded",
    "carcahr": "carchar",
    "carcahru": "carcharu",
}


@pytest.mark.parametrize(("slip", "word"), SLIPS.items())
def test_a_slip_of_the_pen_is_read_as_the_word_of_custody(slip: str, word: str) -> None:
    assert wording._spelt(slip) == word


def test_every_word_that_slips_are_read_as_has_one() -> None:
    assert set(wording._VOCABULARY) == set(SLIPS.values())
