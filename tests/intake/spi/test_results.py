"""One SPI result: its kind, its length and how it runs, from code, text, qualifiers, duration."""

from __future__ import annotations

import pytest

from tests.intake.spi.messages import case, delivered, message, offence, result
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.law.facts import SentenceFacts
from vcs.terms import Outcome, SentenceKind, Sequence, Term


def sentence(*said: str, code: str = "OF61102") -> SentenceFacts:
    """Read the first thing imposed for one offence."""
    (one,) = read(delivered(message(case(offence(code, *said))))).sentenced
    return one.facts.offences[0].sentences[0]


def outcome(*said: str, code: str = "OF61102", **more: str) -> Outcome | None:
    """Decide on one offence with its results; None where nobody was sentenced."""
    found = read(delivered(message(case(offence(code, *said, sequence=1, **more)))))
    assert found.status == "read", found.problem
    decided = [decide(one.facts).outcome for one in found.sentenced]
    return decided[0] if decided else None


@pytest.mark.parametrize(
    ("code", "words", "qualifiers", "kind"),
    [
        ("1002", "Committed to prison for 2 years", [], SentenceKind.IMPRISONMENT),
        ("1002", "IMP - Imprisonment", [], SentenceKind.IMPRISONMENT),
        ("01002", "", [], SentenceKind.IMPRISONMENT),
        ("1002", "Imprisonment for life", [], SentenceKind.LIFE),
        ("1002", "MLI - Mandatory life imprisonment", [], SentenceKind.LIFE),
        ("1024", "", ["AB"], SentenceKind.LIFE),
        ("1002", "", ["AC"], SentenceKind.LIFE),
        ("1002", "because of the risk to life", [], SentenceKind.IMPRISONMENT),
        ("1002", "Prison. Life will be hard", [], SentenceKind.IMPRISONMENT),
        ("1002", "Prison, for danger to life", [], SentenceKind.IMPRISONMENT),
        ("1002", "", ["EF"], SentenceKind.EXTENDED),
        ("1002", "", ["C", "AF"], SentenceKind.EXTENDED),
        ("1002", "Extended sentence of imprisonment", [], SentenceKind.EXTENDED),
        ("1002", "", ["S"], SentenceKind.SUSPENDED),
        ("1002", "Prison for 4 months suspended for 12 months", ["S"], SentenceKind.SUSPENDED),
        ("1024", "Suspended sentence order", ["C", "S"], SentenceKind.SUSPENDED),
        ("1002", "", ["LG", "C"], SentenceKind.IMPRISONMENT),
        ("1002", "", ["BP"], SentenceKind.DEFAULT_CUSTODY),
        ("1002", "In default of payment", ["BP"], SentenceKind.DEFAULT_CUSTODY),
        ("1024", "Young Offender", [], SentenceKind.YOI_DETENTION),
        ("1007", "", ["AJ"], SentenceKind.SECTION_250_DETENTION),
        ("1003", "", [], SentenceKind.HM_PLEASURE),
        ("1081", "Detention Training", [], SentenceKind.DETENTION_AND_TRAINING),
        ("1115", "4 months suspended for 12 months", [], SentenceKind.SUSPENDED),
        ("1507", "Suspended sentence implemented", [], SentenceKind.SUSPENDED_ACTIVATED),
        ("1508", "Suspended sentence varied", [], SentenceKind.SUSPENDED_VARIED),
        ("1008", "", [], SentenceKind.HOSPITAL_ORDER),
        ("1004", "", [], SentenceKind.RESTRICTION_ORDER),
        ("1088", "", [], SentenceKind.HOSPITAL_DIRECTION),
        ("1015", "Fined 100.", [], SentenceKind.NON_CUSTODIAL),
        ("1015", "Fine to be paid forthwith", [], SentenceKind.NON_CUSTODIAL),
        (
            "1015",
            "Fined 100, 28 days to pay, 7 days imprisonment in default",
            [],
            SentenceKind.DEFAULT_CUSTODY,
        ),
        ("9999", "", [], SentenceKind.UNKNOWN),
        ("8", "", [], SentenceKind.UNKNOWN),
        ("12345", "", [], SentenceKind.UNKNOWN),
        ("IMP", "", [], SentenceKind.UNKNOWN),
    ],
)
def test_the_code_is_refined_by_qualifiers_and_by_what_the_text_opens_with(
    code: str, words: str, qualifiers: list[str], kind: SentenceKind
) -> None:
    assert sentence(result(code, words, qualifiers=qualifiers)).kind is kind


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("", "6 M"),
        ("Imprisonment", "28 D"),
        ("28 days imprisonment in default of payment", "28 D"),
        ("Fined 100, 28 days to pay, 7 days imprisonment in default", "7 D"),
        ("In default of payment of the confiscation order: 8 years", "8 Y"),
        ("Imprisonment in default of payment", "16 M"),
    ],
)
def test_a_qualifier_of_default_is_of_the_one_term_that_the_result_states(
    words: str, length: str
) -> None:
    said = result("1002", words, length, qualifiers=["BP", "F"])
    assert sentence(said).kind is SentenceKind.DEFAULT_CUSTODY


