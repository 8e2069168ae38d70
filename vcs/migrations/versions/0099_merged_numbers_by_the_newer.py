"""Numbers that were merged are found by the newer of the two as well, without reading them all."""

from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_merged_number_new_mark", "merged_number", ["new_mark"])


def downgrade() -> None:
    op.drop_index("ix_merged_number_new_mark", "merged_number")
