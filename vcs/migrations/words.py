"""The words that a column of a table may hold, as the database has them at a revision."""

from __future__ import annotations

import re
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

# A table is read without those that it refers to, which stay as they are.
_ALONE = {"resolve_fks": False}


def add_words(table: str, column: str, words: Iterable[str]) -> None:
    """Let a column hold more words than it may now, whichever migrations came before."""
    held = _allowed(table, column)
    _allow(table, column, [*held, *(word for word in words if word not in held)])


def drop_words(table: str, column: str, words: Iterable[str]) -> None:
    """Let a column hold these words no longer; no row may hold one by then."""
    gone = set(words)
    _allow(table, column, [word for word in _allowed(table, column) if word not in gone])


def _allowed(table: str, column: str) -> list[str]:
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    (rule,) = (one["sqltext"] for one in checks if one["name"] == _rule(table, column))
    return [word.replace("''", "'") for word in re.findall(r"'((?:[^']|'')*)'", rule)]


def _allow(table: str, column: str, words: list[str]) -> None:
    """SQLite builds the table anew for this: nothing may point at it."""
    listed = ", ".join("'{}'".format(word.replace("'", "''")) for word in words)
    rule = op.f(_rule(table, column))
    with op.batch_alter_table(table, reflect_kwargs=_ALONE) as altered:
        altered.drop_constraint(rule, type_="check")
        altered.create_check_constraint(rule, f"{column} IN ({listed})")


def _rule(table: str, column: str) -> str:
    return f"ck_{table}_{column}"
