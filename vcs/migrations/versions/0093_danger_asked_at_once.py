"""A question about an offender who may be out and should not be is told of at once."""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_words("task", "topic", ["danger"])


def downgrade() -> None:
    task = sa.table("task", sa.column("topic"))
    op.execute(task.update().where(task.c.topic == "danger").values(topic=None))
    drop_words("task", "topic", ["danger"])
