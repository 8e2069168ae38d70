"""Is this a specified offence, on that date?

``data/offences.csv`` names each code and its paragraph; ``data/schedule.csv`` says when that
paragraph was on the list.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from vcs.law import rule_sets
from vcs.law.specified_offence import schedule
from vcs.terms import Answer

ListedAs = Literal["specified", "conditional", "not_specified", "unknown"]

INCHOATE = {
    "A": "attempting",
    "B": "aiding and abetting",
    "C": "conspiring",
    "E": "encouraging or assisting",
    "I": "inciting",
}

_BASE_LENGTH = 7

_ASK = "Is this offence specified in Schedule 18 to the Sentencing Code?"


@dataclass(frozen=True, slots=True)
class OffenceRow:
    """One row of the offence table: a code, and the paragraph of the Schedule that it is.

    ``listing`` says whether the title is the paragraph's offence; the paragraph says when it was
    listed. The dates are those of a code that is narrower than its paragraph; None is as wide.
    """

    code: str
    title: str
    listing: ListedAs
    part: str
    paragraph: str
    convicted_from: date | None
    convicted_until: date | None
    committed_from: date | None
    question: str
    notification: bool
    notification_scheme: bool
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Whether an offence is specified, the fact behind it, the provision, and what to ask.

    ``without_victim`` says why the offence often has no victim who can be named; empty for all
    others. ``schedule`` names the list in force on the day of conviction.
    """

    answer: Answer
    because: str
    provision: str
    question: str = ""
    title: str = ""
    notification_scheme: Answer = Answer.UNKNOWN
    without_victim: str = ""
    schedule: str = "Schedule 18"


@dataclass(frozen=True, slots=True)
class Days:
    """The days that decide whether an offence was on the list."""

    convicted_on: date
    sentenced_on: date
    committed_on: date | None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(raw: Mapping[str, str]) -> OffenceRow:
    listing = raw["standing"]
    if listing not in ("specified", "conditional", "not_specified", "unknown"):
        raise ValueError(f"standing says {listing!r}")
    return OffenceRow(
        code=raw["offence_code"],
        title=raw["title"],
        listing=listing,  # type: ignore[arg-type]  # narrowed by the check above
        part=raw["part"],
        paragraph=raw["paragraph"],
        convicted_from=_day(raw["convicted_from"]),
        convicted_until=_day(raw["convicted_until"]),
        committed_from=_day(raw["committed_from"]),
        question=raw["question"],
        notification=raw["notification"] == "yes",
        notification_scheme=raw["scheme"] == "vns",
        source=raw["source"],
        confidence=raw["confidence"],
        note=raw["note"],
    )


def lines_of(text: str) -> dict[str, tuple[str, ...]]:
    """Keep each line of the table by its code, the header by none.

    A row is built when its code is first asked for. Raises ValueError for a code that stands twice.
    """
    lines = csv.reader(text.splitlines())
    kept = {"": tuple(next(lines))}
    for line in lines:
        if line and line[0] in kept:
            raise ValueError(f"offences.csv:{lines.line_num}: the code {line[0]} stands twice")
        if line:
            kept[line[0]] = tuple(line)
    return kept


