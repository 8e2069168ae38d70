"""The Schedule by paragraph: its days and its codes, or why it has none."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from vcs.law.specified_offence import offences, schedule
from vcs.law.specified_offence.offences import OffenceRow
from vcs.law.specified_offence.schedule import PARAGRAPHS
from vcs.terms import Answer

DAY = timedelta(days=1)

LONG_AGO = date(2003, 6, 2)  # Monday, before any Schedule

FRIDAY_20_MARCH = date(2026, 3, 20)

# The first day of every paragraph that was not in the first Schedule, by its key.
BEGAN = {
    **dict.fromkeys(
        ("60A", "60B", "156", "157", "158", "162", "165", "168", "169", "171", "172", "173"),
        date(2010, 1, 12),  # Tuesday
    ),
    "143A": date(2013, 4, 6),  # Saturday
    "22A": date(2015, 4, 13),  # Monday
    "48A": date(2015, 4, 13),
    "63G": date(2015, 7, 31),  # Friday
    "63H": date(2015, 7, 31),
    "152A": date(2015, 7, 31),
    "116A": date(2017, 4, 3),  # Monday
    **dict.fromkeys(
        ("154", "155", "159", "160", "161", "166", "167", "170", "174"),
        date(2019, 4, 12),  # Friday
    ),
    "18.5(d)": date(2021, 6, 29),  # Tuesday
    "18.11A": date(2021, 6, 29),
    "18.13(e)": date(2021, 6, 29),
    "18.13A(a)": date(2021, 6, 29),
    "18.13A(b)": date(2021, 6, 29),
    "18.19(g)": date(2021, 6, 29),
    "18.20A(a)": date(2021, 6, 29),
    "18.20A(b)": date(2021, 6, 29),
    "63FA": date(2022, 6, 7),  # Tuesday
    "18.38(axa)": date(2024, 1, 31),  # Wednesday
    "18.38(axb)": date(2024, 1, 31),
    "18.38(axc)": date(2024, 1, 31),
}


def specified() -> list[OffenceRow]:
    """Return every code whose title is the offence of its paragraph."""
    rows = (offences.find(code) for code in offences.codes())
    return [row for row in rows if row and row.listing == "specified"]


SPECIFIED = specified()

CODES = {key: [r.code for r in SPECIFIED if r.paragraph == key] for key in schedule.all_keys()}

READ_BACK = {row.key for row in PARAGRAPHS if row.read_back}

LATER = [key for key in CODES if key not in READ_BACK]


def answer(code: str, convicted: date, sentenced: date | None = None) -> Answer:
    return offences.standing(code, convicted, None, sentenced).answer


def test_the_paragraphs_that_came_later_are_those_that_the_law_added_on_those_days() -> None:
    began = {key: min(row.first for row in schedule.rows_of(key)) for key in LATER}

    assert began == BEGAN


@pytest.mark.parametrize("key", [key for key in LATER if CODES[key]])
def test_a_paragraph_counts_from_its_day_and_not_the_day_before(key: str) -> None:
    day = BEGAN[key]
    for code in CODES[key]:
        found = [answer(code, day + by * DAY) for by in (-1, 0, 1)]
        assert (code, found) == (code, [Answer.NO, Answer.YES, Answer.YES])


@pytest.mark.parametrize("key", [key for key in sorted(READ_BACK) if CODES[key]])
def test_a_paragraph_of_the_first_schedule_counts_on_every_day(key: str) -> None:
    days = (LONG_AGO, date(2005, 4, 3), date(2005, 4, 4), date(2020, 11, 30), date(2020, 12, 1))
    for code in CODES[key]:
        assert {answer(code, day) for day in (*days, FRIDAY_20_MARCH)} == {Answer.YES}, code


@pytest.mark.parametrize(
    ("convicted", "sentenced", "expected"),
    [
        (date(2016, 5, 10), date(2016, 5, 10), Answer.NO),  # Tuesday
        (date(2019, 4, 1), date(2019, 4, 11), Answer.NO),  # Monday, Thursday
        (date(2019, 4, 1), date(2019, 4, 12), Answer.YES),  # Monday, Friday
        (date(2019, 4, 12), date(2019, 4, 12), Answer.YES),
        (date(2020, 11, 30), date(2020, 12, 18), Answer.YES),  # Monday, Friday
        (date(2020, 12, 1), date(2020, 12, 18), Answer.YES),  # Tuesday, Friday
    ],
    ids=str,
)
def test_terrorism_joined_for_sentences_and_not_for_convictions_of_the_day(
    convicted: date, sentenced: date, expected: Answer
) -> None:
    assert answer("PT00066", convicted, sentenced) is expected


@pytest.mark.parametrize("day", [date(2019, 4, 11), date(2019, 4, 12)], ids=str)
def test_preparing_terrorism_passed_from_one_part_to_another_without_a_gap(day: date) -> None:
    part = "Part 1 (violent), paragraph 63B" if day.day == 11 else "Part 3 (terrorism)"

    assert part in offences.standing("TR06007", day, None).because


def test_where_a_paragraph_counts_only_what_was_done_later_an_earlier_day_is_asked_about() -> None:
    asked = offences.standing("TR06007", date(2011, 3, 1), date(2010, 1, 11))  # Tuesday, Monday

    assert asked.answer is Answer.UNKNOWN
    assert asked.question == "On which date was the offence committed?"


def test_paragraphs_that_count_only_what_was_committed_later_count_it_from_their_first_day() -> (
    None
):
    bounded = {row.key: row for row in PARAGRAPHS if row.committed_from}
    later = {"48A", "63G", "63H", "152A", "116A", "143A", "63FA"}

    assert set(bounded) == later | {key for key, day in BEGAN.items() if day.year == 2010}
    assert [key for key, row in bounded.items() if row.committed_from != row.first] == []


def test_no_paragraph_has_a_gap_between_one_schedule_and_the_next() -> None:
    for key in CODES:
        rows = schedule.rows_of(key)
        for row, following in pairwise(rows):
            assert row.last is not None, key
            assert following.covers(row.last + DAY, row.last + DAY), key


def test_every_paragraph_has_its_codes_or_says_why_it_has_none() -> None:
    doubtful = {
        key
        for code in offences.codes()
        if (row := offences.find(code)) and row.listing in ("conditional", "unknown")
        for key in row.paragraph.split("/")
    }
    silent = [
        row.number
        for row in PARAGRAPHS
        if not (CODES[row.key] or row.key in doubtful or row.no_codes)
    ]

    assert silent == []
    assert [row.number for row in PARAGRAPHS if row.no_codes and CODES[row.key]] == []


def test_every_specified_code_stands_under_one_paragraph_of_its_own_part() -> None:
    wrong = [
        row.code
        for row in SPECIFIED
        if "/" in row.paragraph
        or not schedule.rows_of(row.paragraph)
        or schedule.rows_of(row.paragraph)[-1].part not in (row.part, "1")
    ]

    assert wrong == []


def test_every_specified_code_is_a_yes_today() -> None:
    refused = [r.code for r in SPECIFIED if answer(r.code, FRIDAY_20_MARCH) is not Answer.YES]

    assert refused == []


def test_no_code_and_no_paragraph_is_lost_unseen() -> None:
    """Change these numbers with the tables, and say in the change what came or went."""
    held = Counter(row.listing for code in offences.codes() if (row := offences.find(code)))

    assert held["specified"] == len(SPECIFIED) == 1_765
    assert sum(held.values()) == 25_717
    assert Counter(row.schedule for row in PARAGRAPHS) == {
        "Section 45(2)(a)": 1,
        "Schedule 15": 195,
        "Schedule 18": 194,
    }


def _numbers(name: str) -> Iterator[tuple[str, str]]:
    yield from ((row.part, row.number) for row in PARAGRAPHS if row.schedule == name)


@pytest.mark.parametrize("name", ["Schedule 15", "Schedule 18"])
def test_no_number_of_a_schedule_stands_twice(name: str) -> None:
    numbers = [one for one in _numbers(name) if one[1] not in ("not seen", "29(i)")]

    assert len(numbers) == len(set(numbers))


def test_the_numbers_of_both_schedules_run_without_a_hole() -> None:
    fifteen = {number for _, number in _numbers("Schedule 15")}
    eighteen = {number.split("(")[0] for _, number in _numbers("Schedule 18")}

    assert [n for n in range(1, 175) if str(n) not in fifteen] == []
    assert [n for n in range(1, 45) if str(n) not in eighteen] == []
    assert {"11A", "13A", "20A", "26A"} <= eighteen


def test_what_was_not_seen_is_marked_and_says_so() -> None:
    unsure = [row for row in PARAGRAPHS if not row.confirmed]

    assert [row.number for row in unsure if not row.note] == []
    assert {row.source for row in PARAGRAPHS if row.source == "memory"} == {"memory"}
    assert [row.number for row in PARAGRAPHS if row.source == "memory" and row.confirmed] == []


def test_every_source_of_a_paragraph_is_a_row_of_the_table_of_sources() -> None:
    text = (files("vcs.law") / "data" / "sources.csv").read_text(encoding="utf-8")
    known = {row["source_id"] for row in csv.DictReader(text.splitlines())}

    assert {row.source for row in PARAGRAPHS} <= known


def test_a_paragraph_that_cannot_be_read_is_named() -> None:
    raw = dict.fromkeys(("part", "key", "provision", "words", "in_force_until", "note"), "")
    raw |= dict.fromkeys(("committed_from", "no_codes", "source", "confidence"), "")
    raw |= {"schedule": "Schedule 18", "paragraph": "4(f)", "counts_from": "commission"}

    with pytest.raises(ValueError, match=r"schedule.csv: Schedule 18 paragraph 4\(f\)"):
        schedule.paragraph_of(raw | {"before": "not listed", "in_force_from": "2020-12-01"})


def test_a_code_may_be_narrower_than_its_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    first, last = date(2012, 7, 2), date(2022, 6, 7)  # Monday, Tuesday
    found = offences.find("OF61131")
    assert found
    narrow = replace(found, convicted_from=first, convicted_until=last)
    monkeypatch.setattr(offences, "find", lambda code: narrow if code == "OF61131" else None)
    offences.standing.cache_clear()

    days = (first - DAY, first, last, last + DAY)
    expected = [Answer.NO, Answer.YES, Answer.YES, Answer.NO]
    assert [answer("OF61131", day) for day in days] == expected
    offences.standing.cache_clear()


def test_a_specified_code_without_a_paragraph_is_asked_about_and_is_never_a_no(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = offences.find("OF61131")
    assert found
    loose = replace(found, paragraph="")
    monkeypatch.setattr(offences, "find", lambda code: loose if code == "OF61131" else None)
    offences.standing.cache_clear()

    assert answer("OF61131", FRIDAY_20_MARCH) is Answer.UNKNOWN
    offences.standing.cache_clear()


def test_when_a_paragraph_was_on_the_list_is_told_in_words() -> None:
    assert schedule.when("92").endswith("convictions from 2005-04-04 until 2020-11-30")
    assert schedule.when("159") == (
        "Terrorism Act 2000 s.58 is on the list for sentences passed from 2019-04-12"
    )


def test_the_list_of_a_day_holds_what_was_in_force_and_only_that() -> None:
    def held(day: date) -> set[tuple[str, str]]:
        return {(row.schedule, row.number) for row in schedule.on(day)}

    assert ("Schedule 15", "159") not in held(date(2019, 4, 11))  # Thursday
    assert ("Schedule 15", "159") in held(date(2019, 4, 12))  # Friday
    assert {name for name, _ in held(date(2020, 11, 30))} == {"Schedule 15", "Section 45(2)(a)"}
    assert {name for name, _ in held(date(2020, 12, 1))} == {"Schedule 18", "Section 45(2)(a)"}
    assert ("Schedule 18", "38(axa)") not in held(date(2024, 1, 30))  # Tuesday


@pytest.mark.parametrize(
    ("code", "repeated"),
    [("A" * 11, True), ("A" * 12, True), ("A" * 13, False), ("A-1", False), ("É1", False)],
)
def test_a_code_is_repeated_only_where_it_could_be_one(code: str, repeated: bool) -> None:
    because = offences.standing(code, date(2026, 3, 20), None).because

    assert because.endswith(code if repeated else " given")
