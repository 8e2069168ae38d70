"""An answer about a line of a list can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_answer_taken_back",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["list_answer.id"], name=op.f("fk_list_answer_taken_back_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["account.id"], name=op.f("fk_list_answer_taken_back_taken_back_by")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_list_answer_taken_back")),
    )


def downgrade() -> None:
    op.drop_table("list_answer_taken_back")
