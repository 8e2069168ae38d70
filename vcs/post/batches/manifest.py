"""The list that goes with a batch: written from the finished file, and read when letters left.

It names letters by their references. Nobody's name or address is in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vcs.errors import NotValid

COLUMNS: Final = (
    "batch",
    "reference",
    "first_page",
    "pages",
    "sheets",
    "kind",
    "language",
    "format",
    "pulled",
)

_LARGEST: Final = 5_000_000

_NOT_PULLED: Final = frozenset(("", "no", "n", "false", "0", "-"))

_SAY_WHICH: Final = (
    "Give the manifest.csv that was made with the batch. Delete the rows of letters that did not "
    "leave, or write yes in their column “pulled”; change nothing else."
)


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One letter of a batch, where it is in the file, and whether it was pulled."""

    batch: str
    reference: str
    pulled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manifest as it is written."""

    batch: str
    reference: str
    first_page: int
    pages: int
    sheets: int
    kind: str
    language: str
    format: str


def written(lines: Iterable[Line]) -> str:
    """Return the manifest as CSV."""
    to = io.StringIO(newline="")
    out = csv.writer(to, lineterminator="\n")
    out.writerow(COLUMNS)
    for one in lines:
        where = (one.first_page, one.pages, one.sheets)
        out.writerow((one.batch, one.reference, *where, one.kind, one.language, one.format, ""))
    return to.getvalue()


def read(content: bytes) -> tuple[ManifestRow, ...]:
    """Read a manifest back, as a spreadsheet may have saved it. Raises NotValid."""
    if len(content) > _LARGEST:
        raise NotValid(f"This file is too large for a manifest. {_SAY_WHICH}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotValid(f"This is no manifest. {_SAY_WHICH}") from fault
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        head, *rows = [row for row in table if any(cell.strip() for cell in row)] or [[]]
    except csv.Error as fault:
        raise NotValid(f"This is no manifest. {_SAY_WHICH}") from fault
    return _rows([cell.strip().casefold() for cell in head], rows)


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[ManifestRow, ...]:
    if not {"batch", "reference"} <= set(head):
        raise NotValid(f"The columns “batch” and “reference” are missing. {_SAY_WHICH}")
    found = []
    for row in rows:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        pulled = cells.get("pulled", "").casefold() not in _NOT_PULLED
        found.append(ManifestRow(cells.get("batch", ""), cells.get("reference", ""), pulled))
    if len({one.batch for one in found}) > 1:
        raise NotValid(f"This file names more than one batch. {_SAY_WHICH}")
    return tuple(dict.fromkeys(found))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
