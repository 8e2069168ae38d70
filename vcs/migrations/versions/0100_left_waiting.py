"""What a victim asked for, or was promised, and nobody saw to."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

KINDS = ["left_waiting"]


def upgrade() -> None:
    add_words("task", "kind", KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind = 'left_waiting'")
    drop_words("task", "kind", KINDS)
