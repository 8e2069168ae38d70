"""Lines that a spreadsheet made of more or less than one person: two in its cells, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.columns import DAYS, Cell
from vcs.lists.reading.texts import ENDS_A_LINE

NUMBERS: Final[Mapping[Number, Cell]] = {
    Number.PNC: Cell.PNC,
    Number.NOMS: Cell.NOMS,
    Number.CRO: Cell.CRO,
    Number.CRN: Cell.CRN,
}
"""The column of each number that names one person."""

_OF_ONE: Final = (
    *(Cell.SURNAME, Cell.FORENAME, Cell.WHOLE_NAME, *NUMBERS.values(), Cell.URN, Cell.ASN),
    *(cell for cell in Cell if cell in DAYS),
    *(Cell.OFFENCE_CODE, Cell.HOME_OFFICE_CODE, Cell.RESULT_CODE, Cell.LENGTH),
)
"""Cells in which a line of text is a value of its own."""

_NAMES: Final = (Cell.SURNAME, Cell.FORENAME, Cell.WHOLE_NAME)

_TWO_NAMES: Final = re.compile(r"\w\W*(?:[/&+]|\b(?:[Aa]nd|AND|a|ac)\b(?=\W+[A-Z]))\W*\w")
"""Two names in one cell; Welsh joins them with *a* or *ac*."""

_BETWEEN: Final = re.compile(r"[\s,;&+|]+")

_WORDS: Final[Mapping[Cell, str]] = {
    Cell.BORN_ON: "date of birth",
    Cell.SENTENCED_ON: "date of sentence",
    Cell.WHOLE_NAME: "name",
    **{cell: f"{kind} number" for kind, cell in NUMBERS.items()},
}

_NAMES_SOMEBODY: Final = (*_NAMES, *NUMBERS.values(), Cell.ASN)

NOBODY: Final = (
    "the line names nobody: perhaps its cells were merged with those of a line above. Fill them in "
    "in the list, and send it again"
)

_TWO: Final = (
    "the cell of the {} holds more than one: perhaps two people are on one line. Part them in the "
    "list, and send it again"
)


def not_one_person(cells: Mapping[Cell, str]) -> str:
    """Return why a line is not of one person, in words; "" where nothing says so."""
    if all(cells.get(cell, "").isspace() or not cells.get(cell) for cell in _NAMES_SOMEBODY):
        return NOBODY if any(text.strip() for text in cells.values()) else ""
    twice = next(_held_twice(cells), None)
    return "" if twice is None else _TWO.format(_WORDS.get(twice) or twice.replace("_", " "))


def _held_twice(cells: Mapping[Cell, str]) -> Iterator[Cell]:
    if any("\n" in text or "\r" in text for text in cells.values()):
        yield from (cell for cell in _OF_ONE if ENDS_A_LINE.search(cells.get(cell, "").strip()))
    # Some systems write O’Neill as O&#39;Neill.
    yield from (cell for cell in _NAMES if _TWO_NAMES.search(unescape(cells.get(cell, ""))))
    yield from (cell for kind, cell in NUMBERS.items() if _are_two(kind, cells.get(cell, "")))


def _are_two(kind: Number, written: str) -> bool:
    """Say whether a cell holds two numbers of a kind, each with its own check letter."""
    parts = _BETWEEN.split(written.strip())
    if len(parts) == 1:
        return False
    return len({person_numbers.read(kind, one) for one in parts} - {None}) > 1
