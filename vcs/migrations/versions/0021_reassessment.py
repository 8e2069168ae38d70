"""How far the past is decided again, and what was found late: its own clock, beside the law's."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("found_late", "one_look")
DEALT_WITH = "UPDATE task SET kind = 'question' WHERE kind IN ('found_late', 'one_look')"


def upgrade() -> None:
    op.create_table(
        "reassessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("finished_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('messages', 'facts', 'done')", name=op.f("ck_reassessment_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassessment")),
        sa.UniqueConstraint("law", name=op.f("uq_reassessment_law")),
    )
    op.add_column("referral", sa.Column("found_late_on", sa.Date(), nullable=True))
    op.create_index("ix_referral_found_late_on", "referral", ["found_late_on"])
    op.add_column("deadline", sa.Column("lawful_due_on", sa.Date(), nullable=True))
    add_words("task", "kind", KINDS)


def downgrade() -> None:
    op.execute(DEALT_WITH)
    drop_words("task", "kind", KINDS)
    op.drop_column("deadline", "lawful_due_on")
    op.drop_index("ix_referral_found_late_on", "referral")
    op.drop_column("referral", "found_late_on")
    op.drop_table("reassessment")
