"""The search for an offence forgives spelling, word order, plurals and everyday words."""

from __future__ import annotations

import time

import pytest

from api.public.everyday import EVERYDAY
from api.public.periods import Period, period_in
from api.public.search import MOST, search, stem
from api.public.spelling import distance
from vcs.law.specified_offence import offences


def found(words: str) -> list[str]:
    """Return the codes that a search gives, in order."""
    return [row.code for row in search(words).rows]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("stabing", "OF61016"),
        ("stabbed", "OF61016"),
        ("knifed", "OF61016"),
        ("mugging", "TH68023"),
        ("robery", "TH68023"),
        ("ROBBERIES", "TH68023"),
        ("knife point robery", "TH68023"),
        ("ABH", "OF61102"),
        ("sec 47", "OF61102"),
        ("flashing", "SX03128"),
        ("indecnt exposure", "SX03128"),
        ("grooming", "SX03226"),
        ("s.20 wounding", "OF61131"),
        ("threatning to kill", "OF61014"),
        ("strangulaton", "SC15005"),
        ("killing by dangerous drivng", "RA88046"),
        ("attempted murder", "COML025A"),
        ("murdered", "COML025"),
        ("manslauter", "COML022"),
        ("common assault", "CJ88001"),
        ("arsen", "CD71015"),
        ("coersive control", "SC15004"),
        ("intent with wounding", "OF61016"),
        ("wounding with intent", "OF61016"),
        ("rape", "SX03013"),
        ("child raped", "SX03013"),
        ("rape of a child 1980s", "SX56072"),
        ("raped as a boy in 1985", "SX56073"),
        ("flasher in the nineties", "VG24010"),
        ("of 61102", "OF61102"),
        ("COML02", "COML020"),
    ],
)
def test_the_likeliest_offence_comes_first(words: str, first: str) -> None:
    assert found(words)[0] == first


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("GBH", "OF61131"),
        ("GBH", "OF61017"),
        ("indecent images", "PK78008"),
        ("burglery", "TH68036"),
        ("burgled", "TH68036"),
        ("domestic abuse", "SC15004"),
        ("choking", "SC15005"),
        ("acid attack", "OF61073"),
        ("fgm", "FG03001"),
        ("revenge porn", "SX03250"),
        ("stalkng", "PH97006"),
        ("kidnaping", "COML020"),
        ("stabing", "OF61131"),
        ("rape of a child 1980s", "SX56070"),
        ("rape of a child 1980s", "SX56005"),
    ],
)
def test_an_offence_is_found_by_what_people_call_it(words: str, code: str) -> None:
    assert code in found(words)


def test_offences_of_a_time_that_is_named_come_before_those_of_later_acts() -> None:
    codes = found("rape of a child 1980s")

    assert all(code.startswith("SX56") for code in codes[:10])
    assert period_in("rape in 1985") == (Period(1985, 1985), "rape in  ")
    assert period_in("rape in the 70s")[0] == Period(1970, 1979)


def test_listed_and_current_offences_come_before_others() -> None:
    rows = search("wounding").rows

    assert rows[0].listing == "specified"
    assert not rows[0].title.isupper()
    assert len(rows) == MOST


def test_a_misspelt_word_is_said_to_be_read_as_another() -> None:
    assert search("stalkng").read_as == (("stalkng", "stalking"),)
    assert search("stalking").read_as == ()


@pytest.mark.parametrize("words", ["", "the of", "zzzzqqqq", "!!!", "é" * 200, "a" * 500])
def test_what_fits_nothing_finds_nothing(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize("said", list(EVERYDAY))
def test_every_everyday_word_finds_an_offence(said: str) -> None:
    assert all(not means or found(means.split("/")[0]) for means in EVERYDAY[said])
    assert found(said) or "" in EVERYDAY[said]


def test_a_search_is_quick_over_the_whole_table() -> None:
    search("warm")
    began = time.perf_counter()
    for words in ("harrassment", "sexaul assualt", "rape of a child 1980s"):
        search(words)

    assert len(offences.codes()) > 25_000
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("raep", "rape", 1), ("stabing", "stabbing", 1), ("robery", "robbery", 1), ("a", "bc", 2)],
)
def test_a_distance_counts_letters(one: str, other: str, letters: int) -> None:
    assert distance(one, other) == letters


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (("wound", "wounds", "wounded", "wounding"), "wound"),
        (("robbery", "robberies"), "robbery"),
        (("kill", "kills", "killing"), "kill"),
        (("control", "controlling", "controlled"), "control"),
        (("drive", "drives", "driving"), "driv"),
    ],
)
def test_forms_of_a_word_share_its_stem(words: tuple[str, ...], form: str) -> None:
    assert {stem(word) for word in words} == {form}
