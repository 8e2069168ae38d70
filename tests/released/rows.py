"""Write every row of a database as text, and put such rows into another database.

Knows no tables of ours: it reads the schema from the database, whichever version made it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select, text

REVISIONS = "alembic_version"
BYTES = "base64:"
"""What text begins with that is bytes: the rest is base64."""
Row = dict[str, Any]
"""A row as plain values: days and moments as ISO text (moments in UTC), bytes as :data:`BYTES`."""


@dataclass(slots=True)
class Held:
    """The rows of one table, and the columns of its primary key."""

    key: list[str]
    rows: list[Row] = field(default_factory=list)


Tables = dict[str, Held]


def held(engine: Engine) -> Tables:
    """Return every row of every table, in order of its primary key."""
    with engine.connect() as connection:
        return {table.name: _held(connection, table) for table in _tables(connection)}


def put(engine: Engine, tables: Tables) -> None:
    """Insert rows into the empty tables of the version that they were read from."""
    with engine.begin() as connection:
        for table in _tables(connection):
            if table.name in tables and tables[table.name].rows:
                rows = [_from_plain(table, row) for row in tables[table.name].rows]
                connection.execute(table.insert(), rows)
            if connection.dialect.name == "postgresql":
                _go_on_counting(connection, table)


def to_lines(tables: Tables) -> Iterator[str]:
    """Yield JSON, a line for each: a table with its columns, then the values of each row."""
    for name, table in sorted(tables.items()):
        columns = list(table.rows[0]) if table.rows else []
        yield _line({"table": name, "key": table.key, "columns": columns})
        for row in table.rows:
            yield _line([row[column] for column in columns])


def from_lines(lines: Iterable[str]) -> Tables:
    """Read rows that :func:`to_lines` wrote."""
    tables: Tables = {}
    table, columns = Held([]), list[str]()
    for line in lines:
        read = json.loads(line)
        if isinstance(read, dict):
            table, columns = Held(read["key"]), read["columns"]
            tables[read["table"]] = table
        else:
            table.rows.append(dict(zip(columns, read, strict=True)))
    return tables


def bytes_of(value: str) -> bytes:
    """Return the bytes that a plain value holds."""
    return base64.b64decode(value.removeprefix(BYTES))


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tables(connection: Connection) -> list[Table]:
    """Return the tables, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != REVISIONS]


def _held(connection: Connection, table: Table) -> Held:
    key = list(table.primary_key.columns)
    found = connection.execute(select(table).order_by(*key)).mappings()
    plain = [{name: _to_plain(value) for name, value in row.items()} for row in found]
    return Held([column.name for column in key], plain)


def _to_plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # SQLite keeps moments without a zone, all of them in UTC.
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return BYTES + base64.b64encode(value).decode("ascii")
    return value


_READERS: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: bytes_of,
}


def _from_plain(table: Table, row: Row) -> Row:
    return {name: _read(table.columns[name].type.python_type, row[name]) for name in row}


def _read(kind: type, value: Any) -> Any:
    reader = _READERS.get(kind)
    return value if value is None or reader is None else reader(value)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Move a table's counter past the ids that were put in, which PostgreSQL does not do itself."""
    for column in inspect(connection).get_columns(table.name):
        if "nextval" in str(column["default"]):
            name = column["name"]
            counter = f"pg_get_serial_sequence('{table.name}', '{name}')"
            last = f'SELECT max("{name}") FROM "{table.name}"'  # noqa: S608 - our own names
            connection.execute(text(f"SELECT setval({counter}, ({last}))"))
