"""Two spellings of one name meet, and different names do not."""

from __future__ import annotations

import pytest

from vcs.search.spelling import ENOUGH, keys_of, likeness, name_likeness, words_of

ONE_NAME = (
    ("Smith", "Smyth"),
    ("Catherine", "Kathryn"),
    ("Stephen", "Steven"),
    ("Philip", "Filip"),
    ("Shaun", "Shuan"),
    ("Jestyn", "Jestin"),
    ("Lorton", "Lotron"),
    ("Llewelyn", "Llywelyn"),
    ("Mohammed", "Mohamed"),
    ("Hussain", "Hussein"),
    ("Clarke", "Clark"),
    ("O'Brien", "OBrien"),
    ("Łukasz", "Lukasz"),
    ("José", "Jose"),
    ("Madeup", "adeup"),
    ("Madeup", "Madeupp"),
    ("Jones", "Jonse"),
    ("Sean", "Shawn"),
    ("Rhys", "Reece"),
    ("Pugh", "Pew"),
    ("Murphy", "Murfy"),
    ("Siobhan", "Chevonne"),
    ("Elizabeth", "Liz"),
    ("Joanne", "Jo"),
)

TWO_NAMES = (
    ("Smith", "Jones"),
    ("John", "Mary"),
    ("Ali", "Lee"),
    ("Brown", "Green"),
    ("Rhys", "Ross"),
)


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_share_a_key_and_are_alike(one: str, other: str) -> None:
    (here,), (there,) = words_of(one), words_of(other)
    assert keys_of(here) & keys_of(there)
    assert likeness(here, there) >= ENOUGH
    assert likeness(here, there) == pytest.approx(likeness(there, here))


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_different_names_are_not_alike(one: str, other: str) -> None:
    assert likeness(*words_of(one), *words_of(other)) < ENOUGH


@pytest.mark.parametrize("place", range(10))
def test_any_one_mistake_in_typing_still_shares_a_key(place: int) -> None:
    name = "invernessy"
    left_out = name[:place] + name[place + 1 :]
    added = name[:place] + "q" + name[place:]
    changed = name[:place] + "q" + name[place + 1 :]
    turned = name[:place] + name[place : place + 2][::-1] + name[place + 2 :]
    for mistyped in (left_out, added, changed, turned):
        assert keys_of(name) & keys_of(mistyped), mistyped
        assert likeness(name, mistyped) >= ENOUGH, mistyped


def test_titles_signs_and_repeats_are_no_words() -> None:
    assert words_of("Mr. Siân O’Neill-Jones (Siân)") == ("sian", "oneill", "jones")
    assert words_of("") == ()
    assert len(words_of(" ".join(f"w{n}" for n in range(100)))) == 8


def test_the_order_of_a_name_does_not_count() -> None:
    assert name_likeness(("madeup", "colin"), ("colin", "madeup")) == 1.0
    assert name_likeness(("colin",), ("colin", "madeup")) == 1.0
    assert name_likeness(("colin", "elsewhere"), ("colin", "madeup")) == 0.5
    assert name_likeness((), ("colin",)) == 0.0
