"""Format needs are sealed; a task about an unsent alert or a moved date names its referral.

A posted letter names the duty that posting it met: every one until now was a first letter.

What a victim needs to read a letter is a fact of health. Each row is blanked before its column
goes, so that no database file keeps the words behind it.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from vcs.errors import NotSetUp
from vcs.migrations.words import add_words, drop_words
from vcs.sealing import Sealer

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OLD, NEW = "format_needs", "format_needs_sealed"
TABLES = (("victim", False), ("former_details", True))
NO_KEYS = (
    "The sealing keys are missing and this database holds what must be sealed: set the "
    "VCS_SEALING_KEYS it was sealed with, or put the file keys/sealing.keys back into VCS_DATA_DIR."
)


# Keys as they were made until now; from here on nothing is read from them.
ABOUT_ALERTS = """
UPDATE task SET referral_id = (
  SELECT deadline.referral_id FROM alert JOIN deadline ON deadline.id = alert.deadline_id
  WHERE 'alert_not_sent:' || alert.key = task.key)
WHERE kind = 'alert_not_sent'
"""
ABOUT_DATES = """
UPDATE task SET topic = 'deadline_earlier'
WHERE kind = 'question' AND substr(key, 1, 17) = 'deadline_earlier:'
"""
ADDED = "deadline_earlier"


def upgrade() -> None:
    op.add_column("posted_letter", sa.Column("duty", sa.String(), nullable=True))
    op.execute("UPDATE posted_letter SET duty = 'first-contact'")
    add_words("task", "topic", [ADDED])
    for words in (ABOUT_ALERTS, ABOUT_DATES):
        op.execute(sa.text(words.replace(":", "\\:")))
    for name, is_nullable in TABLES:
        op.add_column(name, sa.Column(NEW, sa.LargeBinary(), nullable=True))
        _convert(name, OLD, NEW, lambda words: _sealer().seal_text(words))
        op.execute(sa.text(f"UPDATE {name} SET {OLD} = ''"))  # noqa: S608 - our own names
        with op.batch_alter_table(name) as table:
            table.drop_column(OLD)
            if not is_nullable:
                table.alter_column(NEW, existing_type=sa.LargeBinary(), nullable=False)


def downgrade() -> None:
    op.drop_column("posted_letter", "duty")
    op.execute(sa.text(f"UPDATE task SET topic = NULL WHERE topic = '{ADDED}'"))  # noqa: S608
    drop_words("task", "topic", [ADDED])
    for name, is_nullable in TABLES:
        op.add_column(name, sa.Column(OLD, sa.String(), nullable=True))
        _convert(name, NEW, OLD, lambda value: _sealer().open_text(value))
        with op.batch_alter_table(name) as table:
            table.drop_column(NEW)
            if not is_nullable:
                table.alter_column(OLD, existing_type=sa.String(), nullable=False)


def _convert(name: str, source: str, target: str, convert: Callable[[Any], Any]) -> None:
    """Fill one column from another. A row that holds nothing in the first keeps nothing."""
    found = sa.table(name, sa.column("id"), sa.column(source), sa.column(target, _TYPES[target]))
    bind = op.get_bind()
    for row_id, value in bind.execute(sa.select(found.c.id, found.c[source])).all():
        if value is not None:
            row = sa.update(found).where(found.c.id == row_id)
            bind.execute(row.values({target: convert(value)}))


_TYPES: dict[str, Any] = {OLD: sa.String(), NEW: sa.LargeBinary()}


def _sealer() -> Sealer:
    sealer: Sealer | None = context.config.attributes.get("sealer")
    if sealer is None:
        raise NotSetUp(NO_KEYS)
    return sealer
