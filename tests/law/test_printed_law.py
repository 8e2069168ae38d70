"""``vcs rules --on``: the law of a day, by paragraph and with its codes, and only what was law."""

from __future__ import annotations

import inspect
import re
from datetime import date

import pytest

from api.public.law_sections import NO_ROUTE
from api.public.lawbook import lawbook, printed
from vcs.intake.results import result_tables
from vcs.law import eligibility, provisions
from vcs.law.book.asked import (
    ASKED_UNDER,
    OPENED_BY,
    asked_of_people,
    open_routes,
    questions_on,
    routes_on,
)
from vcs.law.book.changes import Span, changes
from vcs.law.book.code_list import not_specified, on_other_days
from vcs.law.book.offence_list import offence_list
from vcs.law.conditions import beyond_statute, hospital, notes, statutory
from vcs.law.conditions.plain_words import PLAIN_WORDS
from vcs.law.provisions import PROVISIONS, in_force
from vcs.law.specified_offence import offences, schedule
from vcs.terms import Answer

DAYS = [
    date(2003, 6, 2),  # Monday
    date(2006, 5, 10),  # Wednesday
    date(2016, 5, 10),  # Tuesday
    date(2019, 4, 11),  # Thursday
    date(2019, 4, 12),  # Friday
    date(2020, 12, 1),  # Tuesday
    date(2022, 6, 6),  # Monday
    date(2026, 3, 20),  # Friday
]


def text(day: date) -> str:
    return "\n".join(printed(lawbook(day)))


