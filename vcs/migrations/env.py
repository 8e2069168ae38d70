"""How a migration runs: on the connection, and in the transaction, that it is given.

A migration makes tables anew, so the database marks no changes meanwhile; what is kept of them is
worked out again once the newest version is reached.
"""

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlmodel import Session

from vcs import marking as rows
from vcs.clocks import fold
from vcs.clocks.marks import CLOCK_MARKS
from vcs.ledger.kept.marks import marking, start_marking, stop_marking
from vcs.ledger.kept.recount import keep_all
from vcs.migrations.tables import METADATA


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _run(connection: Connection) -> None:
    was = _revision(connection)
    newest = context.get_head_revision()
    is_marking = marking(connection) and rows.is_marking(connection, CLOCK_MARKS)
    if was == newest == context.get_revision_argument() and is_marking:
        return
    stop_marking(connection)
    rows.stop(connection, CLOCK_MARKS)
    context.run_migrations()
    if _revision(connection) == newest:
        start_marking(connection)
        rows.start(connection, CLOCK_MARKS)
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            keep_all(session)
            fold.mark_all(session)
            session.commit()


connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)

with context.begin_transaction():
    _run(connection)
