"""The letter as plain text: nothing in it hangs on how it looks, and numbers are said."""

from __future__ import annotations

import re

import pytest

from letters.catalogue import compose, text
from letters.plain_text import digits_said, of_page
from letters.sample_facts import sets_for
from letters.samples import RELATIONS, formats_of
from vcs.post.catalogue import CATALOGUE, Addressee
from vcs.terms import LetterFormat, LetterLanguage, VictimRelation

TO_VICTIMS = [row.kind for row in CATALOGUE if row.to is Addressee.CONTACT]

SHEETS = (
    "initial-contact",
    "initial-contact-discretionary",
    "initial-contact-notification",
    "reminder",
)


def letter(kind: str, language: LetterLanguage = LetterLanguage.ENGLISH) -> str:
    given = {**sets_for(kind)[0], "standing": RELATIONS["victim"]}
    return text(compose(kind, language, given, LetterFormat.TEXT))


@pytest.mark.parametrize("kind", TO_VICTIMS)
@pytest.mark.parametrize("language", LetterLanguage)
def test_a_letter_as_text_has_no_columns_bullets_or_markup(
    kind: str, language: LetterLanguage
) -> None:
    said = letter(kind, language)
    assert not re.search(r"[•│─\t<>]|  |&\w+;|\n\n\n", said)
    assert said.endswith("\n")
    assert "Victim Support" in said


@pytest.mark.parametrize("kind", SHEETS)
def test_a_reply_to_plain_text_goes_by_email_or_phone_and_never_by_post(kind: str) -> None:
    said = letter(kind, LetterLanguage.BILINGUAL)
    assert "Please email your answers to" in said
    assert "Anfonwch eich atebion mewn e-bost" in said
    assert "Please post" not in said
    assert "Postiwch" not in said


def test_the_address_of_the_envelope_is_not_in_it() -> None:
    assert "Heol yr" not in letter("recall")
    assert "CF11" not in letter("recall")


def test_a_phone_number_is_said_digit_by_digit_after_it_is_written() -> None:
    said = letter("recall", LetterLanguage.BILINGUAL)
    assert "Ffôn: 029 2018 0123, sef 0 2 9, 2 0 1 8, 0 1 2 3\n" in said
    assert "Phone: 029 2018 0123, that is 0 2 9, 2 0 1 8, 0 1 2 3\n" in said
    assert "phone 9 9 9." in said
    assert "phone the police: 9 9 9 in an emergency, or 1 0 1." in said
    assert "ffoniwch yr heddlu: 9 9 9 mewn argyfwng, neu 1 0 1." in said
    assert digits_said("+44 29 2018") == "plus 4 4, 2 9, 2 0 1 8"


def test_the_items_of_one_list_are_counted_through() -> None:
    said = letter("hospital-managers")
    assert "3. about conditions on contact" in said
    assert "4. when the order ends" in said


def test_dates_references_and_lengths_are_left_as_they_are() -> None:
    said = of_page("<body><p>VCS-1017-9999, 2 October 2026, 101 days, £999.99</p></body>")
    assert "VCS-1017-9999, 2 October 2026" in said
    assert "£999.99" in said


def test_a_list_is_numbered_from_one_and_a_term_goes_before_what_it_means() -> None:
    page = (
        "<body><ul><li>a</li><li>b</li></ul><p>then</p><ul><li>c</li></ul>"
        "<dl><dt>Hospital</dt><dd>Example</dd><dt>Asked: x</dt><dd>Set.</dd></dl></body>"
    )
    assert of_page(page) == ("1. a\n2. b\n\nthen\n\n1. c\n\nHospital: Example\n\nAsked: x. Set.\n")


def test_text_is_a_format_of_letters_to_victims_alone() -> None:
    for row in CATALOGUE:
        assert (LetterFormat.TEXT in formats_of(row)) == (row.to is Addressee.CONTACT)


@pytest.mark.parametrize("kind", TO_VICTIMS)
def test_an_attorney_is_written_to_as_somebody_who_speaks_for_another(kind: str) -> None:
    given = sets_for(kind)[0]
    english = LetterLanguage.ENGLISH
    attorney, spokesperson = (
        text(compose(kind, english, {**given, "standing": standing}, LetterFormat.TEXT))
        for standing in (VictimRelation.ATTORNEY, VictimRelation.SPOKESPERSON)
    )
    assert attorney == spokesperson
    assert "You were the victim" not in attorney
