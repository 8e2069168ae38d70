"""One line of a list, read: who, when, what; and what about it could not be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

from vcs.intake import identifiers, person_numbers, regions
from vcs.intake.person_numbers import Number
from vcs.lists.matches.matching import Described
from vcs.lists.matches.people import Name, Person, birth_day, cleaned, name_of, postcode_of
from vcs.lists.reading.columns import DAYS, Cell, Mapped
from vcs.lists.reading.days import NoDay, Order, day_of
from vcs.lists.reading.imposed import Cells, Imposed, Standing, imposed, is_released
from vcs.lists.reading.rows import Row
from vcs.lists.reading.several import NUMBERS, not_one_person
from vcs.sentences.ids_of_person import person_mark

_COURT: Final = 5

_HOME_OFFICE: Final = 5

_LONGEST_SHOWN: Final = 30

_DAYS: Final = tuple(sorted(DAYS))

_NOTHING: Final = frozenset({"NULL", "(NULL)", "N/A", "#N/A", "-", "--"})
"""How systems and spreadsheets write an empty cell."""

_NAMES: Final = frozenset({Cell.SURNAME, Cell.FORENAME, Cell.WHOLE_NAME})

_WHOLE_NUMBERS: Final = frozenset({Cell.LENGTH, Cell.RESULT_CODE, Cell.HOME_OFFICE_CODE})

_WITH_ZEROS: Final = re.compile(r"(\d+)[.,]0{1,2}", re.ASCII)
"""A whole number as spreadsheets write it, in English and elsewhere. "1,000" is a thousand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list. Numbers of the person are kept as digests, as ours are.

    ``latest`` is the last day that stands anywhere in it: the list was drawn then or later.
    ``refused`` says why it holds no sentence, ``problems`` what else in it is no value.
    ``same`` is the sentence of ours that a person said it is about, by reference, and ``not_same``
    are those that it is not about. ``repeats`` is the row of an earlier line that is the same, word
    for word; 0 for none.
    """

    row: int
    described: Described
    imposed: Imposed
    offence_code: str = ""
    home_office_code: str = ""
    offence_title: str = ""
    convicted_on: date | None = None
    amended_on: date | None = None
    latest: date | None = None
    is_restricted: bool = False
    was_released_that_day: bool = False
    refused: str = ""
    problems: tuple[str, ...] = ()
    same: str = ""
    not_same: frozenset[str] = frozenset()
    repeats: int = 0


def mark_of(number: Number, written: str) -> str:
    """Return the digest by which a number of a person is compared; it begins like a feed's own."""
    return person_mark(f"{number.lower()}:{written}")


def line_of(row: Row, columns: Mapped, order: Order | None) -> Line:
    """Read a row. What is no value is named in its problems and counts as missing."""
    cells = {cell: _told(cell, row.cells.get(column, "")) for cell, column in columns.items()}
    refused = row.refused or not_one_person(cells)
    days, problems = _days(cells, order)
    told = [day for cell, day in days.items() if day and cell is not Cell.BORN_ON]
    return Line(
        row.number,
        _described(cells, days),
        imposed(cells),
        offence_code=identifiers.offence_code(cells.get(Cell.OFFENCE_CODE, "")),
        home_office_code=_home_office_code(cells),
        offence_title=cells.get(Cell.OFFENCE_TITLE, ""),
        convicted_on=days.get(Cell.CONVICTED_ON),
        amended_on=days.get(Cell.AMENDED_ON),
        latest=max(told, default=None),
        is_restricted=cells.get(Cell.RESTRICTED, "0").strip().lower() in {"1", "true", "y", "yes"},
        was_released_that_day=_is_released_that_day(cells, days),
        refused=refused,
        problems=() if refused else problems,
    )


def _told(cell: Cell, written: str) -> str:
    """Return what a cell tells: nothing where it says so in words, a whole number without ",00".

    People may be called Null: a name is left as it is.
    """
    if cell not in _NAMES and written.strip().upper() in _NOTHING:
        return ""
    if cell in _WHOLE_NUMBERS and (whole := _WITH_ZEROS.fullmatch(written.strip())):
        return whole[1]
    return written


def as_perhaps_new(line: Line) -> Line:
    """Return a line of somebody recalled as one that may tell of a new sentence; others as are."""
    if line.imposed.standing is not Standing.RECALLED:
        return line
    return replace(line, imposed=replace(line.imposed, standing=Standing.RECALLED_PERHAPS_NEW))


