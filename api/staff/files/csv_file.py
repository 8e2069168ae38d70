"""A list as a file for a spreadsheet: nothing in it can be run, and it has an end."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from starlette.responses import StreamingResponse

MOST_ROWS = 5000

_BOM = "\ufeff"

# What spreadsheets take for the beginning of a formula, in wide letters too.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_CUT = "Only the first {most} rows are in this file. Choose a shorter list."

Row = Sequence[object]


def harmless(value: object) -> str:
    """Return a cell that a spreadsheet shows and never runs: an apostrophe goes before it."""
    text = "" if value is None else str(value).replace("\x00", "")
    starts = text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{text}" if starts else text


def lines(head: Row, rows: Iterable[Row], most: int = MOST_ROWS) -> Iterator[str]:
    """Yield the text of a file, line by line; the last line says so where the list was cut."""
    yield _BOM + _line(head)
    left = iter(rows)
    yield from map(_line, islice(left, most))
    if next(left, None) is not None:
        yield _line([_CUT.format(most=most)])


def _line(row: Row) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(harmless, row))
    return written.getvalue()


def answer(
    name: str, head: Row, rows: Callable[[], Iterator[Row]], most: int = MOST_ROWS
) -> StreamingResponse:
    """Answer with a file. ``rows`` is called when the file is sent, and read as far as it goes."""

    def sent() -> Iterator[bytes]:
        for line in lines(head, rows(), most):
            yield line.encode("utf-8")

    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(sent(), media_type="text/csv; charset=utf-8", headers=headers)
