"""What was lifted, ended or opened lately is found by its day, and what is owed to a victim by them."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_LIFTED = sa.text("lifted_on IS NOT NULL")

_OWED = sa.text("met_on IS NULL AND lifted_on IS NULL")

_OF_A_VICTIM = sa.text("victim_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_deadline_lifted",
        "deadline",
        ["lifted_on"],
        sqlite_where=_LIFTED,
        postgresql_where=_LIFTED,
    )
    op.create_index(
        "ix_deadline_open_duty",
        "deadline",
        ["duty"],
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )
    op.create_index(
        "ix_deadline_victim_id",
        "deadline",
        ["victim_id", "duty"],
        sqlite_where=_OF_A_VICTIM,
        postgresql_where=_OF_A_VICTIM,
    )
    op.create_index("ix_clock_met_on", "clock", ["met_on"])
    op.create_index("ix_clock_stopped_on", "clock", ["stopped_on"])
    op.create_index("ix_referral_status_opened", "referral", ["status", "opened_on"])


def downgrade() -> None:
    op.drop_index("ix_referral_status_opened", "referral")
    op.drop_index("ix_clock_stopped_on", "clock")
    op.drop_index("ix_clock_met_on", "clock")
    op.drop_index("ix_deadline_victim_id", "deadline")
    op.drop_index("ix_deadline_open_duty", "deadline")
    op.drop_index("ix_deadline_lifted", "deadline")