def _read_without_victim() -> Mapping[str, str]:
    text = (files("vcs.law") / "data" / "without_victim.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["offence_code"]: row["why"] for row in rows})


WITHOUT_VICTIM = _read_without_victim()

"""Why an offence often has no victim who can be named, by base code: a person confirms it."""

_LINES = lines_of((files("vcs.law") / "data" / "offences.csv").read_text(encoding="utf-8"))

_HEADER = _LINES.pop("")

_ROWS: dict[str, OffenceRow] = {}


def find(code: str) -> OffenceRow | None:
    """Return the row of a CJS offence code, or None when the table does not hold it."""
    row = _ROWS.get(code)
    if row is None and code in _LINES:
        row = _ROWS[code] = row_of(_LINES[code])
    return row


def row_of(line: tuple[str, ...]) -> OffenceRow:
    """Build a row of the table. Raises ValueError, naming the code, for one that cannot be."""
    named = f"offences.csv: the row of {line[0]}"
    if len(line) != len(_HEADER):
        raise ValueError(f"{named} has {len(line)} cells and not {len(_HEADER)}")
    try:
        return _row(dict(zip(_HEADER, line, strict=True)))
    except ValueError as problem:
        raise ValueError(f"{named}: {problem}") from None


def codes() -> tuple[str, ...]:
    """Return every offence code that the table holds, sorted."""
    return tuple(_LINES)


def holds(code: str) -> bool:
    """Say whether the table knows a code, also as an attempt at an offence that it knows."""
    base, end = code[:_BASE_LENGTH], code[_BASE_LENGTH:]
    return find(code) is not None or (end in INCHOATE and find(base) is not None)


@lru_cache(maxsize=65_536)
def standing(
    code: str | None,
    convicted_on: date,
    committed_on: date | None,
    sentenced_on: date | None = None,
) -> Listing:
    """Say whether a code is a specified offence for a conviction on a day.

    ``committed_on`` is the last day on which the offence may have been committed. Without a day
    of sentence it is that of conviction. A code that the table does not hold is unknown, never no.
    """
    days = Days(convicted_on, sentenced_on or convicted_on, committed_on)
    the_list = rule_sets.answer_on(rule_sets.WHICH_LIST, convicted_on)
    named = the_list.answer.split(",")[0]
    if not code:
        because = "the message gives no offence code"
        return Listing(Answer.UNKNOWN, because, the_list.provision, _ASK, schedule=named)
    row = find(code)
    base = find(code[:_BASE_LENGTH]) if len(code) > _BASE_LENGTH else None
    if row is None and base is not None and code[_BASE_LENGTH:] in INCHOATE:
        row, base = base, None
    if row is None:
        because = f"the offence table does not hold the code {_safe(code)}"
        return Listing(Answer.UNKNOWN, because, the_list.provision, _ASK, schedule=named)
    answer, because, question = _from_row(row, base, days, named)
    return Listing(
        answer,
        because,
        "DVCVA 2004 s.45(2)(a)",
        question,
        row.title,
        Answer.YES if row.notification_scheme else Answer.NO,
        WITHOUT_VICTIM.get(row.code[:_BASE_LENGTH], ""),
        named,
    )


def _safe(code: str) -> str:
    return code if code.isascii() and code.isalnum() and len(code) <= 12 else "given"


_Answered = tuple[Answer, str, str]

"""An answer, the fact behind it, and what a person must be asked."""


def _from_row(row: OffenceRow, base: OffenceRow | None, days: Days, named: str) -> _Answered:
    if row.listing == "specified":
        return _specified(row, days, named)
    if row.listing == "not_specified" and (base is None or base.listing == "not_specified"):
        return Answer.NO, f"{row.code} is not murder and is not in {named}", ""
    asked = row if row.question else base or row
    because = f"the code {row.code} alone does not settle whether it is in {named}"
    return Answer.UNKNOWN, because, asked.question or _ASK


def _specified(row: OffenceRow, days: Days, named: str) -> _Answered:
    if row.convicted_from and days.convicted_on < row.convicted_from:
        because = f"{row.code} is in {named} only for convictions from {row.convicted_from}"
        return Answer.NO, because, ""
    if row.convicted_until and days.convicted_on > row.convicted_until:
        because = f"{row.code} was in {named} only until {row.convicted_until}"
        return Answer.NO, because, ""
    if not schedule.rows_of(row.paragraph):
        return Answer.UNKNOWN, f"no paragraph of {named} is known for {row.code}", _ASK
    listed = schedule.covering(row.paragraph, days.convicted_on, days.sentenced_on)
    if listed is None:
        because = f"{row.code} was not in {named} on that day: {schedule.when(row.paragraph)}"
        return Answer.NO, because, ""
    began = max(filter(None, (row.committed_from, listed.committed_from)), default=None)
    if began and days.committed_on and days.committed_on < began:
        because = f"{row.code} counts only where it was committed from {began}: check the date"
        return Answer.UNKNOWN, because, "On which date was the offence committed?"
    if row.part == schedule.MURDER:
        return Answer.YES, f"{row.code} is murder, or an inchoate form of it", ""
    where = f"{schedule.PARTS[listed.part]}, paragraph {listed.number}: {listed.provision}"
    return Answer.YES, f"{row.code} is specified in {named} {where}", ""
