"""What a typed text may be: a reference in any of its forms, a name, never an address."""

from __future__ import annotations

import pytest

from vcs.errors import NotValid
from vcs.search.typed import NO_ADDRESS, Typed, read

ADDRESSES = (
    "LS2 9ZY",
    "ls29zy",
    "SW1A 1AA",
    "m1 1aa",
    "1 Old Mill Lane",
    "14a Pretend Road, Nowhereby",
    "Flat 2, Rose Court",
    "Rose Cottage, Nowhereby LS2 9ZY",
    "Madeup LS2 9ZY",
    "0113 496 0000",
    "+44 113 496 0000",
    "07700900123",
    "7700900321",
    "07700.900.321",
    "LS21-3QX",
    "L S 2 1 3 Q X",
    "nia@example.org",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_what_looks_like_an_address_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotValid) as refusal:
        read(text)
    assert refusal.value.fields == {"q": NO_ADDRESS}


@pytest.mark.parametrize("text", ["", "   ", "-", "…", "\u200b"])
def test_nothing_is_asked_for_again(text: str) -> None:
    with pytest.raises(NotValid):
        read(text)


@pytest.mark.parametrize(
    "text", ["VCS-7K3M-9QTD", "vcs-7k3m-9qtd", " vcs 7k3m 9qtd", "VCS7K3M9QTD", "7k3m-9qtd"]
)
def test_our_references_are_read_however_they_are_written(text: str) -> None:
    assert read(text).ours == "VCS-7K3M-9QTD"


@pytest.mark.parametrize("text", ["VCS-QWER-TYPA", "vcs qwer typa", "qwer-typa"])
def test_a_reference_of_ours_that_has_no_digit_by_chance_is_read_too(text: str) -> None:
    assert read(text).ours == "VCS-QWER-TYPA"


@pytest.mark.parametrize("text", ["VCS-QWER-TYPA", "VCS qwer typa", "VCS-7K3M-9QTD"])
def test_what_begins_as_our_references_do_is_no_name_whatever_its_letters(text: str) -> None:
    assert read(text) == Typed(ours=read(text).ours)


def test_two_words_of_four_letters_may_be_a_name_or_a_reference() -> None:
    assert read("Rhys Kemp") == Typed(ours="VCS-RHYS-KEMP", name="Rhys Kemp")


def test_o_and_i_are_the_digits_that_our_references_have() -> None:
    assert read("VCS-OK3M-IQTL").ours == "VCS-0K3M-1QT1"


@pytest.mark.parametrize("text", ["13EX0000126", "13/EX/1/26", "13 ex 00001 26", "13-EX-00001-26"])
def test_a_urn_is_read_in_any_of_its_forms(text: str) -> None:
    assert read(text).case_key == "13EX0000126"


def test_a_courts_own_reference_is_read_with_its_strokes() -> None:
    assert read("xta/2026-0815").case_key == "XTA20260815"


@pytest.mark.parametrize("text", ["2026/0000123A", "26/123A", "20260000123A"])
def test_a_pnc_number_is_read_in_any_of_its_forms(text: str) -> None:
    assert "pnc:260000123A" in read(text).marks


@pytest.mark.parametrize("text", ["13/EX/01/26/1D", "13EX012600000000001D"])
def test_an_arrest_summons_number_is_read_in_any_of_its_forms(text: str) -> None:
    assert "asn:13EX012600000000001D" in read(text).marks


def test_a_crn_is_known_for_what_it_is() -> None:
    assert read("x123456").crn == "X123456"
    assert read("13EX0000126").crn == ""


@pytest.mark.parametrize("text", ["Colin Madeup", "Lane", "Sarah Street", "O’Brien", "Siân"])
def test_a_name_is_a_name_also_where_it_is_a_word_for_a_road(text: str) -> None:
    assert read(text).name == text
