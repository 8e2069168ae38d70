"""A file read into lines: by the columns and the order of days that its source is known for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlmodel import Session, select

from vcs.errors import NotValid
from vcs.lists.digests import identity
from vcs.lists.reading.columns import DAYS, Cell, ListKind, Mapped, mapped, needed_of
from vcs.lists.reading.days import Order, is_ambiguous, order_of
from vcs.lists.reading.lines import Line, line_of
from vcs.lists.reading.rows import ListFile, rows_of
from vcs.lists.records import ListMapping

MOST_LINES: Final = 500_000

Say = Callable[[str, int], None]

_SAY_EVERY: Final = 10_000


def quiet(stage: str, count: int) -> None:
    """Say nothing of how far it is."""
    del stage, count


@dataclass(frozen=True, slots=True)
class Covers:
    """Which days of sentence a list holds, both included, as whoever sends it says.

    None where they do not say: it is then taken from the rows.
    """

    from_on: date | None = None
    to_on: date | None = None

    @property
    def is_said(self) -> bool:
        """Say whether both days are known from whoever sends it."""
        return self.from_on is not None and self.to_on is not None


FROM_ITS_ROWS: Final = Covers()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to have matched, and what they know of it.

    ``source`` names who draws such lists; ``columns``, ``order`` and ``covers`` are what they say
    themselves.
    """

    kind: ListKind
    content: bytes
    source: str = ""
    drawn_on: date | None = None
    drawn_by: str = ""
    columns: Mapped = field(default_factory=dict)
    order: Order | None = None
    covers: Covers = FROM_ITS_ROWS


def check_days(asked: Asked, today: date) -> None:
    """Raise NotValid listing the days to correct."""
    if fields := dict(_wrong_days(asked, today)):
        raise NotValid("; ".join(fields.values()) + ".", fields)


def _wrong_days(asked: Asked, today: date) -> Iterator[tuple[str, str]]:
    from_on, to_on = asked.covers.from_on, asked.covers.to_on
    if asked.drawn_on is not None and asked.drawn_on > today:
        yield "drawn_on", "The day on which it was drawn must be today or in the past"
    if to_on is not None and to_on > (asked.drawn_on or today):
        yield "to_on", "The last day must not be after the day on which the list was drawn"
    elif from_on is not None and from_on > (to_on or asked.drawn_on or today):
        yield "from_on", "The first day must not be after the last one"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose columns are known. ``order`` is None where no day needs one."""

    asked: Asked
    file: ListFile
    columns: Mapped
    order: Order | None


def prepared(session: Session, asked: Asked) -> Prepared:
    """Find out what each column holds and how days are written. Raises NotValid with what to ask.

    What is said now goes first, then what was said of the same source before.
    """
    file = rows_of(asked.content)
    _refuse_unknown(asked.columns, file.columns)
    kept = kept_mapping(session, asked.kind, asked.source)
    own = {**(kept[0] if kept else {}), **asked.columns}
    columns = mapped(asked.kind, file.columns, own)
    file = file.needing(needed_of(columns))
    return Prepared(asked, file, columns, _order(asked, kept, file, columns))


KeptMapping = tuple[Mapped, Order | None]


def kept_mapping(session: Session, kind: ListKind, source: str) -> KeptMapping | None:
    """Return what is kept of a source: its columns, and the order of day and month."""
    query = select(ListMapping).where(ListMapping.kind == kind, ListMapping.source == source)
    found = session.exec(query).first()
    if found is None:
        return None
    columns = {Cell(cell): column for cell, column in json.loads(found.columns).items()}
    return columns, Order(found.day_order) if found.day_order else None


def _refuse_unknown(told: Mapping[Cell, str], columns: tuple[str, ...]) -> None:
    missing = [column for column in told.values() if column not in columns]
    if missing:
        named = ", ".join(column for column in columns if column)[:300]
        raise NotValid(f"This file has no column {missing[0]!r}. Its columns are: {named}.")


def _order(asked: Asked, kept: KeptMapping | None, file: ListFile, columns: Mapped) -> Order | None:
    if asked.order is not None:
        return asked.order
    written = [columns[cell] for cell in columns if cell in DAYS]
    days = (row.cells.get(column, "") for row in file.rows if not row.refused for column in written)
    texts = {text for text in days if is_ambiguous(text)}
    proved = order_of(texts)
    if proved is not None or not texts:
        return proved
    if kept and kept[1] is not None:
        return kept[1]
    raise NotValid(
        f"Days like {min(texts)} can be read in two ways. Say which number is the day, once for "
        "this source: --dates dmy where the day comes first, --dates mdy where the month does.",
        {"order": "Select which number is the day"},
    )


def lines_of(ready: Prepared, say: Say) -> Iterator[tuple[Line, str]]:
    """Yield each line with the text that identifies it in any list."""
    count, seen = 0, dict[int, int]()
    for row in ready.file.rows:
        count = row.number
        if count > MOST_LINES:
            raise NotValid(f"This list has more than {MOST_LINES:,} lines. Send it in parts.")
        if count % _SAY_EVERY == 0:
            say("read", count)
        line = line_of(row, ready.columns, ready.order)
        if not row.refused:
            first = seen.setdefault(hash(tuple(row.cells.items())), row.number)
            line = replace(line, repeats=first) if first != row.number else line
        yield line, identity(ready.asked.kind, line, row.cells)
    say("read", count)
