"""Lists come in pages: which page an address asks for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from vcs.paging import LARGEST, Slice

PAGE_SIZE = 50

PageNumber = Annotated[int, Query(ge=1, le=10_000)]

Size = Annotated[int, Query(ge=1, le=LARGEST)]

RowKey = Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{1,500}$")]
"""A row at which another page of a list began or ended, as that page gave it."""


def _page(page: PageNumber = 1, after: RowKey | None = None, before: RowKey | None = None) -> Slice:
    return Slice(page, PAGE_SIZE, after, before)


def _page_of_a_size(
    page: PageNumber = 1,
    size: Size = PAGE_SIZE,
    after: RowKey | None = None,
    before: RowKey | None = None,
) -> Slice:
    return Slice(page, size, after, before)


ListPage = Annotated[Slice, Depends(_page)]
"""One page of a list that people read."""

ListPageOfASize = Annotated[Slice, Depends(_page_of_a_size)]
"""One page of a list that programs read: they may say how many rows."""
