"""Open actions about needs, and each officer's referrals, have an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_OPEN = sa.text("outcome IS NULL")

_HAS_OFFICER = sa.text("vlo_account_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_need_action_open",
        "need_action",
        ["due_on"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_referral_officer",
        "referral",
        ["vlo_account_id", "status"],
        sqlite_where=_HAS_OFFICER,
        postgresql_where=_HAS_OFFICER,
    )


def downgrade() -> None:
    op.drop_index("ix_referral_officer", "referral")
    op.drop_index("ix_need_action_open", "need_action")
