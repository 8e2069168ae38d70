"""A burst of custody events is held, and a person asked."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

TASKS = ["custody_burst"]
ENDS = ["held"]


def upgrade() -> None:
    add_words("task", "kind", TASKS)
    add_words("custody_fact", "ends_as", ENDS)


def downgrade() -> None:
    # What was held is settled as if it had never been.
    op.execute("UPDATE custody_fact SET ends_as = 'waiting', task_id = NULL WHERE ends_as = 'held'")
    op.execute("DELETE FROM task WHERE kind = 'custody_burst'")
    drop_words("custody_fact", "ends_as", ENDS)
    drop_words("task", "kind", TASKS)
