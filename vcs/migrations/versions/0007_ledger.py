"""Alerts that are about no deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.alter_column("deadline_id", existing_type=sa.Integer(), nullable=True)
        alert.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        alert.add_column(sa.Column("told", sa.String(), nullable=False, server_default="{}"))
        alert.create_check_constraint(
            op.f("ck_alert_about"), "deadline_id IS NOT NULL OR subject <> ''"
        )


def downgrade() -> None:
    op.execute("DELETE FROM alert WHERE deadline_id IS NULL")
    with op.batch_alter_table("alert") as alert:
        alert.drop_constraint(op.f("ck_alert_about"), type_="check")
        alert.drop_column("told")
        alert.drop_column("subject")
        alert.alter_column("deadline_id", existing_type=sa.Integer(), nullable=False)
