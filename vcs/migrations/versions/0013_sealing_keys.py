"""Which sealing keys belong to the database; tasks about values that do not open, and calendars.

The canary of each key is written by ``vcs.keys.canary``, in the same transaction.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ADDED = ("cannot_open", "calendar")


def upgrade() -> None:
    op.create_table(
        "sealing_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("canary", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sealing_key")),
    )
    add_words("task", "kind", ADDED)


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind IN ('cannot_open', 'calendar')")
    drop_words("task", "kind", ADDED)
    op.drop_table("sealing_key")
