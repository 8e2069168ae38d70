"""Which sealing keys belong to the database; tasks about values that do not open, and calendars.

The canary of each key is written by ``vcs.keys.canary``, in the same transaction.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.records import TaskKind

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

ADDED = ("cannot_open", "calendar")


def upgrade() -> None:
    op.create_table(
        "sealing_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("canary", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("retired_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sealing_key")),
    )
    _task_kinds(tuple(TaskKind))


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind IN ('cannot_open', 'calendar')")
    _task_kinds(tuple(kind for kind in TaskKind if kind not in ADDED))
    op.drop_table("sealing_key")


def _task_kinds(kinds: tuple[str, ...]) -> None:
    """Allow these kinds. They are the program's own: a later migration may only add to them."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(op.f("ck_task_kind"), f"kind IN ({listed})")
