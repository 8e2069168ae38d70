"""Two addresses: one place, perhaps, or two. Neighbours are two."""

from __future__ import annotations

import time

import pytest

from vcs.victims.places.comparing import compare_places
from vcs.victims.places.reading import read_place
from vcs.victims.places.same_place import Address, Sameness, compare

SAME, PERHAPS, DIFFERENT = Sameness.SAME, Sameness.PERHAPS, Sameness.DIFFERENT

HOME: Address = (("14 Pretend Road", "Nowhereby"), "LS1 9ZA")
FLAT: Address = (("Flat 2", "14 Pretend Road", "Nowhereby"), "LS1 9ZA")


def both_ways(one: Address, other: Address) -> set[Sameness]:
    return {compare(one, other), compare(other, one)}


@pytest.mark.parametrize(
    "other",
    [
        (("14 Pretend Road", "Nowhereby"), ""),
        (("14 Pretend Road",), "Nowhereby"),  # the court's last line, where it has no postcode
        (("14 PRETEND RD, NOWHEREBY, LS19ZA",), ""),
        (("No. 14 Pretend Rd.", "", "Nowhereby", "West Yorkshire", "England"), "ls1 9za"),
        (("c/o Mr J Bloggs", "14, Pretend Raod"), "LSI 9ZA"),
        (("Nowhereby", "Pretend Road 14"), "LS1 9ZA"),
        (("14Pretend Road",), "LS1  9ZA"),
    ],
)
def test_a_house_spelt_anew_is_the_same(other: Address) -> None:
    assert both_ways(HOME, other) == {SAME}


