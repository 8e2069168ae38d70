"""An index of urgent decisions: every worklist begins with the sentences that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_URGENT = sa.text("urgent")


def upgrade() -> None:
    op.create_index(
        "ix_decision_urgent",
        "decision",
        ["sentence_id"],
        sqlite_where=_URGENT,
        postgresql_where=_URGENT,
    )


def downgrade() -> None:
    op.drop_index("ix_decision_urgent", "decision")
