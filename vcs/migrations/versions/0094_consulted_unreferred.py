"""A unit learns that a decision is near where nobody was referred yet."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

TASKS = ["consulted_unreferred"]


def upgrade() -> None:
    add_words("task", "kind", TASKS)


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind = 'consulted_unreferred'")
    drop_words("task", "kind", TASKS)
