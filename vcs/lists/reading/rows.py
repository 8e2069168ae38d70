"""The rows of a file: CSV as spreadsheets save it, or JSON lines. Nothing is skipped unseen."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, dropwhile, islice
from statistics import median
from typing import Final

from vcs.errors import NotValid
from vcs.lists.reading.texts import ENDS_A_LINE, objects_in, text_of

_DELIMITERS: Final = ",;\t|"

_LONGEST_CELL: Final = 100_000

_TOTAL: Final = re.compile(
    r"\W*(?:(?:grand|sub|overall|cyfanswm|the)[\s-]*)?"
    r"(?:total|cyfanswm|sum|count|number\s+of|no\.?\s+of|rows?|records?|lines?|cases?|entries"
    r"|end\s+of|printed|exported|generated|produced|page\s+\d|\d[\d,. ]*\s*(?:rows?|records?"
    r"|lines?|cases?|entries|results?|sentences?|people|offenders?|prisoners?))\b.*",
    re.IGNORECASE | re.DOTALL,
)

_NUMBER: Final = re.compile(r"[\d.,]+%?")

_FEW: Final = 2

_TITLE_LINES: Final = 10

_AS_TEXT: Final = re.compile(r"'(?=[\d=+-])")
"""How a spreadsheet is told that a number is text: it shows no such stroke."""

_FORMULA: Final = re.compile(r'="(.*)"')
"""How a spreadsheet is told to leave a number as it is written."""

_SWALLOWED: Final = (
    "Line {} below the heading has a quotation mark that opens a cell and does not close it, so "
    "that several lines are read as one. Mend it in the list, and try again."
)

_NAMED: Final = tuple(f"sep={delimiter}" for delimiter in _DELIMITERS)

_NO_CSV: Final = (
    "This file cannot be read as a list. Save it again as CSV with its heading and try again."
)

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")

_A_WORKBOOK: Final = (
    "This is no CSV file but a workbook or a document. Open it, save the list as CSV with its "
    "heading, and try again."
)

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What a spreadsheet never saves in a heading, and a terminal must not be sent."""

_HALF: Final = re.compile("[\ud800-\udfff]")

_NO_OBJECT: Final = "the line is no JSON object"

_NO_LETTER: Final = "the line holds half a letter, so that what it says cannot be kept"

BLANK: Final = "the line is blank"

HEADING: Final = "the line is the heading again and no sentence"

A_TOTAL: Final = "the line is a total of the spreadsheet and no sentence"


