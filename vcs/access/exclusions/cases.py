"""The sentences of one case, asked of the tables of the rooms above by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel


def table(name: str) -> Table:
    """Return a table of a room above: access knows none of their nouns."""
    return SQLModel.metadata.tables[name]


def all_of(session: Session, wanted: Any, column: Any, values: Collection[Any]) -> set[Any]:
    """Return every value of one column in the rows where another has one of some values."""
    return set(session.execute(select(wanted).where(column.in_(values))).scalars())


def of_the_same_cases(session: Session, sentences: Collection[int]) -> set[int]:
    """Return the sentences whose case is that of some sentences."""
    sentence = table("sentence")
    keys = all_of(session, sentence.c.case_key, sentence.c.id, sentences) - {""}
    found: set[int] = all_of(session, sentence.c.id, sentence.c.case_key, keys)
    return found
