"""Lists come in pages, and a page has an end: nobody can take the whole of one at once.

A page is found by the key of the row before it, so that a page far down takes no longer than the
first. An address with nothing but the number of a page is answered by counting rows.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlmodel import Session

from vcs.errors import NotValid

Row = TypeVar("Row")

LARGEST = 100

MOST_COUNTED = 1000
"""So many rows are counted where no count is kept. Of more it is only said that there are more."""

_NO_KEY = "This link to a page of the list is not complete. Open the list again."

_LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list is asked for: ``page`` counts from 1, in pages of ``size`` rows.

    ``after`` and ``before`` are the keys that an earlier page gave: they say where the page begins
    or ends, and ``page`` is then only its number.
    """

    page: int = 1
    size: int = 50
    after: str | None = None
    before: str | None = None

    def check(self) -> None:
        """Raise NotValid for a page or size that no list has."""
        if self.page < 1 or not 1 <= self.size <= LARGEST:
            raise NotValid(f"Ask for page 1 or later, of 1 to {LARGEST} rows.")


FIRST = Slice()
"""What a list shows where no other part of it is asked for."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list. ``page`` counts from 1; ``total`` is all rows there are.

    ``has_more`` says that there are more than ``total``, and so more than ``pages``. ``before`` and
    ``after`` are the keys of its first and last row, where lists are read by key.
    """

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    before: str | None = None
    after: str | None = None
    has_more: bool = False


def one_page(
    session: Session,
    query: Select[Any],
    asked: Slice,
    read: Callable[[Iterable[Any]], Iterable[Row]],
    total: int | None = None,
) -> Page[Row]:
    """Run a query for one page. Raises NotValid for a page or size that no list has.

    ``total`` is how many rows there are, where that is known without counting them.
    """
    asked.check()
    offset = (asked.page - 1) * asked.size
    found = session.execute(query.limit(asked.size).offset(offset)).all()
    has_more = False
    if total is None:
        most = max(MOST_COUNTED, offset + asked.size)
        total = _count_up_to(session, query, most + 1)
        has_more, total = total > most, min(total, most)
    pages = pages_of(total, asked.size) + has_more
    return Page(tuple(read(found)), asked.page, pages, total, has_more=has_more)


def _count_up_to(session: Session, query: Select[Any], most: int) -> int:
    """Count rows in the order in which they are read, so that counting ends where reading would."""
    counted = select(func.count()).select_from(query.limit(most).subquery())
    return int(session.execute(counted).scalar_one())


def pages_of(total: int, size: int) -> int:
    """Return how many pages so many rows make: at least one."""
    return max(1, -(-total // size))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in an order: parts that come one after the other, each in the order of ``columns``.

    Each part is queries over ``columns`` whose rows belong together; they share no row. The columns
    are never NULL, and no two rows of a part are alike in all of them. A part may be empty.
    """

    columns: tuple[ColumnElement[Any], ...]
    parts: tuple[tuple[Select[Any], ...], ...]


Key = tuple[int, tuple[Any, ...]]
"""The part that a row is in, and its values."""


def keyed_page(
    session: Session,
    listing: Listing,
    asked: Slice,
    total: int,
    read: Callable[[Sequence[tuple[Any, ...]]], Iterable[Row]],
) -> Page[Row]:
    """Return one page of a list. Raises NotValid for a page, size or key that no list has.

    ``read`` turns the values of ``columns`` into rows.
    """
    asked.check()
    keys = _keys(session, listing, asked)
    ends = [_written(key) for key in (keys[0], keys[-1])] if keys else [None, None]
    rows = tuple(read([values for _, values in keys]))
    return Page(rows, asked.page, pages_of(total, asked.size), total, *ends)


def all_keys(session: Session, listing: Listing, at_a_time: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the values of a whole list in its order, so many at a time."""
    after: Key | None = None
    while keys := _after(session, listing, after, at_a_time, 0):
        yield [values for _, values in keys]
        after = keys[-1]


def _keys(session: Session, listing: Listing, asked: Slice) -> list[Key]:
    if asked.after is not None:
        return _after(session, listing, _read(listing, asked.after), asked.size, 0)
    if asked.before is not None:
        return _before(session, listing, _read(listing, asked.before), asked.size)
    return _after(session, listing, None, asked.size, (asked.page - 1) * asked.size)


def _after(session: Session, listing: Listing, key: Key | None, size: int, skip: int) -> list[Key]:
    found: list[Key] = []
    first, values = key or (0, None)
    for number, queries in enumerate(listing.parts):
        if number < first or not queries or len(found) == size:
            continue
        start = values if number == first else None
        query = _ordered(listing, queries, start, (size - len(found), skip), forwards=True)
        rows = session.execute(query).all()
        found += ((number, tuple(row)) for row in rows)
        if skip:
            skip = 0 if rows else max(0, skip - _count(session, queries))
    return found


def _before(session: Session, listing: Listing, key: Key, size: int) -> list[Key]:
    found: list[Key] = []
    last, values = key
    for number, queries in reversed(list(enumerate(listing.parts))):
        if number > last or not queries or len(found) == size:
            continue
        end = values if number == last else None
        query = _ordered(listing, queries, end, (size - len(found), 0), forwards=False)
        found += ((number, tuple(row)) for row in session.execute(query))
    return found[::-1]


def _ordered(
    listing: Listing,
    queries: Sequence[Select[Any]],
    key: tuple[Any, ...] | None,
    few: tuple[int, int],
    *,
    forwards: bool,
) -> Select[Any]:
    """Return a query for some rows of a part, beyond a key, after those that are skipped."""
    limit, skip = few
    if key is not None:
        bound = tuple_(*(literal(v, c.type) for v, c in zip(key, listing.columns, strict=True)))
        mine = tuple_(*listing.columns)
        queries = [one.where(mine > bound if forwards else mine < bound) for one in queries]
    order = [column if forwards else column.desc() for column in listing.columns]
    if len(queries) == 1:
        return queries[0].order_by(*order).limit(limit).offset(skip)
    # Each reads no more than is wanted, in the order of an index, and what they found is merged.
    few_of_each = [select(one.order_by(*order).limit(limit + skip).subquery()) for one in queries]
    merged = union_all(*few_of_each).subquery()
    ways = [column if forwards else column.desc() for column in merged.c]
    return select(merged).order_by(*ways).limit(limit).offset(skip)


def _count(session: Session, queries: Sequence[Select[Any]]) -> int:
    counts = (select(func.count()).select_from(one.subquery()) for one in queries)
    return sum(int(session.execute(one).scalar_one()) for one in counts)


def _written(key: Key) -> str:
    part, values = key
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([part, *plain]).encode()).decode().rstrip("=")


def _read(listing: Listing, key: str) -> Key:
    """Return the key that a page gave. Raises NotValid for anything else."""
    try:
        padded = key[:_LONGEST_KEY] + "=" * (-len(key[:_LONGEST_KEY]) % 4)
        part, *plain = json.loads(base64.urlsafe_b64decode(padded))
        types = [column.type.python_type for column in listing.columns]
        values = tuple(_value(one, kind) for one, kind in zip(plain, types, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise NotValid(_NO_KEY) from None
    if type(part) is not int or not 0 <= part < len(listing.parts):
        raise NotValid(_NO_KEY)
    return part, values


def _value(plain: Any, kind: type) -> Any:
    if kind is date:
        return date.fromisoformat(plain)
    if type(plain) is not kind or (isinstance(plain, int) and abs(plain) >= 2**63):
        raise ValueError
    return plain
