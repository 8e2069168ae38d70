"""Addresses as people really write them, beside the plain ones: halves, the forces, two in one."""

from __future__ import annotations

import pytest

from vcs.victims.places.comparing import compare_places
from vcs.victims.places.reading import read_place, read_places
from vcs.victims.places.same_place import Address, Sameness, compare

TWO: Address = (("14 Pretend Road, Nowhereby LS1 9ZA and 77 New Build Way, Leeds, LS6 9ZT",), "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((("14½ Pretend Road",), "LS1 9ZA"), (("14 Pretend Road",), "LS1 9ZA")),
        ((("14 1/2 Pretend Road",), "LS1 9ZA"), (("14½ Pretend Road",), "LS1 9ZA")),
        ((("Flats 1-6", "14 Mill Lane"), ""), (("Flat 3", "14 Mill Lane"), "")),
        ((("Flats 1 and 2", "14 Mill Lane"), ""), (("Flat 2, 14 Mill Lane",), "LS1 9ZA")),
        ((("Flat 3/2, 20 Mill Street",), "G1 9ZA"), (("20 Mill Street", "3-2"), "G1 9ZA")),
        ((("3F2, 20 Mill Street",), "G1 9ZA"), (("20 Mill Street", "Flat 3/2"), "G1 9ZA")),
        ((("Tŷ Gwyn", "Heol y Bont"), "SA1 9ZA"), (("White House, Bridge Road",), "SA1 9ZA")),
        ((("Pte Lee", "BFPO 58"), ""), (("Pte Lee",), "BF1 2AA")),
        (
            (("ul. Fikcyjna 5/12", "00-950 Warszawa", "Poland"), ""),
            (("Fikcyjna 5 lok. 12", "Warsaw", "Polska"), "00-950"),
        ),
        (
            (("Madoustraat 5", "1050 Bruxelles Ixelles", "Belgium"), ""),
            (("Madoustraat 5", "1050 Elsene", "België"), ""),
        ),
        (
            (("Calle Inventada 5", "28015 Madrid", "Spain"), ""),
            (("Calle Inventada, 5", "Madrid", "España"), "28015"),
        ),
    ],
)
def test_one_door_that_two_people_write_apart_is_a_persons(one: Address, other: Address) -> None:
    assert Sameness.DIFFERENT not in {compare(one, other), compare(other, one)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((("14½ Pretend Road",), "LS1 9ZA"), (("16 Pretend Road",), "LS1 9ZA")),
        ((("BFPO 58",), ""), (("BFPO 59",), "")),
        ((("Flats 1-6", "14 Mill Lane"), ""), (("Flat 8", "14 Mill Lane"), "")),
        ((("Flat 3/2, 20 Mill Street",), "G1 9ZA"), (("20 Mill Street", "3-1"), "G1 9ZA")),
        ((("Tŷ Gwyn", "Heol y Bont"), "SA1 9ZA"), (("Tŷ Coch", "Heol y Bont"), "SA1 9ZA")),
        (
            (("ul. Fikcyjna 5/12", "00-950 Warszawa", "Poland"), ""),
            (("Fikcyjna 5 lok. 13", "Warsaw", "Polska"), "00-950"),
        ),
    ],
)
def test_neighbours_stay_two(one: Address, other: Address) -> None:
    assert {compare(one, other), compare(other, one)} == {Sameness.DIFFERENT}


@pytest.mark.parametrize(
    ("lines", "code", "is_there"),
    [
        (("14 Pretend Road",), "LS1 9ZA", True),
        (("77 New Build Way",), "LS6 9ZT", True),
        (("79 New Build Way",), "LS6 9ZT", False),
    ],
)
def test_two_addresses_in_one_entry_are_both_compared(
    lines: tuple[str, ...], code: str, is_there: bool
) -> None:
    here = read_place(lines, code)
    found = {compare_places(here, one) for one in read_places(*TWO)}
    assert (found != {Sameness.DIFFERENT}) is is_there


def test_one_address_is_read_once() -> None:
    assert len(read_places(("14 Pretend Road", "Nowhereby"), "LS1 9ZA")) == 1
    assert len(read_places(("14 Pretend Road", "Nowhereby, LS1 9ZA"), "")) == 1
    assert len(read_places(("14 Pretend Road", "Nowhereby LS1 9ZA"), "LS1 9ZA")) == 1
