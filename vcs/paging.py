"""Lists come in pages, and a page has an end: nobody can take the whole of one at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlmodel import Session

from vcs.errors import NotValid

Row = TypeVar("Row")

LARGEST = 100


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list is asked for: ``page`` counts from 1, in pages of ``size`` rows."""

    page: int = 1
    size: int = 50

    def check(self) -> None:
        """Raise NotValid for a page or size that no list has."""
        if self.page < 1 or not 1 <= self.size <= LARGEST:
            raise NotValid(f"Ask for page 1 or later, of 1 to {LARGEST} rows.")


FIRST = Slice()
"""What a list shows where no other part of it is asked for."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list. ``page`` counts from 1; ``total`` is all rows there are."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int


def one_page(
    session: Session,
    query: Select[Any],
    asked: Slice,
    read: Callable[[Iterable[Any]], Iterable[Row]],
    counted: Select[Any] | None = None,
) -> Page[Row]:
    """Run a query for one page. Raises NotValid for a page or size that no list has.

    ``counted`` counts the same rows where that takes less than the query itself.
    """
    asked.check()
    if counted is None:
        counted = select(func.count()).select_from(query.order_by(None).subquery())
    total: int = session.execute(counted).scalar_one()
    offset = (asked.page - 1) * asked.size
    found = session.execute(query.limit(asked.size).offset(offset)).all()
    return Page(tuple(read(found)), asked.page, max(1, -(-total // asked.size)), total)
