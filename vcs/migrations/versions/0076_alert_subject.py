"""What was told at once about something is found by what it is about."""

from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_alert_subject", "alert", ["subject"])


def downgrade() -> None:
    op.drop_index("ix_alert_subject", "alert")
