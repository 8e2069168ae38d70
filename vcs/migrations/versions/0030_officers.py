"""When officers are away, and who answers for their referrals meanwhile."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0030"
down_revision = "0026"
branch_labels = None
depends_on = None

TOPICS = ("cover_needed",)


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_absence_days")),
        sa.CheckConstraint("cover_id <> account_id", name=op.f("ck_absence_another")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_absence_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["account.id"], name=op.f("fk_absence_cover_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_absence_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_account_id", "absence", ["account_id"])
    op.create_index("ix_absence_last_on", "absence", ["last_on"])
    add_words("task", "topic", TOPICS)


def downgrade() -> None:
    op.execute("UPDATE task SET topic = NULL WHERE topic = 'cover_needed'")
    drop_words("task", "topic", TOPICS)
    op.drop_table("absence")
