"""What a manager found about a victim's address that may be one of the court's."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "finding IN ('another_place', 'same_and_safe', 'same_not_safe')",
            name=op.f("ck_address_answer_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_address_answer_victim_id_victim")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_address_answer_task_id_task")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_address_answer_answered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_answer")),
        sa.UniqueConstraint("task_id", name=op.f("uq_address_answer_task_id")),
    )
    op.create_index("ix_address_answer_victim_id", "address_answer", ["victim_id"])


def downgrade() -> None:
    op.drop_table("address_answer")
