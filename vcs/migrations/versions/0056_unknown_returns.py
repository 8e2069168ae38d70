"""Letters that came back under a reference that no letter has."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_TASKS = ("returned_unknown",)


def upgrade() -> None:
    add_words("task", "kind", _TASKS)
    op.create_table(
        "unknown_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("came_back_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unknown_return")),
        sa.UniqueConstraint("reference", name=op.f("uq_unknown_return_reference")),
    )
    op.create_index(op.f("ix_unknown_return_came_back_on"), "unknown_return", ["came_back_on"])


def downgrade() -> None:
    op.drop_table("unknown_return")
    op.execute("DELETE FROM task WHERE kind = 'returned_unknown'")
    drop_words("task", "kind", _TASKS)
