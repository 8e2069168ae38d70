"""Open deadlines and clocks are counted by day as they change; lists are led to by their indexes.

``env.py`` counts everything again once this has run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

_OPEN = sa.text("done_at IS NULL")

_TOLD = sa.text(
    "met_on IS NULL AND stopped_on IS NULL AND duty NOT IN ('back-stop-alert', 'back-stop-breach')"
)

_PLACES = {"region": "region_code", "officer": "officer_id"}

_ENDS = {"met": "met_on", "stopped": "stopped_on"}


def upgrade() -> None:
    op.execute("DELETE FROM kept_mark")
    with op.batch_alter_table("kept_mark") as table:
        table.drop_column("message_status")
        table.add_column(sa.Column("axis", sa.String(), nullable=True))
        table.add_column(sa.Column("key", sa.String(), nullable=True))
    op.create_index(
        "ix_task_open_kind",
        "task",
        ["kind", "opened_on"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    for name, column in _PLACES.items():
        op.create_index(
            f"ix_clock_told_{name}",
            "clock",
            [column, "owed_by", "due_on", "id"],
            sqlite_where=_TOLD,
            postgresql_where=_TOLD,
        )
    for name, column in _ENDS.items():
        ended = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_clock_{column}", "clock")
        op.create_index(
            f"ix_clock_{name}", "clock", [column], sqlite_where=ended, postgresql_where=ended
        )


def downgrade() -> None:
    for name, column in _ENDS.items():
        op.drop_index(f"ix_clock_{name}", "clock")
        op.create_index(f"ix_clock_{column}", "clock", [column])
    for name in _PLACES:
        op.drop_index(f"ix_clock_told_{name}", "clock")
    op.drop_index("ix_task_open_kind", "task")
    op.execute("DELETE FROM kept_mark")
    op.execute("DELETE FROM kept_count WHERE axis IN ('deadline', 'clock')")
    with op.batch_alter_table("kept_mark") as table:
        table.drop_column("axis")
        table.drop_column("key")
        table.add_column(sa.Column("message_status", sa.String(), nullable=True))
