"""Print batches, who records that letters left, and letters that GOV.UK Notify prints."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_words("task", "kind", ["letter_not_sent"])
    with op.batch_alter_table("posted_letter") as altered:
        altered.alter_column("recorded_by", existing_type=sa.Integer(), nullable=True)
        altered.add_column(sa.Column("recorded_as", sa.String(), nullable=True))
    _batches()
    _notify()


def _batches() -> None:
    op.create_table(
        "print_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("open_for", sa.String(), nullable=True),
        sa.Column("begun_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("filled_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("made_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_batch")),
        sa.UniqueConstraint("reference", name=op.f("uq_print_batch_reference")),
        sa.UniqueConstraint("open_for", name=op.f("uq_print_batch_open_for")),
    )
    op.create_table(
        "batch_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("held_letter_id", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("taken_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("pulled_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("pulled_reason", sa.String(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["print_batch.id"], name=op.f("fk_batch_letter_batch_id_print_batch")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_batch_letter_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["held_letter_id"], ["letter.id"], name=op.f("fk_batch_letter_held_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_letter")),
        sa.UniqueConstraint("held_letter_id", name=op.f("uq_batch_letter_held_letter_id")),
    )
    op.create_index("ix_batch_letter_batch_id", "batch_letter", ["batch_id"])
    op.create_index("ix_batch_letter_letter_id", "batch_letter", ["letter_id"])


def _notify() -> None:
    op.create_table(
        "notify_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("notify_id", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("asked_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("told_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("failed_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'accepted', 'left', 'stopped', 'failed', 'unknown')",
            name=op.f("ck_notify_letter_status"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_notify_letter_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notify_letter")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_notify_letter_letter_id")),
        sa.UniqueConstraint("notify_id", name=op.f("uq_notify_letter_notify_id")),
    )


def downgrade() -> None:
    op.drop_table("notify_letter")
    op.drop_table("batch_letter")
    op.drop_table("print_batch")
    op.execute("DELETE FROM posted_letter WHERE recorded_by IS NULL")
    with op.batch_alter_table("posted_letter") as altered:
        altered.drop_column("recorded_as")
        altered.alter_column("recorded_by", existing_type=sa.Integer(), nullable=False)
    op.execute("DELETE FROM task WHERE kind = 'letter_not_sent'")
    drop_words("task", "kind", ["letter_not_sent"])
