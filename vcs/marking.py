"""The database marks each change itself, whoever makes it: a verb, a bulk update or a migration.

A mark is a row of its own in the same transaction, so that writers never wait for each other over
it. What is kept of the changes is brought up to date from the marks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

EVENTS: Mapping[str, tuple[str, ...]] = {
    "INSERT": ("NEW",),
    "UPDATE": ("OLD", "NEW"),
    "DELETE": ("OLD",),
}
"""What happens to a row, and under which names a trigger sees it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked. ``prefix`` begins the name of each trigger, and of no other.

    ``columns`` names, for each table, the columns whose change counts. ``body`` returns what a
    trigger does after an event of a table.
    """

    prefix: str
    columns: Mapping[str, str]
    body: Callable[[str, str], str]


def is_marking(connection: Connection, marks: Marks) -> bool:
    """Say whether the database marks every change, by the rules of this program."""
    return _held(connection, marks) == set(_triggers(connection.dialect.name, marks))


def start(connection: Connection, marks: Marks) -> None:
    """Have the database mark every change from here on. The tables must be there."""
    for made in _triggers(connection.dialect.name, marks).values():
        for statement in made:
            connection.exec_driver_sql(statement)


def stop(connection: Connection, marks: Marks) -> None:
    """Take all marking off, for as long as a migration makes tables anew."""
    for name in _held(connection, marks):
        if connection.dialect.name == "postgresql":
            # Its trigger goes with it.
            connection.exec_driver_sql(f'DROP FUNCTION "{name}" CASCADE')
        else:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def about(row_of: str, event: str, mark: Callable[[str, str], str]) -> str:
    """Return statements that mark what a row is about, and what it was about before.

    ``row_of`` names it for a row called {row}; ``mark`` writes a mark for it, with a condition.
    """
    was, is_now = (row_of.format(row=row) for row in ("OLD", "NEW"))
    if event != "UPDATE":
        return mark(was if event == "DELETE" else is_now, "")
    # What a row was about before is marked as well, where it is about another now.
    return f"{mark(is_now, '')} {mark(was, f' AND ({is_now} IS NULL OR {was} <> {is_now})')}"


def _held(connection: Connection, marks: Marks) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :like",
        "postgresql": "SELECT DISTINCT p.proname FROM pg_trigger t JOIN pg_proc p "
        "ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled = 'O' "
        "AND p.proname LIKE :like",
    }[connection.dialect.name]
    return set(connection.execute(text(query), {"like": f"{marks.prefix}%"}).scalars())


def _triggers(dialect: str, marks: Marks) -> dict[str, list[str]]:
    """Return the statements that make each trigger. A name holds a digest of what it does."""
    make = _postgresql if dialect == "postgresql" else _sqlite
    found = {}
    for table, event in _watched(marks.columns):
        made = make("{name}", f"{_on(marks, table, event)}", marks.body(table, event))
        digest = hashlib.sha256("".join(made).encode()).hexdigest()[:8]
        name = f"{marks.prefix}{table}_{event.lower()}_{digest}"
        found[name] = [one.replace("{name}", name) for one in made]
    return found


def _watched(tables: Iterable[str]) -> Iterator[tuple[str, str]]:
    for table in tables:
        yield from ((table, event) for event in EVENTS)


def _sqlite(name: str, on: str, body: str) -> list[str]:
    return [f'CREATE TRIGGER "{name}" AFTER {on} FOR EACH ROW BEGIN {body} END']


def _postgresql(name: str, on: str, body: str) -> list[str]:
    body = f"BEGIN {body} RETURN NULL; END"
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$',
        f'CREATE TRIGGER "{name}" AFTER {on} FOR EACH ROW EXECUTE FUNCTION "{name}"()',
    ]


def _on(marks: Marks, table: str, event: str) -> str:
    columns = marks.columns[table]
    return f"UPDATE OF {columns} ON {table}" if event == "UPDATE" else f"{event} ON {table}"
