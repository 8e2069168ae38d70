"""What a victim needs to read a letter is a fact of health: it is sealed.

Each row is blanked before its column goes, so that no database file keeps the words behind it.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

from vcs.errors import NotSetUp
from vcs.sealing import Sealer

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None

OLD, NEW = "format_needs", "format_needs_sealed"
TABLES = (("victim", False), ("former_details", True))
NO_KEYS = (
    "The sealing keys are missing and this database holds what must be sealed: set the "
    "VCS_SEALING_KEYS it was sealed with, or put the file keys/sealing.keys back into VCS_DATA_DIR."
)


def upgrade() -> None:
    for name, is_nullable in TABLES:
        op.add_column(name, sa.Column(NEW, sa.LargeBinary(), nullable=True))
        _convert(name, OLD, NEW, lambda words: _sealer().seal_text(words))
        op.execute(sa.text(f"UPDATE {name} SET {OLD} = ''"))  # noqa: S608 - our own names
        with op.batch_alter_table(name) as table:
            table.drop_column(OLD)
            if not is_nullable:
                table.alter_column(NEW, existing_type=sa.LargeBinary(), nullable=False)


def downgrade() -> None:
    for name, is_nullable in TABLES:
        op.add_column(name, sa.Column(OLD, sa.String(), nullable=True))
        _convert(name, NEW, OLD, lambda value: _sealer().open_text(value))
        with op.batch_alter_table(name) as table:
            table.drop_column(NEW)
            if not is_nullable:
                table.alter_column(OLD, existing_type=sa.String(), nullable=False)


def _convert(name: str, source: str, target: str, convert: Callable) -> None:
    """Fill one column from another. A row that holds nothing in the first keeps nothing."""
    found = sa.table(name, sa.column("id"), sa.column(source), sa.column(target, _TYPES[target]))
    bind = op.get_bind()
    for row_id, value in bind.execute(sa.select(found.c.id, found.c[source])).all():
        if value is not None:
            row = sa.update(found).where(found.c.id == row_id)
            bind.execute(row.values({target: convert(value)}))


_TYPES = {OLD: sa.String(), NEW: sa.LargeBinary()}


def _sealer() -> Sealer:
    sealer = context.config.attributes.get("sealer")
    if sealer is None:
        raise NotSetUp(NO_KEYS)
    return sealer
