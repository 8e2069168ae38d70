"""What a later decision of a court is to an earlier sentence of the same person. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vcs.sentences.history.later import DealtCount, Link, Occasion, links
from vcs.terms import Outcome, SentenceKind

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 2), date(2026, 12, 1), date(2027, 1, 11)

PRISON = ((str(SentenceKind.IMPRISONMENT), "18 months"),)

IN_DEFAULT = ((str(SentenceKind.DEFAULT_CUSTODY), "6 months"),)

OWED, NOT_OWED = Outcome.STATUTORY, Outcome.NOT_ELIGIBLE

COUNT = DealtCount("OF61131", 1, OWED, PRISON)

SHORT = replace(COUNT, outcome=NOT_OWED)

GONE = DealtCount("OF61131", 1, NOT_OWED, (), "Conviction quashed")

FIRST = Occasion(1, "cp:1", NOVEMBER, "first", None, False, False, OWED, "facts 1", (COUNT,))

AGAIN = Occasion(2, "cp:2", DECEMBER, "second", None, False, False, NOT_OWED, "facts 2", (SHORT,))

QUASHED = replace(AGAIN, hearing_id="appeal", on_application=True, counts=(GONE,))


def of(*occasions: Occasion) -> Link:
    """Return what the first sentence has to do with the others."""
    return links(occasions)[1]


def test_a_sentence_passed_again_that_is_not_owed_takes_the_place_of_the_first() -> None:
    assert links([FIRST, AGAIN])[2].told_in == 1
    assert (of(FIRST, AGAIN).left_as, of(AGAIN, FIRST).left_as) == (NOT_OWED, NOT_OWED)


def test_a_sentence_passed_again_that_is_owed_is_asked_about_and_both_stay() -> None:
    longer = replace(AGAIN, best=OWED, counts=(COUNT,))
    assert links([FIRST, longer])[2].told_in is None
    assert (of(FIRST, longer).again, of(FIRST, longer).left_as) == ((DECEMBER,), None)


def test_what_is_no_new_sentence_of_the_count_says_nothing_of_the_first() -> None:
    other_code = replace(SHORT, code="TH68023")
    for count in (replace(SHORT, sequence=2), other_code, replace(SHORT, imposed=IN_DEFAULT)):
        assert of(FIRST, replace(AGAIN, counts=(count,))) == Link()
    assert of(FIRST, replace(AGAIN, hearing_id="first")) == Link()


def test_a_sentence_after_a_retrial_is_owed_by_itself() -> None:
    retried = replace(FIRST, sentence_id=3, sentenced_on=JANUARY, hearing_id="third")
    found = links([FIRST, QUASHED, retried])
    assert (found[3].told_in, found[1].again, found[1].left_as) == (None, (), NOT_OWED)


def test_a_count_taken_back_by_another_number_may_be_any_of_its_code() -> None:
    two = replace(FIRST, counts=(COUNT, replace(COUNT, sequence=2)))
    by_name = of(two, QUASHED)
    assert (by_name.left_as, by_name.in_part) == (None, True)
    assert of(two, replace(QUASHED, counts=(replace(GONE, sequence=7),))).left_as is NOT_OWED


def test_a_death_is_told_with_the_link() -> None:
    assert of(FIRST, replace(QUASHED, died=True)).died
