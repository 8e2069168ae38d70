"""What free text tells of somebody: their home, how they are reached, their name."""

from __future__ import annotations

import pytest

from vcs.needs.conditions.safe_words import may_name, names_home, what_leaks
from vcs.victims.person import Person
from vcs.victims.telling.home import lines_named


def lives(*lines: str, code: str = "LS6 2AB") -> Person:
    return Person("N", "", lines, code, "", "", "")


def called(name: str, phone: str = "07700 900123", email: str = "m.k@x.org") -> Person:
    return Person(name, "", (), "", phone, email, "")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        # Without the commas between house, number, street and town.
        (("14 Acacia Avenue Leeds",), "Not to enter Acacia Avenue"),
        (("Flat 2 Canary House 14 Acacia Avenue", "Leeds"), "Within 100 m of Canary House"),
        (("Flat 2 Canary House 14 Acacia Avenue", "Leeds"), "Acacia Ave"),
        (("Canary House Flat 2 Acacia Avenue",), "canary house"),
        (("Rose Cottage Mill Lane", "Ashby"), "Mill Lane"),
        (("Rose Cottage Mill Lane", "Ashby"), "rose cottage"),
        (("Mill Lane Cottage", "Ashby"), "all of Mill Lane"),
        (("Hope Refuge 12 High St", "Leeds"), "near Hope Refuge"),
        (("12 St Johns Road Leeds",), "Saint John's Rd"),
        (("Rosebank Leeds",), "Rosebank"),
        # A place in care of which somebody gets their post, and one that is no post town.
        (("c/o Hope Refuge", "Leeds"), "near Hope Refuge"),
        (("14 Acacia Avenue", "Headingley", "Leeds"), "Not to enter Headingley"),
        (("14 Acacia Avenue", "Headingley"), "Not to enter Headingley"),
        (("14 Acacia Avenue Headingley Leeds",), "Not to enter Headingley"),
        # The first half of a postcode, and a sector.
        (("14 Acacia Avenue", "Leeds"), "all of LS6"),
        (("14 Acacia Avenue", "Leeds"), "ls6 2 and around"),
        # Welsh in the middle of a sentence, and one word of it.
        (("12 Ty Gwyn Road", "Cardiff"), "Ffordd Ty Gwyn, Caerdydd"),
        (("3 Bridge Street", "Cardiff"), "Near Heol y Bont by the church"),
    ],
)
def test_a_home_is_found_however_its_address_was_typed(lines: tuple[str, ...], says: str) -> None:
    assert names_home(says, lives(*lines))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("14 Acacia Avenue", "Milton Keynes"), "The centre of Milton Keynes"),
        (("14 Acacia Avenue", "St Albans"), "St Albans station"),
        (("14 Acacia Avenue Leeds",), "Leeds bus station, the avenue by the school"),
        (("Flat 2 Canary House 14 Acacia Avenue", "Leeds"), "Flat 2, the house with 14 doors"),
        (("14 Acacia Avenue", "Leeds"), "LS6 3XY, LS60, LS62"),
        (("3 Leeds Road", "Bradford"), "Leeds"),
    ],
)
def test_a_town_a_number_and_another_postcode_are_no_home(
    lines: tuple[str, ...], says: str
) -> None:
    assert not names_home(says, lives(*lines))


def test_what_is_named_is_told_by_its_line() -> None:
    lines = ("Flat 2, Canary House", "14 Acacia Avenue", "Leeds")
    assert list(lines_named("Acacia Ave and Leeds", lines)) == ["14 Acacia Avenue"]


NAME, PHONE, EMAIL = (
    f"Leave out the {what}" for what in ("names of victims", "telephone number", "email address")
)


@pytest.mark.parametrize(
    ("name", "says", "answer"),
    [
        ("Mary Ann Khan", "Not to contact Mary Khan", NAME),
        ("Mary Ann Khan", "Not to contact Mary", NAME),
        ("Mary Ann Khan", "Ms Khan’s car", NAME),
        ("Mary Ann Khan", "By the school, not near Khan, Mary Ann", NAME),
        ("Mary Ann Khan", "Marys mother", NAME),
        ("Ann Smith-Jones", "the Smith-Jones family", NAME),
        ("Pat O’Brien", "O'Brien", NAME),
        ("Pat O’Brien", "Pat O Brien", NAME),
        ("Bo Ng", "Near Ng", NAME),
        ("Łucja Nowak", "Lucja", NAME),
        ("Grace Hope", "Grace Hope", NAME),
        ("Grace Hope", "Hope, Grace", NAME),
        ("Grace Hope", "Mrs Hope", NAME),
        ("Mary Khan", "St Mary’s primary school", ""),
        ("Jan van der Berg", "The van by the park", ""),
        ("The Victim", "The victim walks there", ""),
        ("Will May", "He will not go there, and may not ring", ""),
        ("Mary Khan", "Ring 07700 900 one two three", PHONE),
        ("Mary Khan", "Ring +44 (0) 7700-900123", PHONE),
        ("Mary Khan", "Ring 900123", PHONE),
        ("Mary Khan", "Ring oh double seven oh oh nine oh oh one two three", PHONE),
        ("Mary Khan", "Ring oh double seven double o nine hundred one two three", PHONE),
        ("Mary Khan", "By 23 March, 100 metres", ""),
        ("Mary Khan", "Write to M.K at x dot org", EMAIL),
    ],
)
def test_each_part_of_a_name_and_each_way_to_reach_somebody_is_found(
    name: str, says: str, answer: str
) -> None:
    assert what_leaks(says, called("Olga Someone", "", ""), [called(name)]) == answer


@pytest.mark.parametrize(
    ("name", "says", "words"),
    [
        ("Grace Hope", "Grace must feel safe", {"grace"}),
        ("Grace Hope", "I hope so", {"hope"}),
        ("Will Smith", "Not to go near Will", {"will"}),
        ("May Hill", "Up the hill in May", {"hill", "may"}),
        ("Victoria Smith", "Victoria Park", {"victoria"}),
        ("Amina Shah", "where amina works", {"amina"}),
        ("Ann Preston", "Preston, by the market", {"preston"}),
        ("Will Smith", "He will not go there", set()),
        ("Mary Khan", "The park by the school", set()),
    ],
)
def test_a_word_of_every_day_that_is_a_name_too_is_looked_at_and_not_refused(
    name: str, says: str, words: set[str]
) -> None:
    person = called(name)
    assert what_leaks(says, person, ()) == ""
    assert may_name(says, [person]) == words