@dataclass(frozen=True, slots=True)
class Row:
    """One line below the heading, which has number 1. ``refused`` says why it holds no sentence.

    ``cells`` holds the columns that the line reaches: ``lacks`` is how many of them it ends before.
    """

    number: int
    cells: Mapping[str, str]
    refused: str = ""
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file: its columns in order, and its rows, read again each time that they are asked for.

    Its text alone is kept in memory.
    """

    columns: tuple[str, ...]
    read: Callable[[], Iterator[Row]]

    @property
    def rows(self) -> Iterator[Row]:
        """Read its rows one after the other."""
        return self.read()

    def needing(self, needed: Collection[str]) -> ListFile:
        """Return the file with each line refused that ends before one of these columns.

        A spreadsheet leaves out the empty cells at the end of a line, never one in the middle.
        """
        return replace(self, read=lambda: (_cut_short(row, needed) for row in self.read()))


def rows_of(content: bytes) -> ListFile:
    """Read a file. Raises NotValid where it is no list at all, saying what to do."""
    if content.startswith(_WORKBOOKS):
        raise NotValid(_A_WORKBOOK)
    text = text_of(content)
    if text.lstrip().startswith(("{", "[")):
        return _json(text)
    return _csv(text)


def _csv(text: str) -> ListFile:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = _delimiter(text)

    def cells() -> Iterator[list[str]]:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return _from_the_heading(read)

    try:
        heading = next(cells(), None)
    except csv.Error as error:
        raise NotValid(_NO_CSV) from error
    if heading is None:
        raise NotValid("This file is empty. Choose the list that you saved.")
    columns = tuple(name.strip() for name in heading)
    if _CONTROL.search("".join(columns)):
        raise NotValid(_NO_CSV)
    return ListFile(columns, lambda: _numbered(columns, islice(cells(), 1, None), delimiter))


def _from_the_heading(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    """Give a file's lines from its heading on: what is above it is no table, but a title.

    A line of merged cells names groups of columns: it fills fewer than half as many as a line of
    the table does.
    """
    first = list(islice(dropwhile(_is_before_the_heading, lines), _TITLE_LINES))
    filled = [len(_filled(cells)) for cells in first]
    usual = median([count for count in filled if count > _FEW] or [0])
    tables = (at for at, count in enumerate(filled) if count > _FEW and 2 * count >= usual)
    return chain(first[next(tables, 0) :], lines)


def _is_before_the_heading(cells: list[str]) -> bool:
    """Say whether a line is blank, or only names the delimiter as spreadsheets write it."""
    told = [cell for cell in cells if cell.strip()]
    return not told or (len(told) == 1 and told[0].lower().strip() in {"sep=", *_NAMED})


def _delimiter(text: str) -> str:
    first = islice(io.StringIO(text, newline=None), _TITLE_LINES)
    lines = [line for line in first if line.strip()]
    heading = lines[0] if lines else ""
    if heading.lower().startswith("sep=") and len(heading.strip()) == len("sep=;"):
        return heading.strip()[-1]
    tables = (one for one in lines if max(map(one.count, _DELIMITERS)) >= _FEW)
    return max(_DELIMITERS, key=next(tables, heading).count)


def _numbered(
    columns: tuple[str, ...], lines: Iterator[list[str]], delimiter: str
) -> Iterator[Row]:
    heading = _plain(columns)
    try:
        for number, cells in enumerate(lines, start=1):
            if any(_holds_lines(cell, len(columns), delimiter) for cell in cells):
                raise NotValid(_SWALLOWED.format(number))
            told = dict(zip(columns, map(_written, cells), strict=False))
            lacks = max(len(columns) - len(cells), 0)
            is_heading = _plain(cells) == heading
            refused = HEADING if is_heading else _refused(cells, len(columns))
            yield Row(number, told, refused, lacks)
    except csv.Error as error:
        raise NotValid(_NO_CSV) from error


def _holds_lines(cell: str, wanted: int, delimiter: str) -> bool:
    """Say whether a cell holds what must be lines of the list, and no address in several lines."""
    return bool(ENDS_A_LINE.search(cell)) and cell.count(delimiter) >= max(wanted - 1, 1)


def _written(cell: str) -> str:
    plain = cell.strip()
    if _AS_TEXT.match(plain):
        plain = plain[1:]
    formula = _FORMULA.fullmatch(plain)
    return formula[1].strip() if formula else plain


def _plain(cells: Iterable[str]) -> tuple[str, ...]:
    """Return a heading as it is compared: a second page may write it in other capitals."""
    return tuple(cell.strip().casefold() for cell in cells)


def _filled(cells: list[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _refused(cells: list[str], wanted: int) -> str:
    filled = _filled(cells)
    if not filled:
        return BLANK
    if _is_total(filled):
        return A_TOTAL
    if len(cells) > wanted and any(cell.strip() for cell in cells[wanted:]):
        return f"the line has {len(cells)} cells and the heading {wanted}"
    return ""


def _is_total(filled: list[str]) -> bool:
    """Say whether a line is a total: a few words, or a word and nothing but numbers."""
    if len(filled) <= _FEW and _TOTAL.fullmatch(" ".join(filled)):
        return True
    first, *others = filled
    return bool(_TOTAL.fullmatch(first)) and all(map(_NUMBER.fullmatch, others))


def _cut_short(row: Row, needed: Collection[str]) -> Row:
    if row.refused or not row.lacks or all(column in row.cells for column in needed):
        return row
    cells = len(row.cells)
    return replace(row, refused=f"the line has {cells} cells and the heading {cells + row.lacks}")


def _json(text: str) -> ListFile:
    found = [_row(number, told) for number, told in enumerate(objects_in(text), start=1)]
    columns = tuple(dict.fromkeys(name for row in found for name in row.cells))
    if not columns:
        raise NotValid("This file holds no JSON objects. Save the list again and try again.")
    return ListFile(columns, lambda: iter(found))


def _row(number: int, told: object) -> Row:
    """Return what stands on a line; one that cannot be kept as it is written holds no sentence."""
    if not isinstance(told, dict):
        return Row(number, {}, BLANK if told is None else _NO_OBJECT)
    try:
        cells = {name: _cell(value) for name, value in told.items()}
    except RecursionError:
        return Row(number, {}, _NO_OBJECT)
    plain = {_readable(name): _readable(text) for name, text in cells.items()}
    return Row(number, plain, "" if plain == cells else _NO_LETTER)


def _readable(text: str) -> str:
    """Return a text with a mark for each half of a letter, which nothing can keep or show."""
    return _HALF.sub("\ufffd", text)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()