def _is_released_that_day(cells: Cells, days: Mapping[Cell, date | None]) -> bool:
    """Say whether the release was on the day of the sentence: time served."""
    moved_on, sentenced_on = days.get(Cell.MOVED_ON), days.get(Cell.SENTENCED_ON)
    return is_released(cells) and moved_on is not None and moved_on == sentenced_on


def _described(cells: Cells, days: Mapping[Cell, date | None]) -> Described:
    return Described(
        _person(cells, days.get(Cell.BORN_ON)),
        identifiers.case_reference(cells.get(Cell.URN, "")),
        _asn_mark(cells),
        days.get(Cell.SENTENCED_ON),
        _court(cells),
    )


def _home_office_code(cells: Cells) -> str:
    number = cells.get(Cell.HOME_OFFICE_CODE, "").replace("/", "").strip()
    return number.zfill(_HOME_OFFICE) if number.isdigit() else number


def _days(cells: Cells, order: Order | None) -> tuple[Mapping[Cell, date | None], tuple[str, ...]]:
    found: dict[Cell, date | None] = {}
    wrong: dict[Cell, str] = {}
    # The day of birth comes last: the others tell in which century it may be.
    for cell in sorted((cell for cell in _DAYS if cell in cells), key=Cell.BORN_ON.__eq__):
        told = max((day for day in found.values() if day), default=date.min)
        try:
            found[cell] = day_of(cells[cell], order, told if cell is Cell.BORN_ON else None)
        except NoDay:
            written = cells[cell][:_LONGEST_SHOWN]
            wrong[cell] = f"the {_called(cell)} {written!r} is no day of the calendar"
    return found, tuple(wrong[cell] for cell in _DAYS if cell in wrong)


def _called(cell: Cell) -> str:
    return {Cell.BORN_ON: "date of birth", Cell.SENTENCED_ON: "date of sentence"}.get(
        cell, f"date {cell.removesuffix('_on').replace('_', ' ')}"
    )


def _person(cells: Cells, born_on: date | None) -> Person:
    whole = cells.get(Cell.WHOLE_NAME, "")
    name = _of_whole(whole) if whole else _of_parts(cells)
    former = cells.get(Cell.FORMER_SURNAME, "")
    was_called = (replace(name, surname=cleaned(former)),) if former else ()
    return Person(
        name,
        birth_day(born_on),
        dict(_numbers(cells)),
        (*was_called, *_aliases(cells.get(Cell.ALIASES, ""))),
        postcode_of(cells.get(Cell.POSTCODE, "")),
        order_known=not whole,
    )


def _aliases(written: str) -> Iterator[Name]:
    """Give the other names of somebody, as the prison search exports them; of other texts none."""
    try:
        told = json.loads(written) if written else []
    except (ValueError, RecursionError):
        return
    for one in told if isinstance(told, list) else []:
        if isinstance(one, dict):
            parts = (str(one.get(part) or "") for part in ("lastName", "firstName", "middleNames"))
            name = name_of(*parts)
            if name.surname:
                yield name


def _of_parts(cells: Cells) -> Name:
    return name_of(
        cells.get(Cell.SURNAME, ""), cells.get(Cell.FORENAME, ""), cells.get(Cell.SECOND_NAME, "")
    )


def _of_whole(written: str) -> Name:
    """Return a name that the list writes as one text: the surname in capitals comes first."""
    if "," in written:
        surname, _, forenames = written.partition(",")
        return name_of(surname, forenames)
    words = written.split()
    raised = [word for word in words if word.isupper() and len(word) > 1]
    if raised and len(raised) < len(words):
        return name_of(" ".join(raised), " ".join(word for word in words if word not in raised))
    return name_of(" ".join(words[:1]), " ".join(words[1:]))


def _numbers(cells: Cells) -> Iterator[tuple[Number, str]]:
    for kind, cell in NUMBERS.items():
        written = cells.get(cell, "")
        if written and (number := person_numbers.read(kind, written)):
            yield kind, mark_of(kind, number)


def _asn_mark(cells: Cells) -> str:
    written = identifiers.asn(cells.get(Cell.ASN, ""))
    return person_mark(f"asn:{written}") if written else ""


def _court(cells: Cells) -> str:
    code = identifiers.court_code(cells.get(Cell.COURT_CODE, ""))[:_COURT]
    return code or _court_named(cells.get(Cell.COURT, ""))


@lru_cache(maxsize=4096)
def _court_named(name: str) -> str:
    return _courts_by_name().get(cleaned(name), "")


@cache
def _courts_by_name() -> Mapping[str, str]:
    return {cleaned(court.name): court.code for court in regions.courts()}
