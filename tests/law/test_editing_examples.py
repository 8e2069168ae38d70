"""Whoever edits a table of examples is told the file, the line and what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law.example_reader import TABLES, WrongRow, read_table
from vcs.law.eligibility import decide
from vcs.law.specified_offence import offences
from vcs.terms import SentenceKind

HEAD = "provision,offences,sentenced_on,about,expected,route,each_offence,why,disputed"

RIGHT = (
    "DVCVA 2004 s.45(1),OF61131: imprisonment 12 months,2026-03-20,,statutory,section-35,,a year,"
)


def table(folder: Path, *lines: str) -> Path:
    """Write a table."""
    made = folder / "mine.csv"
    made.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def test_a_row_is_read_with_its_place_also_from_a_spreadsheet_that_marks_its_files(
    tmp_path: Path,
) -> None:
    marked = table(tmp_path, "\ufeff" + HEAD, '"# a heading, with a comma"', RIGHT)

    (row,) = read_table(marked)

    assert row.place == "mine.csv:3"
    assert row.expected == "statutory"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("statutory", "statutry", "expected says 'statutry', and may say: cannot_tell"),
        ("section-35", "s35", "route says 's35'"),
        ("DVCVA 2004 s.45(1)", "s.45", "provision says 's.45'"),
        ("2026-03-20", "20/03/2026", "write a day as 2026-03-20"),
        ("2026-03-20", "2026-02-30", "day is out of range"),
        ("imprisonment 12", "prison 12", "not a sentence as the tables write it: prison 12 months"),
        ("OF61131:", "OF61131", "not an offence as the tables write it"),
        ("12 months", "twelve months", "not a sentence as the tables write it"),
        ("20,,", "20,yuoth,", "not known about an offender: yuoth"),
        ("20,,", "20,under the new Act,", "about: under says 'the new Act'"),
        ("20,,", "20,born 1990,", "Invalid isoformat string"),
        ("20,,", "20,total long,", "not a length as the tables write it: total long"),
        ("35,,", "35,yes,", "each_offence says 'yes'"),
        ("a year", "a year, or more", "more or fewer cells than columns"),
        (",a year,", "", "more or fewer cells than columns"),
    ],
    ids=str,
)
def test_a_wrong_row_is_refused_by_its_file_and_line(
    tmp_path: Path, was: str, now: str, said: str
) -> None:
    assert was in RIGHT
    wrong = table(tmp_path, HEAD, "# a heading,,,,,,,,", RIGHT.replace(was, now, 1))

    with pytest.raises(WrongRow) as refused:
        read_table(wrong)

    assert str(refused.value).startswith("mine.csv:3: ")
    assert said in str(refused.value)


def test_a_missing_column_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(WrongRow, match=r"mine\.csv:1: columns are missing: each_offence"):
        read_table(table(tmp_path, HEAD.replace(",each_offence", ""), RIGHT))


def test_the_example_in_the_readme_is_one_and_it_stands(tmp_path: Path) -> None:
    told = (TABLES / "README.md").read_text(encoding="utf-8")
    shown = told.partition("Example: `")[2].partition("`")[0]

    (row,) = read_table(table(tmp_path, HEAD, shown))

    assert row.differs(decide) == ""


@pytest.mark.parametrize("kind", [kind.name.lower().replace("_", " ") for kind in SentenceKind])
def test_the_readme_names_every_kind_of_sentence(kind: str) -> None:
    told = (TABLES / "README.md").read_text(encoding="utf-8")

    assert f"`{kind}`" in told.replace("non-custodial", "non custodial")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("XX00001,Title,specified", "offences.csv: the row of XX00001 has 3 cells"),
        ("XX00001,T,maybe,,,,,,,,,,,high,", "offences.csv: the row of XX00001: standing says"),
        ("XX00001,T,specified,1,,soon,,,,,,,,high,", "offences.csv: the row of XX00001: Invalid"),
    ],
    ids=str,
)
def test_a_wrong_row_of_the_offence_table_is_named(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        offences.row_of(tuple(line.split(",")))


def test_a_code_that_stands_twice_is_refused_by_its_line() -> None:
    with pytest.raises(ValueError, match=r"offences.csv:3: the code XX00001 stands twice"):
        offences.lines_of("offence_code,title\nXX00001,one\nXX00001,two\n")
