"""Find what is due of a duty without reading all that is open of it."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0081"
branch_labels = None
depends_on = None

_OWED = sa.text("met_on IS NULL AND lifted_on IS NULL")


def upgrade() -> None:
    _make(["duty", "due_on"])


def downgrade() -> None:
    _make(["duty"])


def _make(columns: list[str]) -> None:
    op.drop_index("ix_deadline_open_duty", "deadline")
    op.create_index(
        "ix_deadline_open_duty",
        "deadline",
        columns,
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )
