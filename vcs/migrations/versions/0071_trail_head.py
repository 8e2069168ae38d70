"""The newest entry of the trail is kept apart from it, so that one cut off the end is found."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
    )
    op.execute(
        "INSERT INTO trail_head (id, seq, hash) "
        "SELECT 1, seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1"
    )


def downgrade() -> None:
    op.drop_table("trail_head")
