"""What may stand in the window, and when two addresses are one place."""

from __future__ import annotations

import pytest

from letters.despatch.address import envelope, postcode, problems
from vcs.errors import NotValid
from vcs.victims.places.same_place import comparable, in_todays_form, same_place

HOME = ("Flat 2", "14 High Street", "Leeds")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ls13ab", "LS1 3AB"),
        (" LS1  3AB ", "LS1 3AB"),
        ("m1 1ae", "M1 1AE"),
        ("cr26xh", "CR2 6XH"),
        ("dn551pt", "DN55 1PT"),
        ("w1a1hq", "W1A 1HQ"),
        ("ec1a1bb", "EC1A 1BB"),
        ("je2 3ab", "JE2 3AB"),
        ("GY1 1AA", "GY1 1AA"),
        ("IM1 1AA", "IM1 1AA"),
        ("bf1 3aa", "BF1 3AA"),
        ("bfpo 58", "BFPO 58"),
        ("BFPO1234", "BFPO 1234"),
    ],
)
def test_a_postcode_is_written_as_the_post_office_writes_it(typed: str, written: str) -> None:
    assert postcode(typed) == written


@pytest.mark.parametrize(
    "typed", ["", "LS1", "ZZ1 1AA", "LS1 3CI", "LS1 3A", "12345", "LS1 3ABC", "BFPO", "QQ1 1QQ"]
)
def test_what_is_no_postcode_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotValid, match="like LS1 3AB") as refusal:
        postcode(typed)
    assert list(refusal.value.fields) == ["postcode"]


def test_an_envelope_is_tidied_and_its_postcode_stands_once() -> None:
    lines = ["  Flat 2 ", "", "14  High Street", "LS1 3AB"]
    assert envelope(" Ann  Lee", lines, "ls13ab") == (
        "Ann Lee",
        "Flat 2",
        "14 High Street",
        "LS1 3AB",
    )


def test_a_decomposed_letter_is_composed() -> None:
    assert envelope("W\u0302yn", ["1 Y Stryd"], "CF10 1AA")[0] == "Ŵyn"


@pytest.mark.parametrize(("lines", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_the_window_holds_three_to_seven_lines(lines: int, fits: bool) -> None:
    found = problems("Ann Lee", [f"Line {n}" for n in range(lines)], "LS1 3AB")
    assert ("address" not in found) == fits


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("No fixed abode", "delivered"),
        ("NFA", "delivered"),
        ("of no fixed address", "delivered"),
        ("Unknown", "delivered"),
        ("as above", "delivered"),
        ("(14 High Street", "start with"),
        ('"The Cottage"', "start with"),
        ("@home", "start with"),
        ("=1+1", "start with"),
        ("---", "letters or numbers"),
    ],
)
def test_a_line_no_letter_can_go_to_is_refused_and_named(line: str, why: str) -> None:
    problem = problems("Ann Lee", ["14 High Street", line], "LS1 3AB")["address"]
    assert why in problem
    assert problem.startswith("Line 2")


def test_a_refusal_does_not_repeat_the_address() -> None:
    with pytest.raises(NotValid) as refusal:
        envelope("Ann Lee", ["No fixed abode near Roundhay"], "LS1 3AB")
    assert "Roundhay" not in f"{refusal.value} {refusal.value.fields}"


def test_a_name_like_nottingham_or_a_hostel_is_no_reason_to_refuse() -> None:
    assert problems("Nfamara Unknowne", ["Homeless Hostel, 3 Road"], "NG1 1AA") == {}


@pytest.mark.parametrize(
    "other",
    [
        (("flat 2", "14 HIGH STREET", "LEEDS"), "ls13ab"),
        (("Flat 2, 14 High St., Leeds",), "LS1 3AB"),
        (("14 High St", "Flat 2", "Leeds", "LS1 3AB"), "LS1 3AB"),
        (("Flat 2", "14 High Street", "Leeds"), "LS1 3AD"),
    ],
)
def test_two_spellings_of_one_address_are_the_same_place(
    other: tuple[tuple[str, ...], str],
) -> None:
    assert same_place((HOME, "LS1 3AB"), other)


@pytest.mark.parametrize(
    ("kept", "lines", "code"),
    [
        ("1t road nowhereby england LS29ZY", ("1 T Road", "Nowhereby", "England"), "LS2 9ZY"),
        ("1t road nowhereby wales uk LS29ZY", ("1 T Road", "Nowhereby", "Wales"), "LS2 9ZY"),
        ("1t road nowhereby england ", ("1 T Road", "Nowhereby"), ""),
        ("5 wales road S265AA", ("5 Wales Road",), "S26 5AA"),
        ("28999 5 calle madrid ES", ("Calle 5", "Madrid", "Spain"), "28999"),
    ],
)
def test_an_address_that_was_kept_with_our_country_is_known_again(
    kept: str, lines: tuple[str, ...], code: str
) -> None:
    assert (
        in_todays_form(kept) == in_todays_form(comparable(lines, code)) == comparable(lines, code)
    )


def test_two_spellings_in_one_order_compare_equal() -> None:
    one = comparable(("12 St Mary’s Rd",), "CF10 1AA")
    assert one == comparable(("12 Saint Mary's Road",), "cf101aa")


def test_a_house_without_a_number_at_the_same_postcode_may_be_the_same_place() -> None:
    assert same_place((("Rose Cottage",), "LS1 3AB"), (HOME, "LS1 3AB"))


