"""What victims answered about their needs, and what is done about each."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = ("needs_again",)
TOPICS = ("a_year_on", "moved")
WAYS = "'by phone', 'in person', 'by video call', 'by email', 'by text message', 'by letter'"


def upgrade() -> None:
    add_words("task", "kind", KINDS)
    add_words("task", "topic", TOPICS)
    _answers()
    _actions()


def _answers() -> None:
    op.create_table(
        "need_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("brought_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('nothing', 'said', 'declined', 'brought', 'confirmed')",
            name=op.f("ck_need_answer_answer"),
        ),
        sa.CheckConstraint(f"how IN ({WAYS})", name=op.f("ck_need_answer_how")),
        sa.CheckConstraint(
            "(answer IN ('brought', 'confirmed')) = (brought_on IS NOT NULL)",
            name=op.f("ck_need_answer_brought"),
        ),
        sa.CheckConstraint(
            "(answer = 'confirmed') = (confirmed_on IS NOT NULL)",
            name=op.f("ck_need_answer_confirmed"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_need_answer_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_need_answer_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_answer")),
    )
    op.create_index("ix_need_answer_victim_item", "need_answer", ["victim_id", "item"])


def _actions() -> None:
    op.create_table(
        "need_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('done', 'in_part', 'could_not', 'not_wanted', 'lapsed')",
            name=op.f("ck_need_action_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)", name=op.f("ck_need_action_closed")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_need_action_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["account.id"], name=op.f("fk_need_action_owner_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_need_action_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_need_action_closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_action")),
        sa.UniqueConstraint("reference", name=op.f("uq_need_action_reference")),
    )
    op.create_index("ix_need_action_victim_id", "need_action", ["victim_id"])
    op.create_index(
        "ix_need_action_owner", "need_action", ["owner_account_id", "outcome", "due_on"]
    )


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind = 'needs_again'")
    drop_words("task", "topic", TOPICS)
    drop_words("task", "kind", KINDS)
    op.drop_table("need_action")
    op.drop_table("need_answer")
