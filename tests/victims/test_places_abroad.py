"""Whether two addresses are one place, where one of them is abroad."""

from __future__ import annotations

import pytest

from vcs.victims.places.comparing import Address, Sameness, compare
from vcs.victims.places.countries import codes, country_code, split_off, with_country, written
from vcs.victims.places.kinds import AddressKind, kinds_of, questions_about, what_to_ask
from vcs.victims.places.words import TABLES

SPAIN: Address = (("Calle Inventada 5", "28999 Ciudad Falsa", "SPAIN"), "")
GIBRALTAR: Address = (("1 Pretend Street", "GIBRALTAR"), "GX11 9ZZ")
GERMANY: Address = (("Musterstraße 12", "10999 Falschstadt", "GERMANY"), "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SPAIN, (("Calle Inventada 5, 28999 Ciudad Falsa, Spain",), "")),
        (SPAIN, (("Calle Inventada 5", "Ciudad Falsa", "España"), "28999")),
        (SPAIN, (("CALLE INVENTADA, 5", "28999 CIUDAD FALSA"), "")),
        (SPAIN, (("C/ Inventada 5", "Ciudad Falsa", "Spain"), "")),
        (SPAIN, (("Calle Inventada 5, 2B", "28999 Ciudad Falsa", "Spain"), "")),
        (SPAIN, (("Calle Inventada 5, 2º izquierda", "28999 Ciudad Falsa", "Espagne"), "")),
        (GIBRALTAR, (("1 Pretend Street", "Gibraltar", "GX11 9ZZ"), "")),
        (GIBRALTAR, (("Flat 3, 1 Pretend Street", "Gibraltar"), "")),
        (GERMANY, (("Musterstr. 12", "10999 Falschstadt", "Deutschland"), "")),
        (
            (("ul. Zmyślona 5/7", "Nibymiasto", "Poland"), ""),
            (("Zmyslona 5 m. 7", "Nibymiasto"), ""),
        ),
        (SPAIN, (("C/ Inventada 5 2B", "Ciudad Falsa"), "")),
        ((("虚构市假想路12号", "China"), ""), (("假想路12号", "虚构市", "China"), "")),
    ],
)
def test_one_place_abroad_is_never_called_different(one: Address, other: Address) -> None:
    assert compare(one, other) is not Sameness.DIFFERENT
    assert compare(other, one) is not Sameness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SPAIN, (("Calle Inventada 7", "28999 Ciudad Falsa", "Spain"), "")),
        (SPAIN, (("Calle Otra 5", "08999 Otra Parte", "Spain"), "")),
        (SPAIN, (("Calle Inventada 5", "28999 Ciudad Falsa", "Mexico"), "")),
        (GIBRALTAR, (("2 Pretend Street", "Gibraltar"), "GX11 9ZZ")),
        (GERMANY, (("Musterstraße 14", "10999 Falschstadt", "Germany"), "")),
        ((("5 High Street", "Boston", "USA"), ""), (("5 High Street", "Boston"), "PE21 9ZZ")),
    ],
)
def test_neighbours_and_other_countries_are_different(one: Address, other: Address) -> None:
    assert compare(one, other) is Sameness.DIFFERENT
    assert compare(other, one) is Sameness.DIFFERENT


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Spain", "ES"), ("España", "ES"), ("ESPAGNE", "ES"), ("Sbaen", "ES"), ("日本", "JP"),
        ("U.S.A.", "US"), ("the Netherlands", "NL"), ("Éire", "IE"), ("GI", "GI"),
        ("U.K.", "GB"), ("Lloegr", "GB"), ("cymru", "GB"), ("Royaume-Uni", "GB"),
        ("Großbritannien", "GB"), ("Northern Ireland", "GB"), ("Leeds", ""), ("", ""), ("gi", ""),
    ],
)  # fmt: skip
def test_a_country_is_known_in_many_languages(typed: str, code: str) -> None:
    assert country_code(typed) == code


def test_every_country_is_known_again_by_the_name_it_is_printed_under() -> None:
    assert {code: country_code(written(code)) for code in codes()} == {one: one for one in codes()}


