"""What every table shares: names of constraints, moments in UTC, references, lists of words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Table, select
from sqlmodel import Field, Session, SQLModel, UTCDateTime

_AT_A_TIME = 500

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

SQLModel.metadata.naming_convention = _NAMES


class Record(SQLModel):
    """Base of every table class.

    An ``id`` is given by the database when the row is first written; until then it is None, which
    its type leaves out.
    """


def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a table class, for inserts of many rows at once."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def moment(**settings: Any) -> Any:
    """Return a field for an aware moment, kept in UTC."""
    return Field(sa_type=UTCDateTime, **settings)


def one_of(column: str, words: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return a constraint that keeps a column to a list of words; an empty column passes."""
    listed = ", ".join("'{}'".format(str(word).replace("'", "''")) for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def new_reference() -> str:
    """Draw a reference for people to use, for example ``VCS-7K3M-9QTD``: 40 random bits.

    Another row may have it already: :func:`free_reference` is what makes rows.
    """
    drawn = secrets.randbits(40)
    letters = "".join(_CROCKFORD[drawn >> shift & 31] for shift in range(0, 40, 5))
    return f"VCS-{letters[:4]}-{letters[4:]}"


def free_reference(session: Session, *models: type[SQLModel]) -> str:
    """Return a reference that no row of these tables has."""
    return free_references(session, 1, *models)[0]


def free_references(session: Session, count: int, *models: type[SQLModel]) -> list[str]:
    """Return so many references, each another, that no row of these tables has.

    Whoever makes a row with a reference draws it here: one that is taken is drawn again.
    """
    found: list[str] = []
    while len(found) < count:
        drawn = {new_reference() for _ in range(min(count - len(found), _AT_A_TIME))}
        found += sorted(drawn - set(found) - _taken(session, drawn, models))
    return found


def _taken(session: Session, drawn: set[str], models: Iterable[type[SQLModel]]) -> set[str]:
    return {
        reference
        for model in models
        for column in (table_of(model).c.reference,)
        for reference in session.execute(select(column).where(column.in_(drawn))).scalars()
    }


def newest(*moments: datetime | None) -> datetime | None:
    """Return the latest of some moments, leaving out those that are not known."""
    return max((m for m in moments if m is not None), default=None)
