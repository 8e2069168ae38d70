"""The public match weights, their thresholds, and what two people never become: one."""

from __future__ import annotations

from datetime import date

import pytest

from vcs.intake.person_numbers import Number
from vcs.lists.matches import weights
from vcs.lists.matches.matching import Described, Rule, Same, Window, compare
from vcs.lists.matches.people import Person, cleaned, name_of
from vcs.lists.reading.lines import mark_of

BORN, ON = date(1988, 3, 14), date(2026, 9, 18)

PNC, OTHER_PNC = mark_of(Number.PNC, "069000126L"), mark_of(Number.PNC, "199000402J")


def theirs(surname: str, forename: str, **more: object) -> Described:
    born = more.pop("born_on", BORN)
    day = more.pop("sentenced_on", ON)
    person = Person(name_of(surname, forename), born, **more)  # type: ignore[arg-type]
    return Described(person, sentenced_on=day)  # type: ignore[arg-type]


def ours(whole: str, **more: object) -> Described:
    born = more.pop("born_on", BORN)
    day = more.pop("sentenced_on", ON)
    name = name_of(whole.rpartition(" ")[2], whole.rpartition(" ")[0])
    person = Person(name, born, whole=cleaned(whole), **more)  # type: ignore[arg-type]
    return Described(person, sentenced_on=day)  # type: ignore[arg-type]


WINDOW = Window(weights.prior(11), {ON: 1})


def test_a_name_birth_date_and_day_add_up_to_what_the_table_says() -> None:
    found = compare(theirs("PRYS TILLEY", "OWAIN"), ours("Owain Prys-Tilley"), WINDOW)
    assert (found.same, found.rule, found.weight) == (Same.YES, Rule.SCORED, 29.0)
    assert sum(part.weight for part in found.parts) == pytest.approx(29.0 + 12.87, abs=0.05)


def test_swapped_names_are_found_whichever_words_are_the_surname() -> None:
    found = compare(theirs("SILAS", "THORNBURY MAYE"), ours("Silas Thornbury-Maye"), WINDOW)
    assert (found.same, found.weight) == (Same.YES, 25.9)


@pytest.mark.parametrize(
    ("born_on", "same"),
    [
        (BORN, Same.YES),  # 17.1 + 13.9 + 10.9 - 12.9
        (date(1988, 3, 15), Same.UNSURE),  # one digit away
        (None, Same.UNSURE),
        (date(1990, 8, 2), Same.NO),  # within five years
    ],
)
def test_the_birth_date_decides_between_one_and_a_person_and_two(
    born_on: date | None, same: Same
) -> None:
    found = compare(
        theirs("QUILLFEATHER", "TOBIAH", born_on=born_on), ours("Tobiah Quillfeather"), WINDOW
    )
    assert found.same is same


@pytest.mark.parametrize(("pnc", "same"), [(None, Same.NO), (OTHER_PNC, Same.NO), (PNC, Same.YES)])
def test_twins_are_one_only_by_a_number(pnc: str | None, same: Same) -> None:
    known = ours("Jorah Winterspoon", numbers={Number.PNC: PNC})
    twin = theirs("WINTERSPOON", "JORAM", numbers={Number.PNC: pnc} if pnc else {})
    assert compare(twin, known, WINDOW).same is same


def test_a_number_of_somebody_with_another_name_and_birth_date_is_for_a_person() -> None:
    known = ours("Tobiah Quillfeather", numbers={Number.PNC: PNC})
    other = theirs("NOMAN", "JAIDEN", born_on=date(1970, 5, 2), numbers={Number.PNC: PNC})
    found = compare(other, known, WINDOW)
    assert (found.same, found.rule) == (Same.UNSURE, Rule.PNC)


def test_a_number_whose_kind_was_not_kept_can_be_equal_and_never_differs() -> None:
    named = theirs("QUILLFEATHER", "TOBIAH", numbers={Number.PNC: PNC})
    before = ours("Tobiah Quillfeather", marks=frozenset({PNC}))
    other = ours("Tobiah Quillfeather", marks=frozenset({OTHER_PNC}))
    assert compare(named, before, WINDOW).rule is Rule.PNC
    assert compare(named, other, WINDOW).weight == 29.0


def test_common_days_weigh_less() -> None:
    few, some, many = (
        compare(theirs("A B", "C"), ours("C A B"), Window(weights.prior(1), {ON: held})).weight
        for held in (9, 10, 100)
    )
    assert (few, some, many) == (29.0, 27.5, 25.4)


def test_the_prior_never_falls_below_a_month_of_custody() -> None:
    assert weights.prior(1) == weights.prior(7_500) == pytest.approx(-12.87, abs=0.01)
    assert weights.prior(100_000) < weights.prior(7_500)
