"""A fence round the Schedule: no title of a paragraph's offence is a no, and no other is a yes.

``schedule/titles.csv`` says in which words the titles of each paragraph's offence are known, and
``schedule/exceptions.csv`` which codes have them and are another offence, with the reason.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from vcs.law.specified_offence import offences, schedule
from vcs.law.specified_offence.offences import OffenceRow

FOLDER = Path(__file__).parent / "schedule"


@dataclass(frozen=True)
class Known:
    """How the titles of one paragraph are known: the Act by its letters, and the words."""

    begins: tuple[str, ...]
    says: re.Pattern[str]
    but_not: re.Pattern[str] | None

    def found(self) -> list[OffenceRow]:
        """Return the codes whose title, or that of their base or encouragement twin, is known."""
        near = [row for one in self.begins for row in BY_LETTERS[one]]
        return [row for row in near if any(map(self.reads, titles(row)))]

    def reads(self, title: str) -> bool:
        return bool(self.says.search(title)) and not (self.but_not and self.but_not.search(title))


def titles(row: OffenceRow) -> list[str]:
    base = row.code[:7]
    found = [offences.find(code) for code in (row.code, base, base + "E")]
    told = [one.title.upper().strip(" .") for one in found if one]
    return [one.removeprefix("ENCOURAGEMENT ").removeprefix("TO ") for one in told]


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


def known() -> dict[str, list[Known]]:
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for row in table("titles.csv"):
        but_not = re.compile(row["but_not"]) if row["but_not"] else None
        begins = tuple(row["codes_begin"].split())
        found[row["key"]].append(Known(begins, re.compile(row["title_says"]), but_not))
    return dict(found)


ROWS = [row for code in offences.codes() if (row := offences.find(code))]

BY_LETTERS: dict[str, list[OffenceRow]] = {}
for _row in ROWS:
    BY_LETTERS.setdefault(_row.code[:4], []).append(_row)

KNOWN = known()

FOUND = {key: [row for one in words for row in one.found()] for key, words in KNOWN.items()}

EXCEPTIONS = {(row["offence_code"], row["key"]): row["reason"] for row in table("exceptions.csv")}


def test_no_title_of_a_paragraph_is_a_no_without_a_reason() -> None:
    refused = {
        (row.code, key)
        for key, rows in FOUND.items()
        for row in rows
        if row.listing == "not_specified"
    }

    assert refused == set(EXCEPTIONS)
    assert all(EXCEPTIONS.values())


def test_no_code_stands_under_a_paragraph_whose_words_its_title_has_not() -> None:
    fitting = {(row.code, key) for key, rows in FOUND.items() for row in rows}
    strangers = [
        f"{row.code} under {row.paragraph}: {row.title}"
        for row in ROWS
        if row.listing == "specified" and (row.code, row.paragraph) not in fitting
    ]

    assert strangers == []


def test_the_words_of_every_paragraph_with_codes_are_known() -> None:
    with_codes = {row.paragraph for row in ROWS if row.listing == "specified"}

    assert with_codes <= set(KNOWN)
    assert set(KNOWN) <= set(schedule.all_keys())


def test_every_word_that_a_title_is_known_by_finds_a_code() -> None:
    idle = [
        f"{key}: {one.says.pattern}"
        for key, words in KNOWN.items()
        for one in words
        if not any(key in row.paragraph.split("/") for row in one.found())
    ]

    assert idle == []