@pytest.mark.parametrize(
    "other",
    [
        (("2/14 Pretend Road", "Nowhereby"), "LS1 9ZA"),
        (("14/2 Pretend Road",), "LS1 9ZA"),
        (("2, 14 Pretend Road",), "LS1 9ZA"),
        (("14 Flat 2 Pretend Road",), "LS1 9ZA"),
        (("Apt. 2", "14 Pretend Road"), "LS1 9ZA"),
        (("Falt 2, 14 Pretend Road",), "LS1 9ZA"),
    ],
)
def test_a_flat_spelt_anew_is_the_same(other: Address) -> None:
    assert both_ways(FLAT, other) == {SAME}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("14A Pretend Road",), ("Flat A, 14 Pretend Road",)),
        (("14 A Pretend Road",), ("14 Flat A", "Pretend Road")),
        (("First Floor", "14 Pretend Road"), ("1st Floor", "14 Pretend Road")),
        (("GFF", "14 Pretend Road"), ("Ground Floor Flat, 14 Pretend Road",)),
        (("Rose Cottage", "14 Mill Lane"), ("Rose Cottage", "Mill Lane")),
        (("The Annexe", "14 Mill Lane"), ("Annex", "14 Mill Ln")),
        (("12 St. Mary's Rd",), ("12 Saint Marys Road",)),
        (("14 Heol yr Orsaf", "Caerdydd"), ("14 Station Road", "Cardiff")),
        (("HMP Nowhereby",), ("HM Prison Nowhereby", "Nowhereby")),
        (("PO Box 12",), ("P.O. Box 12", "Nowhereby")),
        (("Flat 12 Rose House", "20 High Street"), ("12 Rose House",)),
    ],
)
def test_other_words_for_one_door_are_the_same(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert both_ways((one, "LS1 9ZA"), (other, "LS1 9ZA")) == {SAME}


@pytest.mark.parametrize(
    "other",
    [
        (("41 Pretend Road", "Nowhereby"), "LS1 9ZA"),  # two digits changed places
        (("12-14 Pretend Road",), "LS1 9ZA"),
        (("14 & 16 Pretend Road",), "LS1 9ZA"),
        (("14 Pretend Road", "Nowhereby"), "YO1 7AA"),
        (("14 Invented Avenue",), "LS1 9ZA"),
        (("Rose Cottage", "Pretend Road"), "LS1 9ZA"),
        (("Pretend Road", "Nowhereby"), "LS1 9ZA"),
        ((), "LS1 9ZA"),
        (("14 Pretend Road", "Otherby"), ""),  # two villages may be one place
        (("14B Pretend Road",), "LS1 9ZA"),
        (("14 Prtned Raod", "Nwhereby"), ""),
        FLAT,
    ],
)
def test_what_a_slip_or_a_gap_explains_is_perhaps_the_same(other: Address) -> None:
    assert both_ways(HOME, other) == {PERHAPS}


@pytest.mark.parametrize(
    "other",
    [
        (("16 Pretend Road", "Nowhereby"), "LS1 9ZA"),
        (("4 Pretend Road", "Nowhereby"), "LS1 9ZA"),
        (("14 Invented Road", "Nowhereby"), "LS1 9ZC"),
        (("14 Pretend Road", "Elsewhere"), "YO1 7AA"),
        (("Leeds",), ""),
        (("No fixed abode",), ""),
        ((), ""),
    ],
)
def test_another_house_is_another_place(other: Address) -> None:
    assert both_ways(HOME, other) == {DIFFERENT}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Flat 2, 14 Pretend Road",), ("Flat 3, 14 Pretend Road",)),
        (("14A Pretend Road",), ("Flat B, 14 Pretend Road",)),
        (("Ground Floor Flat", "14 Pretend Road"), ("Basement", "14 Pretend Road")),
        (("Flat 2", "Rose Court", "High Street"), ("3 Rose Court", "High Street")),
        (("Flat 12 Rose House", "20 High Street"), ("13 Rose House",)),
        (("Rose Cottage", "Mill Lane"), ("Ivy Cottage", "Mill Lane")),
        (("First Floor Front", "14 Mill Lane"), ("First Floor Rear", "14 Mill Lane")),
        (("PO Box 12",), ("PO Box 13",)),
    ],
)
def test_another_door_of_one_house_or_street_is_another_place(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert both_ways((one, "LS1 9ZA"), (other, "LS1 9ZA")) == {DIFFERENT}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Flat 2, 14B Pretend Road",), ("14B Pretend Road",)),
        (("Flat 2", "First Floor", "14 Pretend Road"), ("Flat 2", "14 Pretend Road")),
        (("First Floor Flat", "14 Pretend Road"), ("Flat 2", "14 Pretend Road")),
        (("Flat A", "14 Pretend Road"), ("Flat 1", "14 Pretend Road")),
        (("Flat 8", "14 Pretend Road"), ("Flat B", "14 Pretend Road")),
        (("Nowhereby General Infirmary", "Great Road"), ("NGI", "Great Road")),
        (("Room 4", "Block C", "Pretend Barracks"), ("Rm 4", "C Block")),
        (("The Old Rectory", "Church Lane"), ("14 Church Lane",)),
        (("The Old Forge", "Chapel Street"), ("Oldforge, Chapel Street",)),
        (("Rose Cottage", "Chapel Lane"), ("Rose House", "Chapel Lane")),
        (("14 Mill Road",), ("14 Mill Court",)),
    ],
)
def test_a_door_that_is_told_in_two_ways_is_perhaps_the_same(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert both_ways((one, "LS1 9ZA"), (other, "LS1 9ZA")) == {PERHAPS}


def test_a_houses_name_in_welsh_is_the_same_house() -> None:
    named = (("The Old Forge", "Chapel Street", "Llanfair"), "LD1 5ZZ")
    assert DIFFERENT not in both_ways(named, (("Yr Hen Efail", "Chapel Street"), "LD1 5ZZ"))


@pytest.mark.parametrize("code", ["L S 1 9 Z A", "LS1 9Z A"])
@pytest.mark.parametrize("told", ["", "LS1 9ZA"])
def test_a_postcode_in_single_letters_at_the_end_of_a_line_is_no_house(
    code: str, told: str
) -> None:
    assert DIFFERENT not in both_ways(HOME, ((f"14 Pretend Road Nowhereby {code}",), told))


def test_a_misread_postcode_in_a_line_is_no_house_number() -> None:
    other = (("14 Pretend Road", "Nowhereby LSI 9ZA"), "")
    assert both_ways(HOME, other) == {SAME}


def test_comparing_one_address_with_many_takes_a_moment() -> None:
    here, there = read_place(*HOME), read_place(*FLAT)
    began = time.process_time()
    for _ in range(1_000):
        compare_places(here, there)
    assert time.process_time() - began < 0.5