@pytest.mark.parametrize(
    ("code", "words", "second", "qualifiers"),
    [
        ("1002", "Committed to prison for 16 months suspended for 2 years", "", []),
        ("1002", "Imprisonment in default of payment", "", []),
        ("1002", "", "24 M", []),
        ("1115", "Committed to prison for 16 months forthwith", "", []),
        ("1115", "Committed to prison for 16 months", "", []),
        ("1115", "Immediate custody of 16 months, no longer suspended", "", []),
        ("1015", "Committed to prison for 16 months", "", []),
        ("1002", "Committed to prison for 16 months", "", ["BP"]),
        ("1002", "", "", ["BP"]),
        ("1002", "", "12 M", ["BP"]),
        ("1002", "", "", ["BP", "AF"]),
        ("1002", "8 years, and 16 months in default", "", ["BP"]),
        ("1002", "12 months in default of payment", "", ["BP"]),
        ("1002", "Imprisonment for life. 16 months in default", "", ["BP"]),
        ("1003", "16 months in default", "", ["BP"]),
        ("1015", "Fined 100, 8 years and 12 months imprisonment in default", "", []),
        ("3011", "Confiscation. Imprisonment 8 years and 12 months in default", "", []),
        ("", "Imprisonment 8 years and 12 months in default", "", []),
        ("1116", "Community order revoked. 16 months imprisonment", "", []),
        ("3007", "Disqualified for 3 years. Imprisonment for 16 months", "", []),
        ("3011", "Costs of 85. Sentenced to detention for 16 months", "", []),
    ],
)
def test_what_contradicts_itself_about_custody_is_unknown(
    code: str, words: str, second: str, qualifiers: list[str]
) -> None:
    said = result(code, words, "16 M", second, qualifiers)

    assert sentence(said).kind is SentenceKind.UNKNOWN
    assert outcome(said) is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("IMP - Imprisonment", SentenceKind.IMPRISONMENT),
        ("Committed to prison for 2 years", SentenceKind.UNKNOWN),
        ("Extended sentence of imprisonment", SentenceKind.EXTENDED),
        ("Credit given. Sentenced to imprisonment for 2 years", SentenceKind.UNKNOWN),
        ("Suspended sentence of imprisonment", SentenceKind.UNKNOWN),
        ("As he was told", SentenceKind.UNKNOWN),
    ],
)
@pytest.mark.parametrize("code", ["", "1000"])
def test_custody_without_a_code_is_read_from_its_words_or_unknown(
    words: str, kind: SentenceKind, code: str
) -> None:
    assert sentence(result(code, words, "2 Y")).kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "Remand decision: Re-admitted to bail. See associated offence.",
        "GPTAC - Guilty plea taken into account",
        "Remanded in custody until 3 May for sentence",
        "Warrant for his arrest issued",
    ],
)
def test_a_text_that_is_known_to_impose_nothing_sentences_nobody(words: str) -> None:
    assert outcome(result("", words)) is None


def test_a_text_that_nobody_can_read_is_unknown_only_where_it_ends_a_conviction() -> None:
    unread = result("", "As he was told")

    assert outcome(unread) is Outcome.CANNOT_TELL
    assert outcome(unread, result("1015")) is Outcome.CANNOT_TELL
    assert outcome(unread, FinalDisposalIndicator="N") is None
    assert outcome(unread, Finding="N", ConvictionDate="") is None


@pytest.mark.parametrize(
    "words", ["Total custodial period 18 Months", "40 days on remand to count"]
)
def test_a_total_or_days_that_count_are_a_sentence_only_where_none_is_stated(words: str) -> None:
    part = result("", words)

    assert outcome(part) is Outcome.CANNOT_TELL
    assert outcome(part, result("1015")) is Outcome.NOT_ELIGIBLE
    assert outcome(part, result(length="2 Y")) is Outcome.STATUTORY


