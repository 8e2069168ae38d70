"""Indexes for the first page: what is missing by place, and the first open day of a referral."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_OPEN = sa.text("met_on IS NULL AND lifted_on IS NULL")


def upgrade() -> None:
    op.drop_index("ix_referral_status_basis", "referral")
    columns = ["status", "basis", "region_code", "police_area"]
    op.create_index("ix_referral_status_basis", "referral", columns)
    op.create_index(
        "ix_deadline_next_due",
        "deadline",
        ["referral_id", "due_on"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_deadline_next_due", "deadline")
    op.drop_index("ix_referral_status_basis", "referral")
    op.create_index("ix_referral_status_basis", "referral", ["status", "basis"])
