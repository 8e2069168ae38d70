"""One judicial result: its kind, its length and how it runs, from what the message says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.example.messages import result
from vcs.intake.common_platform.results.imposed import sentence_of, terms_of
from vcs.intake.common_platform.results.judicial_results import Result
from vcs.intake.durations import lengths
from vcs.terms import SentenceKind, Sequence, Term

DAY = date(2026, 3, 20)


def sentence(short_code: str, length: str = "", **more: Any) -> Any:
    """Build a result and read it."""
    made = result(short_code, DAY, length, **more)
    return sentence_of(Result(made))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1002", SentenceKind.IMPRISONMENT),
        ("1003", SentenceKind.HM_PLEASURE),
        ("1004", SentenceKind.RESTRICTION_ORDER),
        ("1007", SentenceKind.SECTION_250_DETENTION),
        ("1008", SentenceKind.HOSPITAL_ORDER),
        ("1014", SentenceKind.GUARDIANSHIP),
        ("1024", SentenceKind.YOI_DETENTION),
        ("1081", SentenceKind.DETENTION_AND_TRAINING),
        ("1088", SentenceKind.HOSPITAL_DIRECTION),
        ("1115", SentenceKind.SUSPENDED),
        ("1134", SentenceKind.SUSPENDED),
        ("1507", SentenceKind.SUSPENDED_ACTIVATED),
        ("1508", SentenceKind.SUSPENDED_VARIED),
        ("1509", SentenceKind.DEFAULT_CUSTODY),
        ("1510", SentenceKind.DEFAULT_CUSTODY),
        ("1015", SentenceKind.NON_CUSTODIAL),
        ("1116", SentenceKind.NON_CUSTODIAL),
        ("1012", SentenceKind.SUPERVISION_ORDER),
        ("1017", SentenceKind.ABSOLUTE_DISCHARGE),
        ("1079", SentenceKind.SUPERVISION_ORDER),
        ("3132", SentenceKind.INTERIM_HOSPITAL_ORDER),
        ("4582", SentenceKind.INTERIM_HOSPITAL_ORDER),
        ("3052", "notification"),
        ("4028", "not_a_sentence"),
        ("3057", "not_a_sentence"),
        ("3117", "not_a_sentence"),
    ],
)
def test_a_code_without_more_is_read_by_the_table(code: str, kind: str) -> None:
    assert Result({"cjsCode": code, "category": "FINAL"}).kind == kind


@pytest.mark.parametrize(
    ("label", "code", "kind"),
    [
        ("Mandatory life imprisonment", "1002", SentenceKind.LIFE),
        ("Life imprisonment for serious offence (S.225)", "1002", SentenceKind.LIFE),
        ("Custody for life", "1024", SentenceKind.LIFE),
        ("Detained at Her Majesty's pleasure (under 18)(S.90)", "1003", SentenceKind.HM_PLEASURE),
        (
            "Extended sentence of imprisonment for violent or sexual offence (21 and over)(S.226A)",
            "1002",
            SentenceKind.EXTENDED,
        ),
        (
            "Special custodial sentence of imprisonment for offender of particular concern",
            "1002",
            SentenceKind.PARTICULAR_CONCERN,
        ),
        ("Suspended sentence order - imprisonment", "1115", SentenceKind.SUSPENDED),
        ("Suspended sentence order - imprisonment", "1002", SentenceKind.UNKNOWN),
        ("Imprisonment in default of payment", "1002", SentenceKind.UNKNOWN),
    ],
)
def test_the_label_refines_a_code_and_contradicting_it_is_unknown(
    label: str, code: str, kind: SentenceKind
) -> None:
    assert Result({"cjsCode": code, "label": label, "category": "FINAL"}).kind is kind


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        ("1002", "for 12 Months suspended for 2 Years", SentenceKind.UNKNOWN),
        ("1002", "for 12 months, wholly suspended for 24 months", SentenceKind.UNKNOWN),
        ("", "for 12 Months suspended for 2 Years", SentenceKind.UNKNOWN),
        ("1002", "for 12 Months. Driving licence suspended for 2 years", SentenceKind.IMPRISONMENT),
        ("1002", "for 4 Months after the suspended sentence", SentenceKind.IMPRISONMENT),
        ("1507", "12 Months suspended for 2 Years, implemented", SentenceKind.SUSPENDED_ACTIVATED),
        ("1115", "for 12 Months suspended for 2 Years", SentenceKind.SUSPENDED),
    ],
)
def test_custody_that_the_court_pronounced_as_suspended_goes_to_a_person(
    code: str, words: str, kind: SentenceKind
) -> None:
    label = {"1507": "", "1115": ""}.get(code, "Imprisonment")
    made = {"cjsCode": code, "label": label, "resultText": f"Committed to prison {words}"}

    assert Result(made | {"category": "FINAL"}).kind is kind


@pytest.mark.parametrize(
    ("qualifier", "kind"),
    [
        ("AF", SentenceKind.EXTENDED),
        ("C,AF", SentenceKind.EXTENDED),
        ("AB", SentenceKind.LIFE),
        ("S", SentenceKind.SUSPENDED),
        ("C,F", SentenceKind.IMPRISONMENT),
    ],
)
def test_the_qualifier_refines_imprisonment(qualifier: str, kind: SentenceKind) -> None:
    assert sentence("IMP", "2 Years", qualifier=qualifier).kind is kind


def test_custody_without_a_code_is_read_from_its_definition_or_its_words() -> None:
    by_definition = result("IMP", DAY, "2 Years")
    del by_definition["cjsCode"]
    by_words = {"label": "Imprisonment for a term", "category": "FINAL"}

    assert Result(by_definition).kind is SentenceKind.IMPRISONMENT
    assert Result(by_words).kind is SentenceKind.UNKNOWN


def test_a_code_that_no_table_holds_is_an_unknown_result_and_a_remand_is_no_sentence() -> None:
    assert Result({"cjsCode": "9999", "category": "FINAL", "isConvictedResult": True}).kind is (
        SentenceKind.UNKNOWN
    )
    assert (
        Result({"label": "Remanded in custody", "category": "INTERMEDIARY"}).kind
        == "not_a_sentence"
    )


@pytest.mark.parametrize(
    ("length", "term"),
    [
        ("1 Years", Term(years=1)),
        ("33 Months", Term(months=33)),
        ("245 Days", Term(days=245)),
        ("16 Weeks", Term(weeks=16)),
    ],
)
def test_number_prompt_and_words_that_agree_are_one_length(length: str, term: Term) -> None:
    assert sentence("IMP", length).terms == (term,)


def test_twelve_months_and_one_year_are_the_same_length() -> None:
    made = result("IMP", DAY, "12 Months")
    made["durationElement"] = {"primaryDurationUnit": "Y", "primaryDurationValue": 1}

    assert len(terms_of(Result(made))) == 1


def test_a_number_that_contradicts_the_words_leaves_both() -> None:
    made = result("IMP", DAY, "12 Months")
    made["durationElement"]["primaryDurationValue"] = 3

    assert terms_of(Result(made)) == (Term(months=3), Term(months=12))


def test_one_prompt_stated_twice_with_two_lengths_leaves_both() -> None:
    made = result("IMP", DAY, "11 Months") | {"durationElement": {}, "resultText": ""}
    made["judicialResultPrompts"].append(made["judicialResultPrompts"][0] | {"value": "14 Months"})

    assert terms_of(Result(made)) == (Term(months=11), Term(months=14))


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("2 Years 6 Months", Term(years=2, months=6)),
        ("2 years, 6 months and 3 days", Term(years=2, months=6, days=3)),
        ("14.5 Months", None),
        ("1,5 years 6 months", None),
        ("1 1/2 years", None),
        ("1\u00bd years 6 months", None),
        ("one year 3 months", Term(years=1, months=3)),
        ("twelve months", Term(months=12)),
        ("11 and a half months 2 weeks", None),
        ("24 Months 0 Days", Term(months=24)),
        ("0 Years 18 Months", Term(months=18)),
        ("2.0 years", Term(years=2)),
        ("1.5 years", Term(months=18)),
        ("1.3 years", None),
        ("1.5 years 2 months", None),
        ("2 yrs", Term(years=2)),
        ("18m", Term(months=18)),
        ("2y6m", Term(years=2, months=6)),
        ("12 calendar months", Term(months=12)),
        ("two years and six months", Term(years=2, months=6)),
        ("Twenty-four months", Term(months=24)),
        ("two and a half years", Term(months=30)),
        ("a year and a day", Term(years=1, days=1)),
        ("twelve (12) months", Term(months=12)),
        ("twelve (18) months", None),
        ("6 to 12 months", None),
        ("six or twelve months", None),
        ("up to 2 years", None),
        ("one hundred and eighty days", None),
        ("18 months 6", None),
        ("dwy flynedd a chwe mis", Term(years=2, months=6)),
        ("18 mis", Term(months=18)),
        ("deunaw mis", Term(months=18)),
        ("blwyddyn a hanner", Term(months=18)),
        ("6 wythnos", Term(weeks=6)),
        ("28 diwrnod", Term(days=28)),
        ("un ar ddeg mis", Term(months=11)),
        ("tri mis ar ddeg", None),
        ("bob blwyddyn", None),
    ],
    ids=str,
)
def test_words_of_which_a_part_cannot_be_read_name_no_length(words: str, term: Term | None) -> None:
    assert lengths.of_words(words) == term


def test_a_mixed_length_is_read_whole() -> None:
    made = result("IMP", DAY, "1 Years")
    made["durationElement"] |= {"secondaryDurationUnit": "M", "secondaryDurationValue": 6}
    made["judicialResultPrompts"][0]["value"] = "1 Years 6 Months"
    made["resultText"] = "IMP - Imprisonment\nCommitted to prison for 1 Years 6 Months."

    assert terms_of(Result(made)) == (Term(years=1, months=6),)


def test_a_second_number_that_no_words_explain_leaves_both_readings() -> None:
    made = result("IMP", DAY)
    made["durationElement"] = {
        "primaryDurationUnit": "M",
        "primaryDurationValue": 11,
        "secondaryDurationUnit": "D",
        "secondaryDurationValue": 30,
    }

    assert terms_of(Result(made)) == (Term(months=11), Term(months=11, days=30))


def test_a_minimum_term_is_not_a_length() -> None:
    prompts = [{"promptReference": "minimumTerm", "label": "Minimum term", "value": "3 Years"}]

    life = sentence("MLI", judicialResultPrompts=prompts)

    assert life.kind is SentenceKind.LIFE
    assert life.terms == ()


@pytest.mark.parametrize("value", [None, 0, -3, 1000, "many", True, 2.55, {"a": 1}])
def test_a_number_that_cannot_be_right_is_no_length(value: object) -> None:
    made = result("IMP", DAY)
    made["durationElement"] = {"primaryDurationUnit": "Y", "primaryDurationValue": value}

    assert terms_of(Result(made)) == ()


@pytest.mark.parametrize(
    ("value", "unit", "term"),
    [
        (2.0, "Y", Term(years=2)),
        ("2.0", "Y", Term(years=2)),
        (1.5, "Y", Term(months=18)),
        (18, "Months", Term(months=18)),
        (2, "blynedd", Term(years=2)),
        (2.5, "M", None),
        (2, "H", None),
        (2, "minutes", None),
    ],
)
def test_a_number_with_its_unit_is_read_where_it_is_certain(
    value: object, unit: str, term: Term | None
) -> None:
    made = result("IMP", DAY)
    made["durationElement"] = {"primaryDurationUnit": unit, "primaryDurationValue": value}

    assert terms_of(Result(made)) == ((term,) if term else ())


def test_a_first_pair_of_nothing_is_passed_over() -> None:
    made = result("IMP", DAY)
    made["durationElement"] = {"primaryDurationUnit": "Y", "primaryDurationValue": 0} | {
        "secondaryDurationUnit": "M",
        "secondaryDurationValue": 18,
    }

    assert terms_of(Result(made)) == (Term(months=18),)


def test_the_total_is_kept_apart_from_the_term() -> None:
    prompts = [
        {"promptReference": "totalCustodialPeriod", "value": "3 Years"},
        {"promptReference": "imprisonmentPeriod", "value": "4 Years"},
    ]
    made = result("IMP", DAY, "4 Years", judicialResultPrompts=prompts)

    assert terms_of(Result(made)) == (Term(years=4),)
    assert Result(made).meaning.totals == (Term(years=3),)


@pytest.mark.parametrize(
    ("more", "runs"),
    [
        ({"qualifier": "C"}, Sequence.CONCURRENT),
        ({"qualifier": "F"}, Sequence.CONSECUTIVE),
        ({"qualifier": "C,F"}, Sequence.NOT_STATED),
        ({}, Sequence.NOT_STATED),
    ],
)
def test_how_a_term_runs_is_read_from_the_qualifier(more: dict[str, str], runs: Sequence) -> None:
    assert sentence("IMP", "6 Months", **more).sequence is runs


@pytest.mark.parametrize(
    ("label", "reference", "value", "days"),
    [
        (
            "Bail remand days to count (tagged days)",
            "bailRemandDaysToCountTaggedDays",
            "183",
            183,
        ),
        ("Number of days on remand", "daysOnRemand", "20", 20),
        ("Bail remand days to count (tagged days)", "bailRemandDaysToCountTaggedDays", "0", 0),
        (
            "Bail remand days to count (tagged days)",
            "bailRemandDaysToCountTaggedDays",
            "some",
            None,
        ),
        ("Remand basis", "remandBasis", "12", None),
    ],
)
def test_the_days_that_count_are_read_from_the_prompt_that_states_them(
    label: str, reference: str, value: str, days: int | None
) -> None:
    prompt = {"label": label, "promptReference": reference, "value": value}
    made = result("IMP", DAY, "2 Years")
    prompts = [*made["judicialResultPrompts"], prompt]

    read = sentence("IMP", "2 Years", judicialResultPrompts=prompts)
    suspended = sentence("SUSPS", "2 Years", judicialResultPrompts=prompts)

    assert read.days_counted == days
    assert suspended.days_counted is None


@pytest.mark.parametrize(
    ("words", "released"),
    [
        ("Committed to prison for 12 Months. Time served.", True),
        ("Committed to prison for 12 Months. Immediate release.", True),
        ("Committed to prison for 12 Months. To be released today.", True),
        ("Committed to prison for 12 Months. Released forthwith, time already served.", True),
        ("Committed to prison for 12 Months.", False),
        ("Committed to prison for 12 Months. Payment terms - on release.", False),
    ],
)
def test_a_sentence_already_served_says_that_the_offender_walks_free(
    words: str, released: bool
) -> None:
    assert sentence("IMP", "12 Months", resultText=f"IMP - Imprisonment\n{words}").released is (
        released
    )
