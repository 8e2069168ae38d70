"""Bring the schema up to date, and say where it differs from what the program needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from vcs import clock
from vcs import marking as rows
from vcs.clocks.marks import CLOCK_MARKS
from vcs.database import Database, busy_when_stuck, connect
from vcs.errors import NotSetUp
from vcs.keys import purpose
from vcs.keys.given import adopt, sealer_of
from vcs.ledger.kept.marks import marking
from vcs.migrations.tables import METADATA
from vcs.settings import Settings

NOT_SET_UP = "The database has not been set up. Run: vcs migrate"

_MIGRATIONS = Path(__file__).parent

_MIGRATION_LOCK = 0x76637301


def migrate(settings: Settings) -> None:
    """Bring the schema up to date: all of it, or nothing. Safe to repeat and to run twice at once.

    Raises NotSetUp for a database that a newer program has been at, or that has other keys.
    """
    purpose.require_folder(settings)
    db = connect(settings)
    try:
        migrating = db.engine.execution_options(vcs_begin="migrate")
        with busy_when_stuck(), migrating.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            _refuse_unknown(_revision(connection))
            purpose.require(connection, settings)
            config = _config()
            config.attributes["connection"] = connection
            config.attributes["sealer"] = sealer_of(settings)
            command.upgrade(config, "head")
            _refuse_lost_references(connection)
            now = clock.now()
            purpose.claim(connection, settings, now)
            adopt(connection, settings, now)
    finally:
        db.close()


def schema_problems(db: Database) -> list[str]:
    """Say in plain sentences where the schema differs from what this program needs."""
    # Looked at as a reader: whoever holds the database for writing does not stand in the way.
    with busy_when_stuck(), db.reader.connect() as connection:
        held = _revision(connection)
        if held is None:
            return [NOT_SET_UP]
        if not _is_known(held):
            return [_unknown(held)]
        head = _scripts().get_current_head()
        if held != head:
            needed = f"The database is at revision {held} and this program needs {head}"
            return [f"{needed}. Run: vcs migrate"]
        # A table that is missing is named once, and not with every rule that went with it.
        return _differences(connection) or _missing_checks(connection) or _unmarked(connection)


def require_current(db: Database) -> None:
    """Raise NotSetUp unless the schema is exactly the one this program needs."""
    problems = schema_problems(db)
    if problems:
        raise NotSetUp(" ".join(problems))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(revision: str | None) -> None:
    if revision is not None and not _is_known(revision):
        raise NotSetUp(_unknown(revision))


def _is_known(revision: str) -> bool:
    return revision in {one.revision for one in _scripts().walk_revisions()}


@cache
def _scripts() -> ScriptDirectory:
    """Return the migrations, which take long to read and are the program's own."""
    return ScriptDirectory.from_config(_config())


def _unknown(revision: str) -> str:
    return (
        f"The database is at revision {revision}, which this program does not know: use the "
        "program that made it, or a newer one."
    )


def _refuse_lost_references(connection: Connection) -> None:
    """Undo a migration of SQLite after which a row would name another one that is not there."""
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise NotSetUp("The migration was undone: rows would have lost what they refer to.")


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[Any] = compare_metadata(context, METADATA)
    return [f"The schema differs from the program: {_named(one)}." for one in found]


def _named(difference: Any) -> str:
    if isinstance(difference, list):
        return "; ".join(_named(one) for one in difference)
    what = [str(getattr(part, "name", part)) for part in difference[1:] if part is not None]
    return f"{str(difference[0]).replace('_', ' ')} {' '.join(what)}"


def _unmarked(connection: Connection) -> list[str]:
    """Say where the database does not mark changes, by which the kept counts stay true."""
    problems = [] if marking(connection) else ["The database does not mark changes for the counts."]
    if not rows.is_marking(connection, CLOCK_MARKS):
        problems.append("The database does not mark changes for the clocks.")
    return [f"{one} Run: vcs migrate" for one in problems]


def _missing_checks(connection: Connection) -> list[str]:
    inspector = inspect(connection)
    problems: list[str] = []
    for table in METADATA.sorted_tables:
        held = {check["name"] for check in inspector.get_check_constraints(table.name)}
        rules = (rule for rule in table.constraints if isinstance(rule, CheckConstraint))
        named = {
            f"ck_{table.name}_{str(rule.name).removeprefix(f'ck_{table.name}_')}" for rule in rules
        }
        problems += [f"The rule {name} is missing from the database." for name in named - held]
    return sorted(problems)
