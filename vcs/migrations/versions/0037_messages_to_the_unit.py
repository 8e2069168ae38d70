"""What witness care's people send the unit, and drafts that are kept for longer."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KINDS = ("witness_care_asks",)
TOPICS = ("not_ours", "already_sent", "said", "correction", "withdrawal")
_KINDS = "'not_ours', 'already_sent', 'said', 'correction', 'withdrawal'"
_DECISIONS = "'applied', 'accepted', 'refused', 'more', 'taken_back'"


def upgrade() -> None:
    add_words("task", "kind", KINDS)
    add_words("task", "topic", TOPICS)
    op.create_table(
        "unit_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("victim_reference", sa.String(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_unit_message_kind")),
        sa.CheckConstraint(f"decision IN ({_DECISIONS})", name=op.f("ck_unit_message_decision")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_unit_message_decided")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_unit_message_referral_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_unit_message_task_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_unit_message_sent_by")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_unit_message_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_message")),
        sa.UniqueConstraint("reference", name=op.f("uq_unit_message_reference")),
    )
    op.create_index("ix_unit_message_referral_id", "unit_message", ["referral_id"])
    op.create_index("ix_unit_message_task_id", "unit_message", ["task_id"])
    op.add_column(
        "kept_form", sa.Column("is_draft", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_index("ix_unit_message_task_id", "unit_message")
    op.drop_index("ix_unit_message_referral_id", "unit_message")
    op.drop_table("unit_message")
    task = sa.table("task", sa.column("topic"))
    op.execute(task.update().where(task.c.topic.in_(TOPICS)).values(topic=None))
    op.execute("UPDATE task SET kind = 'witness_care_says' WHERE kind = 'witness_care_asks'")
    drop_words("task", "topic", TOPICS)
    drop_words("task", "kind", KINDS)
    op.execute("DELETE FROM kept_form WHERE is_draft")
    op.drop_column("kept_form", "is_draft")
