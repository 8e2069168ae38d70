"""What a person said that a result code means, and the question about a code that no table holds."""

import re

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KIND = "result_code"
NO_LONGER_ASKED = f"UPDATE task SET kind = 'set_aside' WHERE kind = '{KIND}'"  # noqa: S608


def upgrade() -> None:
    op.create_table(
        "result_meaning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_result_meaning_answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_meaning")),
    )
    op.create_index("ix_result_meaning_code", "result_meaning", ["code"])
    op.add_column("task", sa.Column("result_code", sa.String(), nullable=True))
    _task_kinds([*_kinds(), KIND])


def _kinds() -> list[str]:
    """Return the task kinds the database allows now, whichever migrations came before this one."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    (rule,) = (one["sqltext"] for one in checks if one["name"] == "ck_task_kind")
    return re.findall(r"'(\w+)'", rule)


def _task_kinds(kinds: list[str]) -> None:
    """Nothing points at a task, so SQLite may build the table anew."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(op.f("ck_task_kind"), f"kind IN ({listed})")


def downgrade() -> None:
    op.execute(NO_LONGER_ASKED)
    _task_kinds([kind for kind in _kinds() if kind != KIND])
    op.drop_column("task", "result_code")
    op.drop_index("ix_result_meaning_code", "result_meaning")
    op.drop_table("result_meaning")