@pytest.mark.parametrize(
    "other",
    [
        (("Flat 3", "14 High Street", "Leeds"), "LS1 3AB"),
        (("Flat 2", "16 High Street", "Leeds"), "LS1 3AB"),
        (("Flat 2", "14 Low Street", "Leeds"), "LS1 3AD"),
    ],
)
def test_another_door_is_another_place(other: tuple[tuple[str, ...], str]) -> None:
    assert not same_place((HOME, "LS1 3AB"), other)


def test_a_house_number_that_also_stands_in_the_postcode_still_counts() -> None:
    assert not same_place((("3 High Street",), "LS1 3AB"), (("5 High Street",), "LS1 3AB"))


SPAIN = ("Calle Inventada 5", "28999 Ciudad Falsa", "SPAIN")


@pytest.mark.parametrize(
    ("lines", "code", "country", "shown"),
    [
        (("Calle Inventada 5", "28999 Ciudad Falsa", "Spain"), "", "", SPAIN),
        (("Calle Inventada 5", "Ciudad Falsa"), "28999", "ES", SPAIN),
        (("Calle Inventada 5", "28999 Ciudad Falsa", "España"), "28999", "Spain", SPAIN),
        (("1 Pretend Street",), "GX11 9ZZ", "GI", ("1 Pretend Street", "GX11 9ZZ", "GIBRALTAR")),
        (
            ("1 Pretend Street", "Gibraltar"),
            "GX11 9ZZ",
            "",
            ("1 Pretend Street", "GX11 9ZZ", "GIBRALTAR"),
        ),
        (
            ("12 Madeup St", "Nowhere IL"),
            "99999",
            "USA",
            ("12 Madeup St", "Nowhere IL 99999", "UNITED STATES OF AMERICA"),
        ),
        (("12 Rose Rd", "Dublin 4"), "", "Éire", ("12 Rose Rd", "Dublin 4", "REPUBLIC OF IRELAND")),
        (
            ("1 Pretend Street", "Gibraltar", "GX11 9ZZ"),
            "",
            "",
            ("1 Pretend Street", "GX11 9ZZ", "GIBRALTAR"),
        ),
    ],
)  # fmt: skip
def test_an_address_abroad_needs_no_postcode_of_ours_and_ends_with_its_country(
    lines: tuple[str, ...], code: str, country: str, shown: tuple[str, ...]
) -> None:
    assert envelope("Elena Ficticia", lines, code, country) == ("Elena Ficticia", *shown)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("1 T Road", "Nowhereby", "LS2 9ZY", "United Kingdom"), "LS2 9ZY"),
        (("1 T Road", "Nowhereby", "United Kingdom", "LS2 9ZY"), "ls29zy"),
        (("1 T Road", "Nowhereby LS2 9ZY", "England, UK"), "LS2 9ZY"),
        (("1 T Road", "Nowhereby", "LS2 9ZY", "Y Deyrnas Unedig"), ""),
        (("1 T Road", "Nowhereby, LS2 9ZY", "Lloegr"), "LS2 9ZY"),
    ],
)
def test_at_home_the_postcode_stands_once_and_last_and_no_country(
    lines: tuple[str, ...], code: str
) -> None:
    assert envelope("Pia Twice", lines, code) == ("Pia Twice", "1 T Road", "Nowhereby", "LS2 9ZY")


def test_a_forces_address_bears_no_country_and_an_island_is_home() -> None:
    assert envelope("A Bee", ["Op Pretend", "Germany"], "BFPO 99")[-2:] == ("Op Pretend", "BFPO 99")
    assert envelope("A Bee", ["1 Rue", "Jersey"], "JE2 9ZZ")[-2:] == ("Jersey", "JE2 9ZZ")


@pytest.mark.parametrize(
    ("addressee", "line"),
    [
        ("Nell Byrne", "None-Such Cottage"),
        ("N. Unknown-Smith", "1 Old Mill Lane"),
        ("Kit Close", "3 Unknown Soldier Close"),
        ("Nan None", "Nil Farm"),
        ("Tbc Nfa", "N/A House"),
    ],
)
def test_real_words_that_are_names_print(addressee: str, line: str) -> None:
    assert envelope(addressee, [line, "Nowhereby"], "LS2 9ZY")[:2] == (addressee, line)


def test_a_second_persons_word_takes_an_address_past_the_words_that_block_it() -> None:
    for line in ("Unknown", "No fixed abode", "(The Annexe)"):
        assert "address" in problems("Ann Lee", [line], "LS2 9ZY")
        assert problems("Ann Lee", [line], "LS2 9ZY", is_read=True) == {}


def test_an_address_that_names_no_country_and_no_postcode_is_asked_about() -> None:
    assert "country if abroad" in problems("Ann Lee", ["Calle Inventada 5"], "")["postcode"]


def test_a_long_line_is_broken_where_it_fits() -> None:
    line = "Apartment 1204, Building B, Sunshine Gardens, 88 Madeup Avenue, Pretend District"
    shown = envelope("Ann Lee", [line, "Nowhere"], "100999", "China")
    assert shown[1:] == (
        "Apartment 1204, Building B",
        "Sunshine Gardens, 88 Madeup Avenue",
        "Pretend District",
        "Nowhere 100999",
        "CHINA",
    )


def test_a_name_that_is_too_long_for_one_line_stands_on_two() -> None:
    name = "Dr Ana María de los Ángeles Gómez-Peña y Fernández de Córdoba"
    first, second, *rest = envelope(name, HOME, "LS1 3AB")
    assert f"{first} {second}" == name
    assert rest == [*HOME, "LS1 3AB"]
    # With five lines of an address there is no room: the letter is refused, which says so.
    assert envelope(name, ("1 A Road", "B", "C", "D", "E"), "LS1 3AB")[0] == name
