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
class Page(Generic[Row]):
    """One page of a list. ``page`` counts from 1; ``total`` is all rows there are."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int


def one_page(
    session: Session,
    query: Select[Any],
    page: int,
    size: int,
    read: Callable[[Iterable[Any]], Iterable[Row]],
) -> Page[Row]:
    """Run a query for one page. Raises NotValid for a page or size that no list has."""
    if page < 1 or not 1 <= size <= LARGEST:
        raise NotValid(f"Ask for page 1 or later, of 1 to {LARGEST} rows.")
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total: int = session.execute(counted).scalar_one()
    found = session.execute(query.limit(size).offset((page - 1) * size)).all()
    return Page(tuple(read(found)), page, max(1, -(-total // size)), total)