def test_a_country_is_split_off_only_where_something_is_left() -> None:
    assert split_off(["1 T Road", "Nowhereby", "England, UK"]) == (("1 T Road", "Nowhereby"), "GB")
    assert split_off(["Calle 5, Ciudad, Spain"]) == (("Calle 5, Ciudad",), "ES")
    assert split_off(["Wales"]) == (("Wales",), "")
    assert with_country(["Calle 5", "Spain"], "ES") == ("Calle 5", "Spain")
    assert with_country(["Calle 5"], "ES") == ("Calle 5", "SPAIN")
    assert with_country(["5 Street"], "") == ("5 Street",)


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (("HMP Madeup", "1 Pretend Road"), (AddressKind.PRISON,)),
        (("Ward 3, Pretend Hospital",), (AddressKind.HOSPITAL,)),
        (("Hope Women’s Refuge",), (AddressKind.REFUGE,)),
        (("P.O. Box 12", "Nowhereby"), (AddressKind.BOX,)),
        (("Op Pretend", "BFPO 9999"), (AddressKind.FORCES,)),
        (("Calle Inventada 5", "Spain"), (AddressKind.ABROAD,)),
        (("Pretend Approved Premises", "3 Made Up Road"), (AddressKind.APPROVED_PREMISES,)),
        (("Nowhereby Police Station",), (AddressKind.OFFICE,)),
        (("Nowhereby Magistrates’ Court",), (AddressKind.OFFICE,)),
        (("The Old Police Station", "Mill Road"), ()),
        (("3 Probation Office Road",), ()),
        (("2 Refuge Close",), ()),
        (("12 Hospital Road",), ()),
        (("14 Prison Lane",), ()),
        (("1 Old Mill Lane",), ()),
    ],
)
def test_an_address_that_is_more_than_a_house_is_known(
    lines: tuple[str, ...], kinds: tuple[AddressKind, ...]
) -> None:
    assert kinds_of(lines) == kinds
    assert len(questions_about(lines)) == len(kinds)


def test_a_postcode_that_was_left_behind_by_somebody_who_moved_abroad_is_asked_about() -> None:
    lines = ("Calle Inventada 5", "Ciudad Falsa")
    assert what_to_ask(lines, "28999", "ES") == ()
    assert "before" in " ".join(what_to_ask(lines, "SW1A 9ZZ", "ES"))
    assert what_to_ask((*lines, "Spain"), "SW1A 9ZZ") != ()
    assert what_to_ask(("14 Oak Road", "Belfast", "Ireland"), "BT9 6AB") == ()
    assert what_to_ask(("Op Pretend", "Germany"), "BFPO 9999") == ()


@pytest.mark.parametrize(
    ("hers", "his"),
    [
        ((("14 Oak Road", "Belfast"), "BT9 6AB"), (("14 Oak Road", "Belfast", "NI"), "")),
        ((("14 Oak Road", "Belfast"), "BT9 6AB"), (("14 Oak Road", "Belfast", "Ireland"), "")),
        ((("14 Oak Road", "Belfast"), "BT9 6AB"), (("14 Oak Road, Belfast, Eire",), "")),
        ((("14 Oak Road", "London"), "SE15 4AB"), (("14 Oak Road", "LONDON", "SE"), "")),
        ((("3 Elm Way", "Colchester"), "CO1 9ZZ"), (("3 Elm Way", "Colchester", "CO"), "")),
        ((("3 Elm Way", "Luton"), "LU1 9ZZ"), (("3 Elm Way", "Luton", "LU"), "")),
        ((("3 Elm Way", "Derby"), "DE1 9ZZ"), (("3 Elm Way", "Derby", "DE"), "")),
    ],
)
def test_the_end_of_an_address_of_ours_is_no_country(hers: Address, his: Address) -> None:
    assert compare(hers, his) is not Sameness.DIFFERENT
    assert compare(his, hers) is not Sameness.DIFFERENT


@pytest.mark.parametrize("last", ["SE", "CO", "NI", "DE", "Sec", "Bi"])
def test_a_short_last_line_that_may_be_ours_is_no_country(last: str) -> None:
    assert split_off(["14 Oak Road", "Townby", last]) == (("14 Oak Road", "Townby", last), "")


def test_each_area_of_our_postcodes_is_no_country_at_an_end() -> None:
    areas = [code for code in codes() if code.casefold() in TABLES["area"]]
    assert len(areas) > 20
    for code in areas:
        assert split_off(["14 Oak Road", "Townby", code])[1] == "", code


def test_a_county_that_some_languages_call_a_country_by_is_at_home() -> None:
    assert country_code("Norfolk") == ""
    assert country_code("Norfolk Island") == "NF"
    here, there = ("48 Mill Lane", "Diss", "Norfolk"), ""
    assert compare((here, "IP22 4AB"), (here, there)) is not Sameness.DIFFERENT
