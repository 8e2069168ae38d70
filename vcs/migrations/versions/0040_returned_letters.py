"""Letters that came back, and what waits because of them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

REASONS = (
    "'gone_away', 'not_known', 'no_such_address', 'incomplete', 'not_collected', 'refused', "
    "'deceased', 'not_said'"
)


def upgrade() -> None:
    add_words("task", "kind", ["letter_returned"])
    add_words("task", "topic", ["same_address"])
    add_words("letter_decision", "question", ["returned"])
    op.add_column("posted_letter", sa.Column("came_back_on", sa.Date(), nullable=True))
    op.create_table(
        "returned_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("came_back_on", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_returned_letter_reason")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_returned_letter_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_returned_letter_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_letter")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_returned_letter_letter_id")),
    )
    op.create_index("ix_returned_letter_victim_id", "returned_letter", ["victim_id"])


def downgrade() -> None:
    op.drop_table("returned_letter")
    with op.batch_alter_table("posted_letter") as altered:
        altered.drop_column("came_back_on")
    op.execute("DELETE FROM letter_decision WHERE question = 'returned'")
    op.execute("DELETE FROM task WHERE kind = 'letter_returned'")
    drop_words("letter_decision", "question", ["returned"])
    drop_words("task", "topic", ["same_address"])
    drop_words("task", "kind", ["letter_returned"])
