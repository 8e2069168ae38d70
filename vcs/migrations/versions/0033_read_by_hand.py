"""What people read in court messages that the program could not read."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_TO = {"message_id": "court_message", "entry_id": "court_message", "entered_by": "account"}


def upgrade() -> None:
    op.create_table(
        "read_by_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_read_by_hand_{column}_{table}")
            )
            for column, table in _TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_by_hand")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_read_by_hand_entry_id")),
    )
    op.create_index("ix_read_by_hand_message_id", "read_by_hand", ["message_id"])


def downgrade() -> None:
    op.drop_table("read_by_hand")
