"""What rests on an unconfirmed source stands in one list, with where it is used."""

from __future__ import annotations

from datetime import date

import pytest

from api.public.lawbook import lawbook, printed
from vcs.law.book.doubts import doubts, doubts_on, not_commenced, open_questions, open_questions_on
from vcs.law.book.offence_list import offence_list
from vcs.law.book.uses import uses
from vcs.law.deadlines.duties import DUTIES
from vcs.law.deadlines.working_days import held
from vcs.law.provisions import PROVISIONS
from vcs.law.rule_sets import RULE_SETS
from vcs.law.specified_offence import offences

FRIDAY_20_MARCH = date(2026, 3, 20)


def told() -> str:
    return "\n".join(f"{one.kind}: {one.what}" for one in doubts())


def test_nothing_below_high_confidence_is_left_out() -> None:
    listed = told()
    unsure = [row.id for row in PROVISIONS.values() if row.confidence != "high"]
    owed = [row.title for row in DUTIES if row.is_owed and row.confidence != "high"]
    rules = [row.id for row in RULE_SETS if not row.confirmed]
    days = [row.title for row in held() if "from memory" in row.source]
    assert len(unsure) > 5
    assert [one for one in (*unsure, *owed, *rules, *days) if one not in listed] == []
    assert "Bank holidays from 2029 to 2040" in listed
    assert "Offence table: Sentencing Act 2020 Sch.18, text read against" in listed


def test_nothing_that_is_sure_is_listed() -> None:
    assert {one.confidence for one in doubts()} == {"medium", "low", "unconfirmed"}
    assert "Provision: Victims' Code 2020 Right 11" not in told()


def test_every_doubt_says_why_and_where_it_is_used() -> None:
    assert [one.what for one in doubts() if not (one.note and one.used_in)] == []


@pytest.mark.parametrize(
    ("provision", "used"),
    [
        ("DVCVA 2004 s.45(1), read with practice", "not named in section 45(1)"),
        ("VCS Policy Framework: discretion", "May the unit offer contact"),
        ("Victims' Code 2015", "Duty: Refer the victim"),
    ],
)
def test_the_uses_of_a_provision_are_found_in_the_code_that_runs(provision: str, used: str) -> None:
    assert used in " ".join(uses(provision))


def test_what_nobody_cites_is_used_nowhere() -> None:
    assert uses("Act of nowhere") == ()


def test_every_open_question_says_what_is_answered_meanwhile() -> None:
    assert len(open_questions()) >= 9
    assert all(one.question.endswith("?") and one.meanwhile for one in open_questions())


def test_an_open_question_is_printed_on_the_days_on_which_its_provision_counts() -> None:
    def about(day: date) -> str:
        return "\n".join(one.question for one in open_questions_on(day))

    assert "Schedule 6A" not in about(date(2026, 4, 28))  # Tuesday
    assert "Schedule 6A" in about(date(2026, 4, 29))  # Wednesday
    assert "How was Schedule 18 amended" not in about(date(2020, 11, 30))  # Monday
    assert len(open_questions_on(date(2026, 11, 27))) == len(open_questions()) - 1  # Friday


def test_the_printed_law_shows_every_duty_and_lists_every_doubt() -> None:
    lines = "\n".join(printed(lawbook(FRIDAY_20_MARCH)))
    assert "Tell the victim of the release" in lines
    assert "time limit not known, from the release" in lines
    _, _, section = lines.partition("\n9 What rests on an unconfirmed source")
    assert [one.what for one in doubts_on(FRIDAY_20_MARCH) if one.what not in section] == []
    assert [
        one.question for one in open_questions_on(FRIDAY_20_MARCH) if one.question not in section
    ] == []


def test_a_doubt_is_listed_on_the_days_on_which_it_counts_and_on_no_other() -> None:
    def told_on(day: date) -> str:
        return "\n".join(one.what for one in doubts_on(day))

    assert "Victims' Code 2015" in told_on(date(2021, 3, 31))  # Wednesday
    assert "Victims' Code 2015" not in told_on(date(2021, 4, 1))  # Thursday
    assert "before-the-scheme" in told_on(date(2001, 3, 31))  # Saturday
    assert "before-the-scheme" not in told_on(date(2001, 4, 1))  # Sunday
    assert "paragraph 26A" in told_on(date(2022, 6, 7))  # Tuesday
    assert "paragraph 26A" not in told_on(date(2022, 6, 6))  # Monday
    assert "Sch.6A" not in told_on(FRIDAY_20_MARCH)


def test_every_doubt_is_listed_on_some_day_or_is_not_commenced() -> None:
    never = [one.what for one in doubts() if one.first == date.max]

    assert [row.id for row in not_commenced()] == [one for one in never if "Sch.6A" in one]
    assert [one.what for one in doubts() if one.first > one.last] == []


def test_the_printed_law_shows_every_offence_that_is_listed_or_in_doubt() -> None:
    found = set()
    for group in offence_list(FRIDAY_20_MARCH):
        under = [row for one in group.paragraphs for row in one.rows]
        found |= {row.code for row in (*group.rows, *under)}
    rows = [row for code in offences.codes() if (row := offences.find(code))]

    assert {row.code for row in rows if row.listing != "not_specified"} <= found
    assert {row.code for row in rows if row.notification_scheme} <= found
    printed_lines = "\n".join(printed(lawbook(FRIDAY_20_MARCH)))
    assert [code for code in found if f"  {code} " not in printed_lines] == []
    assert "  DVCVA 2004 s.35(1) | In short: The duty arises" in printed_lines
