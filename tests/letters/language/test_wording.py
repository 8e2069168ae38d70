"""Dates, lengths, courts and sentences, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from letters.language import wording
from letters.language.wording import court, length, sentence, unit_area
from letters.making.sentences import told_sentence
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Language, SentenceKind, Sequence, Term

EN, CY = Language.ENGLISH, Language.WELSH

MONDAY_23_NOVEMBER_2026 = date(2026, 11, 23)


def test_a_date_is_written_in_the_letters_language() -> None:
    assert wording.day(MONDAY_23_NOVEMBER_2026, EN) == "23 November 2026"
    assert wording.day(MONDAY_23_NOVEMBER_2026, CY) == "23 Tachwedd 2026"


def test_every_month_has_its_welsh_name() -> None:
    months = [wording.day(date(2026, n, 1), CY).split()[1] for n in range(1, 13)]
    assert months == [
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "english", "welsh"),
    [
        (Term(years=1), "1 year", "1 flwyddyn"),
        (Term(years=2), "2 years", "2 flynedd"),
        (Term(years=4, months=6), "4 years and 6 months", "4 blynedd a 6 mis"),
        (Term(years=5, months=8), "5 years and 8 months", "5 mlynedd ac 8 mis"),
        (Term(years=10, months=1), "10 years and 1 month", "10 mlynedd ac 1 mis"),
        (Term(years=15), "15 years", "15 mlynedd"),
        (Term(years=23), "23 years", "23 o flynyddoedd"),
        (Term(months=18), "18 months", "18 mis"),
        (Term(months=2, days=2), "2 months and 2 days", "2 fis a 2 ddiwrnod"),
        (
            Term(years=3, months=2, weeks=1),
            "3 years, 2 months and 1 week",
            "3 blynedd, 2 fis ac 1 wythnos",
        ),
    ],
)
def test_a_length_is_said_as_people_say_it(term: Term, english: str, welsh: str) -> None:
    assert length(term, EN) == english
    assert length(term, CY) == welsh


@pytest.mark.parametrize(
    ("name", "english", "welsh"),
    [
        ("Cardiff Crown Court", "Cardiff Crown Court", "Llys y Goron Caerdydd"),
        ("Mold Crown Court", "Mold Crown Court", "Llys y Goron yr Wyddgrug"),
        ("Crown Court at Leeds", "the Crown Court at Leeds", "Llys y Goron Leeds"),
        ("Central Criminal Court", "the Central Criminal Court", "y Llys Troseddol Canolog"),
        ("Court of Somewhere", "Court of Somewhere", "Court of Somewhere"),
    ],
)
def test_a_crown_court_is_named_in_the_letters_language(
    name: str, english: str, welsh: str
) -> None:
    assert court(name, EN) == english
    assert court(name, CY) == welsh


@pytest.mark.parametrize(
    ("register", "written"),
    [
        ("Llys Y Goron Caerdydd", "Llys y Goron Caerdydd"),
        ("Llys y Goron Merthur Tudful", "Llys y Goron Merthyr Tudful"),
        ("Y Llys Troseddol Canolog", "y Llys Troseddol Canolog"),
        ("Llys y Goron yr Wyddgrug", "Llys y Goron yr Wyddgrug"),
    ],
)
def test_a_welsh_name_from_the_register_is_set_right(register: str, written: str) -> None:
    assert wording.welsh_court(register) == written


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Leeds Victim Liaison Unit", "Leeds"),
        ("Greater Manchester VLU", "Greater Manchester"),
        ("Probation Victim Liaison Unit, Yorkshire and the Humber", "Yorkshire and the Humber"),
        ("Victim Liaison Unit", ""),
    ],
)
def test_a_unit_is_told_by_its_area_because_the_letter_writes_the_rest(
    name: str, area: str
) -> None:
    assert unit_area(name, EN) == area


def test_wales_is_cymru_in_a_welsh_letter() -> None:
    assert unit_area("Wales", CY) == "Cymru"


@pytest.mark.parametrize("kind", [kind for kind in SentenceKind if wording.can_be_told(kind)])
def test_every_sentence_a_letter_can_tell_has_words_in_both_languages(kind: SentenceKind) -> None:
    for language in Language:
        said = sentence(kind, Term(years=3), language)
        assert said
        assert "{" not in said
        assert ("3" in said) == wording.needs_length(kind)


def test_a_hospital_order_is_never_called_a_sentence_or_a_prison() -> None:
    said = sentence(SentenceKind.HOSPITAL_ORDER, Term(), EN)
    assert said == "a hospital order"


def test_a_sentence_of_a_set_length_is_not_told_without_one() -> None:
    with pytest.raises(ValueError, match="needs a length"):
        sentence(SentenceKind.IMPRISONMENT, Term(), EN)


def imposed(kind: SentenceKind, *terms: Term, how: Sequence = Sequence.NOT_STATED) -> OffenceFacts:
    return OffenceFacts(1, "XX00001", sentences=(SentenceFacts(kind, terms=terms, sequence=how),))


def sentencing(*offences: OffenceFacts, **changes: object) -> SentencingFacts:
    return SentencingFacts(MONDAY_23_NOVEMBER_2026, "C20BI", offences, **changes)  # type: ignore[arg-type] # a builder's keywords


PRISON = SentenceKind.IMPRISONMENT


def test_one_sentence_is_told_with_its_length() -> None:
    told = told_sentence(sentencing(imposed(PRISON, Term(years=3))))
    assert (told.kind, told.term) == (PRISON, Term(years=3))


def test_of_sentences_that_run_together_the_longest_is_told() -> None:
    long, short = Term(years=1, months=8), Term(months=18)
    together = imposed(PRISON, long, how=Sequence.CONCURRENT)
    assert told_sentence(sentencing(imposed(PRISON, short), together)).term == long


def test_sentences_that_run_one_after_another_are_never_added_up() -> None:
    after = imposed(PRISON, Term(years=1), how=Sequence.CONSECUTIVE)
    assert told_sentence(sentencing(imposed(PRISON, Term(years=2)), after)).term is None


def test_the_first_may_be_the_one_that_comes_after_the_other() -> None:
    first = imposed(PRISON, Term(years=2), how=Sequence.CONSECUTIVE)
    other = imposed(PRISON, Term(years=3), how=Sequence.CONCURRENT)
    assert told_sentence(sentencing(first, other)).term is None


@pytest.mark.parametrize("total_terms", [(), (Term(years=16),)])
def test_a_length_of_another_kind_is_not_told_as_that_of_the_gravest(
    total_terms: tuple[Term, ...],
) -> None:
    extended = imposed(SentenceKind.EXTENDED, Term(years=6))
    beside = imposed(PRISON, Term(years=10), how=Sequence.CONCURRENT)
    told = told_sentence(sentencing(extended, beside, total_terms=total_terms))
    assert (told.kind, told.term) == (SentenceKind.EXTENDED, None)


def test_a_total_the_court_stated_is_the_one_told() -> None:
    after = imposed(PRISON, Term(years=1), how=Sequence.CONSECUTIVE)
    total = (Term(years=3),)
    facts = sentencing(imposed(PRISON, Term(years=2)), after, total_terms=total)
    assert told_sentence(facts).term == Term(years=3)


def test_two_lengths_for_one_sentence_are_no_length() -> None:
    facts = sentencing(imposed(PRISON, Term(years=2), Term(years=3)))
    assert told_sentence(facts).term is None


def test_a_life_sentence_stands_over_the_others() -> None:
    facts = sentencing(imposed(PRISON, Term(years=2)), imposed(SentenceKind.LIFE))
    assert told_sentence(facts).kind is SentenceKind.LIFE


def test_custody_of_an_unclear_kind_is_not_guessed_at() -> None:
    facts = sentencing(imposed(PRISON, Term(years=2)), imposed(SentenceKind.CUSTODY_UNCLEAR))
    assert told_sentence(facts).kind is None


def test_a_restriction_order_shows_in_a_hospital_order() -> None:
    order = imposed(SentenceKind.HOSPITAL_ORDER)
    with_restriction = sentencing(order, imposed(SentenceKind.RESTRICTION_ORDER))
    assert told_sentence(with_restriction).restricted
    assert not told_sentence(sentencing(order)).restricted
