"""The database marks each change itself, whoever makes it: a verb, a bulk update or a migration.

A mark is a row of its own in the same transaction. Writers never wait for each other over it, and
what is marked and not counted yet is worked out anew by whoever reads (``figures.py``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

_PREFIX = "kept_mark_of_"


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched in a table. ``sentence`` names the sentence of a row called {row}."""

    columns: str
    sentence: str


WATCHED: Mapping[str, Watched] = {
    "sentence": Watched(
        "outcome, told_in_id, region_code, police_area, court_code, sentenced_on, gone, left_as",
        "{row}.id",
    ),
    "referral": Watched(
        "sentence_id, status, basis, region_code, police_area, traced_since, closed_reason, "
        "vlo_account_id, look_again_on",
        "{row}.sentence_id",
    ),
    "task": Watched("sentence_id, kind, done_at, done_by, answer", "{row}.sentence_id"),
    "decision": Watched("sentence_id, made_at, urgent", "{row}.sentence_id"),
    "deadline": Watched(
        "referral_id, due_on, met_on, lifted_on",
        "(SELECT sentence_id FROM referral WHERE id = {row}.referral_id)",
    ),
}

_EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def marking(connection: Connection) -> bool:
    """Say whether the database marks every change, by the rules of this program."""
    return _held(connection) == set(_triggers(connection.dialect.name))


def start_marking(connection: Connection) -> None:
    """Have the database mark every change from here on. The tables must be there."""
    for made in _triggers(connection.dialect.name).values():
        for statement in made:
            connection.exec_driver_sql(statement)


def stop_marking(connection: Connection) -> None:
    """Take all marking off, for as long as a migration makes tables anew."""
    for name in _held(connection):
        if connection.dialect.name == "postgresql":
            # Its trigger goes with it.
            connection.exec_driver_sql(f'DROP FUNCTION "{name}" CASCADE')
        else:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _held(connection: Connection) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :like",
        "postgresql": "SELECT DISTINCT p.proname FROM pg_trigger t JOIN pg_proc p "
        "ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled = 'O' "
        "AND p.proname LIKE :like",
    }[connection.dialect.name]
    return set(connection.execute(text(query), {"like": f"{_PREFIX}%"}).scalars())


def _triggers(dialect: str) -> dict[str, list[str]]:
    """Return the statements that make each trigger. A name holds a digest of what it does."""
    make = _postgresql if dialect == "postgresql" else _sqlite
    found = {}
    for table in (*WATCHED, "court_message"):
        for event in _EVENTS:
            made = make("{name}", table, event)
            digest = hashlib.sha256("".join(made).encode()).hexdigest()[:8]
            name = f"{_PREFIX}{table}_{event.lower()}_{digest}"
            found[name] = [one.replace("{name}", name) for one in made]
    return found


def _sqlite(name: str, table: str, event: str) -> list[str]:
    body = f"BEGIN {_body(table, event)} END"
    return [f'CREATE TRIGGER "{name}" AFTER {_on(table, event)} FOR EACH ROW {body}']


def _postgresql(name: str, table: str, event: str) -> list[str]:
    body = f"BEGIN {_body(table, event)} RETURN NULL; END"
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$',
        f'CREATE TRIGGER "{name}" AFTER {_on(table, event)} FOR EACH ROW '
        f'EXECUTE FUNCTION "{name}"()',
    ]


def _on(table: str, event: str) -> str:
    columns = WATCHED[table].columns if table in WATCHED else "status"
    return f"UPDATE OF {columns} ON {table}" if event == "UPDATE" else f"{event} ON {table}"


def _body(table: str, event: str) -> str:
    """Return what a trigger does; its names are this file's own."""
    if table == "court_message":
        counted = {"NEW": 1, "OLD": -1}
        rows = (f"({row}.status, {counted[row]})" for row in _EVENTS[event])
        return f"INSERT INTO kept_mark (message_status, n) VALUES {', '.join(rows)};"  # noqa: S608
    was, is_now = (WATCHED[table].sentence.format(row=row) for row in ("OLD", "NEW"))
    if event != "UPDATE":
        return _mark(was if event == "DELETE" else is_now)
    # What a row was about before is marked as well, where it is about another sentence now.
    return f"{_mark(is_now)} {_mark(was, f' AND ({is_now} IS NULL OR {was} <> {is_now})')}"


def _mark(sentence: str, more: str = "") -> str:
    given = f"SELECT {sentence} WHERE {sentence} IS NOT NULL{more}"
    return f"INSERT INTO kept_mark (sentence_id) {given};"