def routes(day: date) -> str:
    return "\n".join(routes_on(day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_code_under_a_paragraph_of_the_day_was_specified_on_it_or_says_perhaps(
    day: date,
) -> None:
    wrong = [
        f"{one.number} {row.code}"
        for group in offence_list(day)
        for one in group.paragraphs
        for row in one.rows
        if not row.more.startswith("Perhaps")
        and offences.standing(row.code, day, None).answer is not Answer.YES
    ]

    assert wrong == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_code_that_was_specified_on_the_day_is_printed_once_under_its_paragraph(
    day: date,
) -> None:
    under = [
        row.code
        for group in offence_list(day)
        for one in group.paragraphs
        for row in one.rows
        if not row.more.startswith("Perhaps")
    ]
    listed = {c for c in offences.codes() if offences.standing(c, day, day).answer is Answer.YES}

    assert len(under) == len(set(under))
    assert listed - set(under) == set()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_paragraph_of_the_day_is_printed_in_its_part_and_no_other(day: date) -> None:
    lines = text(day)
    for part in schedule.PARTS:
        _, _, section = lines.partition("\n5 The offences")
        section = re.split(rf"\n5\.\d+ {re.escape(schedule.PARTS[part])}", section)[1]
        section = re.split(r"\n5\.\d+ ", section)[0]
        found = re.findall(r"^Paragraph (\S.*?)\. ", section, flags=re.MULTILINE)
        held = sorted((r for r in schedule.on(day) if r.part == part), key=lambda row: row.order)
        assert found == [row.number for row in held]


@pytest.mark.parametrize(
    ("day", "opened", "shut"),
    [
        (date(2005, 6, 30), (), ("Section 35", "Section 42", "6A")),  # Thursday
        (date(2005, 7, 1), ("Section 35", "Section 42:"), ("36A", "42A", "38B", "6A")),  # Friday
        (date(2008, 11, 2), ("Section 35",), ("36A", "42A", "38B", "41A", "44B")),  # Sunday
        (date(2008, 11, 3), ("36A", "42A", "38B", "41A", "44B"), ("6A,",)),  # Monday
        (date(2026, 3, 20), ("Section 35", "36A"), ("Schedule 6A",)),  # Friday
    ],
    ids=str,
)
def test_only_the_routes_that_were_open_are_printed(
    day: date, opened: tuple[str, ...], shut: tuple[str, ...]
) -> None:
    assert [one for one in opened if one not in routes(day)] == []
    assert [one for one in shut if one in routes(day)] == []


def test_before_the_act_the_print_says_that_no_route_was_open() -> None:
    assert NO_ROUTE in text(date(2003, 6, 2))  # Monday
    assert NO_ROUTE not in text(date(2005, 7, 1))  # Friday


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_condition_of_an_act_that_is_not_commenced_is_printed_as_asked(day: date) -> None:
    asked = "\n".join(one.asked + one.more for one in questions_on(day))

    assert "6A" not in asked
    assert ("Victim Notification Scheme" in asked) is (day >= date(2022, 4, 1))


def test_the_condition_names_the_list_of_the_day() -> None:
    before = "\n".join(one.asked for one in questions_on(date(2016, 5, 10)))  # Tuesday
    after = "\n".join(one.asked for one in questions_on(date(2020, 12, 1)))  # Tuesday

    assert "an offence in Schedule 15 of 2003" in before
    assert "an offence in Schedule 18" in after


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_provision_is_printed_for_a_day_on_which_it_was_not_in_force(day: date) -> None:
    before, mark, after = text(day).partition("\n11 Passed and not commenced")
    _, _, section = before.partition("\n8 Provisions")
    shown = [one for one in PROVISIONS.values() if f"\n  {one.id} | " in section]

    assert mark
    assert len(shown) > 2
    assert [one.id for one in shown if not in_force(one, day)] == []
    assert "Sch.6A" not in before
    assert "Sch.6A" not in after


@pytest.mark.parametrize(("day", "passed"), [(date(2026, 4, 28), 0), (date(2026, 4, 29), 3)])
def test_what_is_passed_and_not_commenced_is_printed_from_the_day_it_was_passed(
    day: date,
    passed: int,  # Tuesday, Wednesday
) -> None:
    _, _, section = text(day).partition("\n11 Passed and not commenced")
    routes_printed, _, _ = text(day).partition("\n3 What is asked")

    assert section.count("Not yet commenced: Victims and Courts Act 2026 Sch.6A") == passed
    assert "6A" not in routes_printed.replace("36A", "").replace("section 6A", "")
    cited = re.findall(
        r"Victims and Courts Act 2026 Sch\.6A Part \d(?! \(not commenced\))", section
    )
    assert len(cited) == passed


def test_a_section_has_the_same_number_on_every_day() -> None:
    numbers = [[one.number for one in lawbook(day).contents] for day in DAYS]
    titles = [[one.title for one in lawbook(day).sections] for day in DAYS]

    assert all(one == numbers[0] for one in numbers)
    assert all(one == titles[0] for one in titles)
    assert numbers[0][:3] == ["1", "2", "3"]
    assert "5.14" in numbers[0]


def test_the_contents_name_every_section_that_is_printed() -> None:
    lines = text(date(2026, 3, 20)).splitlines()  # Friday
    start = lines.index("Contents")
    listed = [one.strip() for one in lines[start + 1 : lines.index("", start)]]

    assert [one for one in listed if one not in lines] == []
    assert listed[0] == "1 What was in force"


def test_the_first_page_is_one_screen() -> None:
    first, _, _ = text(date(2026, 3, 20)).partition("\nContents")  # Friday

    assert first.count("\n") < 30
    assert "In numbers" in first


def test_every_result_code_and_definition_is_printed_once_with_its_meaning() -> None:
    _, _, section = text(date(2026, 3, 20)).partition("\n6.2 CJS result codes")  # Friday
    codes, _, rest = section.partition("\n6.3 Common Platform results")
    definitions, _, rest = rest.partition("\n6.4 Forms of free text")
    forms, _, _ = rest.partition("\n7 Duties")

    assert [
        row["cjs_code"]
        for row in result_tables.CODES
        if codes.count(f"\n  {row['cjs_code']} {row['title']}") != 1
    ] == []
    ids = [row["result_definition_id"] for row in result_tables.DEFINITIONS]
    assert [one for one in ids if definitions.count(one) != 1] == []
    assert [row["form"] for row in result_tables.FREE_TEXT_FORMS if row["form"] not in forms] == []
    assert "CJS 2079 CCRC - Conviction Quashed | Takes back: conviction" in forms
    prison, _, _ = codes.partition("Means: detention in a young offender institution")
    assert "  1002 Imprisonment" in prison
    assert "not part of this printed law" in forms


def test_the_examples_of_terms_are_answered_by_the_rules_that_run() -> None:
    _, _, section = text(date(2026, 3, 20)).partition("\n4 How terms are compared")  # Friday

    for line in (
        "12 months | 12 months or more?: yes",
        "52 weeks | 12 months or more?: no",
        "= 1 year 8 months.",
        "8 months, and 8 months concurrent | 12 months or more?: no",
        "8 months, and 8 months consecutive | 12 months or more?: cannot tell",
        "suspended sentence of 2 years | 12 months or more?: no",
    ):
        assert line in section


def test_every_condition_that_may_not_be_known_says_what_is_asked_of_whom_and_why() -> None:
    unknown = {condition for condition, answer in PLAIN_WORDS if answer == "unknown"}
    told = asked_of_people()

    assert {one.condition for one in told} == unknown
    assert [one.condition for one in told if not (one.why and one.who_knows)] == []
    assert "schedule-6a-offence" not in text(date(2026, 11, 27))  # Friday


@pytest.mark.parametrize(
    ("day", "printed_then"),
    [(date(2025, 6, 24), False), (date(2025, 6, 25), True)],  # Tuesday, Wednesday
)
def test_the_impact_statement_to_the_tribunal_is_printed_from_its_day(
    day: date, printed_then: bool
) -> None:
    assert ("victim impact statement" in text(day)) is printed_then
    assert ("DVCVA 2004 s.37ZA" in text(day)) is printed_then


@pytest.mark.parametrize(
    ("day", "limbs"),
    [(date(2005, 6, 30), 0), (date(2005, 7, 1), 3)],  # Thursday, Friday
)
def test_each_limb_of_what_counts_as_an_offence_is_printed_from_its_day(
    day: date, limbs: int
) -> None:
    _, _, section = text(day).partition("\n5 The offences")
    section, _, _ = section.partition("\n5.1 ")

    assert section.count("(DVCVA 2004 s.45(2)") == limbs
    assert ("DVCVA 2004 s.45(2)(c), unconfirmed" in section) is (limbs > 0)


def test_no_provision_stands_twice_in_the_table() -> None:
    source = inspect.getsource(provisions)
    ids = re.findall(r'Provision\(\s*"([^"]+)"', source)

    assert sorted(ids) == sorted(set(ids))
    assert set(ids) == set(PROVISIONS)


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [
        (date(2021, 3, 30), date(2021, 3, 31), 0),  # Tuesday, Wednesday
        (date(2021, 3, 31), date(2021, 4, 1), 1),  # Wednesday, Thursday
        (date(2021, 4, 1), date(2021, 4, 2), 0),  # Thursday, Friday
    ],
)
def test_a_change_is_told_of_on_its_day_and_on_no_other(since: date, on: date, told: int) -> None:
    found = [one.words for rows in changes(Span(since, on)).values() for one in rows]

    assert sum("20 working days from the day of sentence" in one for one in found) == told
    assert sum(one.startswith("Out: Details passed to Probation") for one in found) == told


def test_what_changed_is_told_in_words_with_the_provision() -> None:
    lines = "\n".join(printed(lawbook(date(2024, 2, 1), date(2020, 11, 30))))  # Thursday, Monday
    _, _, section = lines.partition("\n12 What changed")

    assert (
        "It was: Schedule 15 of 2003. It is: Schedule 18. | Provision: Sentencing Code" in section
    )
    assert "It was: 20 working days from the day of sentence" in section
    assert "In, for convictions from Tuesday 7 June 2022" in section
    assert "Schedule 18, Part 1 (violent), paragraph 26A" in section
    assert "Out, for convictions after Monday 30 November 2020" in section
    assert "Section 37ZA" not in section


def test_every_paragraph_that_came_or_went_between_two_days_is_told_of() -> None:
    since, on = date(2018, 12, 31), date(2026, 3, 20)  # Monday, Friday
    told = "\n".join(one.words for one in changes(Span(since, on))["Paragraphs of the Schedule"])
    before = {row.key: row for row in schedule.on(since)}
    after = {row.key: row for row in schedule.on(on)}

    assert len(after.keys() - before.keys()) > 5
    moved = before.keys() ^ after.keys()
    told_of = {
        key
        for key in moved
        if any(f"{row.provision}: {row.words}" in told for row in schedule.rows_of(key))
    }
    assert moved - told_of == set()


def test_every_route_and_every_room_of_conditions_says_under_which_provision_it_stands() -> None:
    asking = {
        name
        for name, value in vars(eligibility).items()
        if getattr(value, "__annotations__", {}).get("return") == "Reasons" and value.__doc__
    }
    rooms = (statutory, hospital, beyond_statute, notes)

    assert asking <= set(OPENED_BY)
    assert set(OPENED_BY.values()) <= set(PROVISIONS)
    assert {name for name in ASKED_UNDER if not any(hasattr(room, name) for room in rooms)} == set()
    assert {one for one in ASKED_UNDER.values() if one} <= set(PROVISIONS)


def test_what_is_not_confirmed_is_marked_at_its_paragraph() -> None:
    lines = text(date(2026, 3, 20)).splitlines()  # Friday

    (marked,) = [
        lines[place + 1] for place, line in enumerate(lines) if line.startswith("Paragraph 26A. ")
    ]
    (plain,) = [
        lines[place + 1] for place, line in enumerate(lines) if line.startswith("Paragraph 4(f). ")
    ]
    assert "Unconfirmed (medium)" in marked
    assert "nconfirmed" not in plain


def test_every_code_that_is_not_specified_can_be_read_back_from_the_short_list() -> None:
    found = set()
    for line in not_specified():
        act, _, runs = line.partition(": ")
        for run in runs.split(", "):
            if not run[:3].isdigit():
                found.add(act + run)
                continue
            parts = re.fullmatch(r"(\d{3})(?:-(\d{3}))?(?:([+=])([A-Z0-9]+))?", run)
            assert parts is not None, run
            first, last, mark, letters = parts.groups("")
            ends = {"": [""], "+": ["", *letters], "=": list(letters)}[mark]
            numbers = range(int(first), int(last or first) + 1)
            found |= {f"{act}{number:03}{end}" for number in numbers for end in ends}
    held = (row for code in offences.codes() if (row := offences.find(code)))

    assert found == {row.code for row in held if row.listing == "not_specified"}


def test_every_open_route_says_what_it_asks() -> None:
    (route,) = [one for one in open_routes(date(2026, 3, 20)) if one.provision.endswith("s.35(1)")]
    asked = " ".join(route.asks)

    for question in ("convicted?", "in Schedule 18, or", "immediate custody", "12 months or more?"):
        assert question in asked
    assert "hospital order made?" not in asked
    assert all(one.asks for one in open_routes(date(2026, 3, 20)))  # Friday


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_rule_of_the_notification_scheme_is_printed_only_where_there_was_one(day: date) -> None:
    _, _, section = text(day).partition("\n3.2 How the answers decide")
    section, _, _ = section.partition("\n3.3 ")

    assert ("reaches an offence of 5.7" in section) is (day >= date(2022, 4, 1))
    assert ("before July 2005 was not seen" in section) is (day < date(2005, 7, 1))


@pytest.mark.parametrize("day", [date(2016, 5, 10), date(2026, 3, 20)], ids=str)
def test_every_code_of_the_table_stands_somewhere_in_the_printed_law(day: date) -> None:
    found = {line.split()[0] for line in on_other_days(day)}
    for group in offence_list(day):
        under = (row for one in group.paragraphs for row in one.rows)
        found |= {row.code for row in (*group.rows, *under)}
    held = (row for code in offences.codes() if (row := offences.find(code)))

    assert {row.code for row in held if row.listing != "not_specified"} - found == set()
