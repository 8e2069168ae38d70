"""The tables of single offences beside the Schedule: known codes, one reason each, no overlap."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.specified_offence import families, offences
from vcs.terms import Answer, SentenceKind, Term


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the law."""
    text = (files("vcs.law") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


TABLES = (
    "discretion.csv",
    "settled_by_title.csv",
    "sexual_harm_orders.csv",
    "notified_by_sentence.csv",
)


@pytest.mark.parametrize("name", TABLES)
def test_every_code_is_a_base_code_that_the_table_of_offences_holds_and_stands_once(
    name: str,
) -> None:
    codes = [row["offence_code"] for row in rows(name)]

    assert codes == sorted(set(codes))
    assert [code for code in codes if len(code) != 7 or not offences.holds(code)] == []


def test_every_family_has_one_reason_and_several_have_more_codes_than_one() -> None:
    reasons: dict[str, set[str]] = {}
    for row in rows("discretion.csv"):
        reasons.setdefault(row["family"], set()).add(row["why"])

    assert {family: why for family, why in reasons.items() if len(why) != 1 or "" in why} == {}
    assert len(reasons) >= 20


def test_no_settled_code_is_one_that_the_table_of_offences_answers_otherwise() -> None:
    contradicted = [
        row["offence_code"]
        for row in rows("settled_by_title.csv")
        if (held := offences.find(row["offence_code"]))
        and held.listing in ("specified", "not_specified")
        and held.listing != row["listing"]
    ]

    assert contradicted == []
    assert {row["listing"] for row in rows("settled_by_title.csv")} <= {
        "specified",
        "not_specified",
    }
    assert all(row["why"] and row["source"] for row in rows("settled_by_title.csv"))


def test_every_offence_of_the_notification_scheme_outside_the_schedule_is_in_a_family() -> None:
    missing = [
        code
        for code in offences.codes()
        if len(code) == 7
        and (row := offences.find(code))
        and row.notification_scheme
        and row.listing != "specified"
        and families.family_of(code) is None
    ]

    assert missing == []


def test_an_inchoate_form_follows_its_offence_and_no_code_has_no_family() -> None:
    assert families.family_of("RT88564A") == families.family_of("RT88564")
    assert families.family_of("MD71231") is None
    assert families.family_of(None) is None


def test_where_age_or_term_is_not_known_notification_is_asked_about() -> None:
    prison = SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(years=3),))
    image = OffenceFacts(1, "CJ09001", sentences=(prison,))
    of_no_age = SentencingFacts(date(2026, 3, 20), None, (image,))
    (row,) = filter(None, (families.by_the_sentence("CJ09001A"),))

    assert families.notified(row, image, of_no_age).answer is Answer.UNKNOWN
    assert families.notified(row, image, replace(of_no_age, youth=True)).answer is Answer.NO
    of_age = replace(of_no_age, date_of_birth=date(1985, 5, 5))
    assert families.notified(row, image, of_age).answer is Answer.YES
    of_no_length = replace(image, sentences=(replace(prison, terms=()),))
    assert families.notified(row, of_no_length, of_age).answer is Answer.UNKNOWN
