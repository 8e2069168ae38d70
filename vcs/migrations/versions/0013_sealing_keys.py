"""Which sealing keys belong to the database; tasks about values that do not open, and calendars.

The canary of each key is written by ``vcs.keys.canary``, in the same transaction.
"""

import re

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
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
    _task_kinds([*_kinds(), *ADDED])


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind IN ('cannot_open', 'calendar')")
    _task_kinds([kind for kind in _kinds() if kind not in ADDED])
    op.drop_table("sealing_key")


def _kinds() -> list[str]:
    """Return the task kinds that the database allows now."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    (rule,) = (one["sqltext"] for one in checks if one["name"] == "ck_task_kind")
    return re.findall(r"'(\w+)'", rule)


def _task_kinds(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(op.f("ck_task_kind"), f"kind IN ({listed})")
