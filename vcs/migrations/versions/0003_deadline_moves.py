"""What a deadline was before a bank holiday moved it, and the calendar each was counted by."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        # Empty sorts before every calendar: what is open is counted anew at the next sweep.
        table.add_column(sa.Column("calendar", sa.String(), nullable=False, server_default=""))
        table.create_index("ix_deadline_open_calendar", ["met_on", "missed_on", "calendar"])
    op.create_table(
        "deadline_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("became", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("moved_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_move_deadline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_move")),
        sa.UniqueConstraint(
            "deadline_id", "calendar", name=op.f("uq_deadline_move_deadline_id_calendar")
        ),
    )


def downgrade() -> None:
    op.drop_table("deadline_move")
    with op.batch_alter_table("deadline") as table:
        table.drop_index("ix_deadline_open_calendar")
        table.drop_column("calendar")
