"""How far a list agrees with ours, by region. Lists of before say it of all regions alone."""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("list_run", sa.Column("by_region", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("list_run", "by_region")
