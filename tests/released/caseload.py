"""The caseload of the released version: put into a database, and read back to be compared."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command

from tests.released import rows
from tests.released.rows import BYTES, Held, Tables, bytes_of
from vcs import clock
from vcs.access.actors import Actor
from vcs.database import Database, connect
from vcs.errors import NotSetUp
from vcs.ledger.dump.state_dump import state
from vcs.ledger.figures.parts import Cell
from vcs.ledger.figures.rows import LedgerRow, ledger_rows
from vcs.ledger.integrity.proof import prove
from vcs.migrations.upgrade import _config
from vcs.paging import Slice
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.terms import Role

REVISION = "0009"

"""The schema that the released version left behind."""

ROW = "row"

"""Under what name a compared row carries its primary key."""

UNOPENED = "sealed, and the keys do not open it"

Plain = dict[str, Any]

_HERE = Path(__file__).resolve().parent

_EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)


def with_its_keys(settings: Settings) -> Settings:
    """Return a test's settings with the keys that the caseload was sealed with."""
    keys = json.loads((_HERE / "keys.json").read_text(encoding="ascii"))
    del keys["note"]
    return settings.model_copy(update=keys)


def put_into(settings: Settings) -> None:
    """Fill a blank database with what the released version left behind."""
    db = connect(settings)
    migrating = db.engine.execution_options(vcs_begin="migrate")
    with migrating.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)
    # A connection that migrated does not check references; one that fills the tables must.
    db.engine.dispose()
    rows.put(db.engine, _caseload())
    db.close()


def before(settings: Settings) -> Plain:
    """Return what the released version reported of its caseload, and every row."""
    said: Plain = json.loads((_HERE / "said.json").read_text(encoding="utf-8"))
    reported = {name: said[name] for name in ("counts", "problems", "states", "state")}
    return reported | {"rows": _compared(_caseload(), settings)}


def after(settings: Settings) -> Plain:
    """Return what today's program reports of the same database, and every row."""
    db = connect(settings)
    reported = _reported(db, Sealer(settings.sealing_keys))
    tables = rows.held(db.engine)
    db.close()
    return reported | {"rows": _compared(tables, settings)}


def unopened(settings: Settings) -> dict[str, int]:
    """Count the sealed values of each column that the keys do not open, in tables old and new."""
    db, sealer = connect(settings), Sealer(settings.sealing_keys)
    tables = rows.held(db.engine)
    db.close()
    return Counter(
        f"{name}.{column}"
        for name, table in tables.items()
        for row in table.rows
        for column, value in row.items()
        if _open(value, sealer) == UNOPENED
    )


@cache
def _caseload() -> Tables:
    with (_HERE / "caseload.jsonl").open(encoding="utf-8") as lines:
        return rows.from_lines(lines)


def _reported(db: Database, sealer: Sealer) -> Plain:
    with db.reading() as session:
        proof = prove(session, sealer, clock.now())
        return {
            "counts": proof.counts,
            "problems": list(proof.problems),
            "states": {row.reference: str(row.state) for row in _ledger(db)},
            "state": state(session, sealer),
        }


def _ledger(db: Database) -> list[LedgerRow]:
    found: list[LedgerRow] = []
    with db.reading() as session:
        first = ledger_rows(session, _EVERYWHERE, Cell())
        for page in range(1, first.pages + 1):
            found += ledger_rows(session, _EVERYWHERE, Cell(), Slice(page)).rows
    return found


def _compared(tables: Tables, settings: Settings) -> Plain:
    """Return the rows of the tables that the released version had, each under its primary key.

    What is sealed is compared by what it says: sealing anew is no difference.
    """
    sealer = Sealer(settings.sealing_keys)
    tables = _where_they_were(tables)
    return {
        name: [_named(row, table.key, sealer) for row in tables.get(name, Held([])).rows]
        for name, table in _caseload().items()
    }


def _where_they_were(tables: Tables) -> Tables:
    """Return the tables with what moved to another one put back: see migration 0022."""
    if "person" not in tables:
        return tables
    people = {person["id"]: person for person in tables["person"].rows}
    victims = tables["victim"]
    rows = [people[row["person_id"]] | row for row in victims.rows]
    return tables | {"victim": Held(victims.key, rows)}


def _named(row: rows.Row, key: list[str], sealer: Sealer) -> Plain:
    name = "/".join(str(row.get(column)) for column in key)
    return {ROW: name} | {column: _open(value, sealer) for column, value in row.items()}


def _open(value: Any, sealer: Sealer) -> Any:
    if not _is_bytes(value):
        return value
    try:
        return f"sealed, sha256 {hashlib.sha256(sealer.open(bytes_of(value))).hexdigest()}"
    except NotSetUp:
        return UNOPENED


def _is_bytes(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(BYTES)