@pytest.mark.parametrize("beside", [(), (result("1015"),), (result("1116"),)])
@pytest.mark.parametrize("words", ["Prison 3 years, less 41 days on remand", "Sent down, 4 yrs"])
def test_prison_in_words_alone_is_never_a_no(words: str, beside: tuple[str, ...]) -> None:
    assert outcome(result("1000", words), *beside) is Outcome.CANNOT_TELL


def test_a_community_order_is_a_no_whatever_it_was_reduced_from() -> None:
    words = "Community order with 100 hours of unpaid work, reduced from 150 for plea"

    assert outcome(result("1116", words)) is Outcome.NOT_ELIGIBLE
    assert outcome(result("1000", words)) is Outcome.NOT_ELIGIBLE


@pytest.mark.parametrize(
    ("length", "words", "terms"),
    [
        ("12 M", "Imprisonment for 12 Months", (Term(months=12),)),
        ("1 Y", "Committed to prison for 12 months", (Term(years=1),)),
        ("3 M", "Imprisonment for 12 Months", (Term(months=3), Term(months=12))),
        ("16 W", "", (Term(weeks=16),)),
        ("245 D", "", (Term(days=245),)),
        ("", "Committed to prison for 2 years 6 months", (Term(years=2, months=6),)),
        ("0 M", "", ()),
        ("1000 M", "", ()),
        ("-12 M", "", ()),
        ("12 H", "", ()),
        ("12 S", "", ()),
        ("12 Q", "", ()),
        ("some M", "", ()),
    ],
)
def test_every_length_that_is_stated_is_a_fact(
    length: str, words: str, terms: tuple[Term, ...]
) -> None:
    assert sentence(result("1002", words, length)).terms == terms


def test_a_second_duration_is_the_rest_of_the_term_or_another_reading_of_it() -> None:
    assert sentence(result(length="1 Y", second="6 M")).terms == (
        Term(years=1),
        Term(years=1, months=6),
    )
    spoken = "Committed to prison for 1 year 6 months"
    assert sentence(result("1002", spoken, "1 Y", "6 M")).terms == (Term(years=1, months=6),)
    extended = sentence(result("1002", "", "6 Y", "3 Y", ["EF"]))
    assert (extended.kind, extended.terms) == (SentenceKind.EXTENDED, (Term(years=6),))


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (10, Outcome.NOT_ELIGIBLE),
        (11, Outcome.NOT_ELIGIBLE),
        (12, Outcome.STATUTORY),
        (13, Outcome.STATUTORY),
        (14, Outcome.STATUTORY),
    ],
)
def test_twelve_months_is_the_threshold(months: int, expected: Outcome) -> None:
    assert outcome(result(length=f"{months} M")) is expected


def test_the_long_suspended_sentence_is_not_custody_and_its_operational_period_no_term() -> None:
    assert outcome(result("1115", "", "6 Y", "8 Y")) is Outcome.NOT_ELIGIBLE
    assert outcome(result("1002", "", "6 M", "24 M", ["S"])) is Outcome.NOT_ELIGIBLE


def test_for_life_is_read_from_the_unit() -> None:
    by_unit = sentence(result(length="0 L"))

    assert (by_unit.life, by_unit.terms) == (True, ())
    assert outcome(result(length="0 L")) is Outcome.STATUTORY
    assert not sentence(result("1015", length="0 L")).life
    assert outcome(result("3025", "Disqualified for life", "0 L"), result("1015")) is (
        Outcome.NOT_ELIGIBLE
    )


@pytest.mark.parametrize(
    ("qualifiers", "words", "sequence"),
    [
        (["C"], "", Sequence.CONCURRENT),
        (["F"], "", Sequence.CONSECUTIVE),
        (["C", "F"], "", Sequence.NOT_STATED),
        ([], "", Sequence.NOT_STATED),
        ([], "6 months consecutive", Sequence.CONSECUTIVE),
        ([], "implemented concurrently", Sequence.CONCURRENT),
        ([], "not to be concurrent", Sequence.NOT_STATED),
        (["C"], "consecutive to offence 1", Sequence.NOT_STATED),
    ],
)
def test_how_a_term_runs(qualifiers: list[str], words: str, sequence: Sequence) -> None:
    assert sentence(result("1002", words, "6 M", qualifiers=qualifiers)).sequence is sequence


def test_the_label_is_the_title_of_the_code_and_never_the_text_of_the_court() -> None:
    said = sentence(result("1002", "Committed to prison for 2 years for what Vera Victim suffered"))

    assert said.label == "Imprisonment"
    assert said.result_code == "1002"
