"""Whom an approved letter names, and why needs are asked about again.

The first is kept as a mark that is compared with who answers today. Letters approved before have none: the next sweep compares their words, and keeps the mark.
"""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TOPICS = ("safety_changed", "recalled", "review", "before_release", "new_offence", "is_18")


def upgrade() -> None:
    op.add_column("letter", sa.Column("signatory", sa.String(), nullable=True))
    op.create_index("ix_letter_status", "letter", ["status"])
    add_words("task", "topic", TOPICS)


def downgrade() -> None:
    topics = ", ".join(f"'{topic}'" for topic in TOPICS)
    op.execute(f"UPDATE task SET topic = NULL WHERE topic IN ({topics})")  # noqa: S608  # ours
    drop_words("task", "topic", TOPICS)
    op.drop_index("ix_letter_status", "letter")
    with op.batch_alter_table("letter") as table:
        table.drop_column("signatory")
