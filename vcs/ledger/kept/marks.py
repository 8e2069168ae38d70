"""The database marks each change itself, whoever makes it: a verb, a bulk update or a migration.

A mark is a row of its own in the same transaction. Writers never wait for each other over it, and
what is marked and not counted yet is worked out anew by whoever reads (``figures.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from vcs import marking as rows
from vcs.ledger.kept.cells import Axis
from vcs.marking import Marks


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a table: the rows that fit, by a key. Both are about a row {row}."""

    axis: Axis
    columns: str
    key: str
    fits: str = "{row}.id IS NOT NULL"


COUNTED: Mapping[str, Counted] = {
    "court_message": Counted(Axis.MESSAGE, "status", "{row}.status"),
    "deadline": Counted(
        Axis.DEADLINE,
        "due_on, met_on, lifted_on",
        "CAST({row}.due_on AS VARCHAR)",
        "{row}.met_on IS NULL AND {row}.lifted_on IS NULL",
    ),
    "clock": Counted(
        Axis.CLOCK,
        "due_on, met_on, stopped_on",
        "CAST({row}.due_on AS VARCHAR)",
        "{row}.met_on IS NULL AND {row}.stopped_on IS NULL AND {row}.due_on IS NOT NULL",
    ),
}
"""What is counted without being about a sentence."""

_SIGN = {"NEW": 1, "OLD": -1}


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


def marking(connection: Connection) -> bool:
    """Say whether the database marks every change, by the rules of this program."""
    return rows.is_marking(connection, _MARKS)


def start_marking(connection: Connection) -> None:
    """Have the database mark every change from here on. The tables must be there."""
    rows.start(connection, _MARKS)


def stop_marking(connection: Connection) -> None:
    """Take all marking off, for as long as a migration makes tables anew."""
    rows.stop(connection, _MARKS)


def _body(table: str, event: str) -> str:
    """Return what a trigger does; its names are this file's own."""
    counted = COUNTED.get(table)
    counts = [_count(counted, row) for row in rows.EVENTS[event]] if counted else []
    if table in WATCHED:
        counts.append(rows.about(WATCHED[table].sentence, event, _mark))
    return " ".join(counts)


def _count(counted: Counted, row: str) -> str:
    key, fits = counted.key.format(row=row), counted.fits.format(row=row)
    given = f"SELECT '{counted.axis}', {key}, {_SIGN[row]} WHERE {fits}"
    return f"INSERT INTO kept_mark (axis, key, n) {given};"


def _mark(sentence: str, more: str) -> str:
    given = f"SELECT {sentence} WHERE {sentence} IS NOT NULL{more}"
    return f"INSERT INTO kept_mark (sentence_id) {given};"


_COLUMNS = {table: one.columns for table, one in COUNTED.items()}
_COLUMNS |= {table: one.columns for table, one in WATCHED.items()}

_MARKS = Marks("kept_mark_of_", _COLUMNS, _body)
