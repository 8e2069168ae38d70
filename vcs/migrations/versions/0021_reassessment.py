"""How far the past is decided again, and what was found late: its own clock, beside the law's."""

import re

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("found_late", "one_look")
DEALT_WITH = "UPDATE task SET kind = 'question' WHERE kind IN ('found_late', 'one_look')"


def upgrade() -> None:
    op.create_table(
        "reassessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("finished_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('messages', 'facts', 'done')", name=op.f("ck_reassessment_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reassessment")),
        sa.UniqueConstraint("law", name=op.f("uq_reassessment_law")),
    )
    op.add_column("referral", sa.Column("found_late_on", sa.Date(), nullable=True))
    op.create_index("ix_referral_found_late_on", "referral", ["found_late_on"])
    op.add_column("deadline", sa.Column("lawful_due_on", sa.Date(), nullable=True))
    _task_kinds([*_kinds(), *KINDS])


def _kinds() -> list[str]:
    """Return the task kinds the database allows now, whichever migrations came before this one."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    (rule,) = (one["sqltext"] for one in checks if one["name"] == "ck_task_kind")
    return re.findall(r"'(\w+)'", rule)


def _task_kinds(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(op.f("ck_task_kind"), f"kind IN ({listed})")


def downgrade() -> None:
    op.execute(DEALT_WITH)
    _task_kinds([kind for kind in _kinds() if kind not in KINDS])
    op.drop_column("deadline", "lawful_due_on")
    op.drop_index("ix_referral_found_late_on", "referral")
    op.drop_column("referral", "found_late_on")
    op.drop_table("reassessment")
