"""A later decision of a court, or a corrected day, names the sentence that it is part of."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Written out, because SQLite adds a reference only with its column.
TOLD_IN = (
    "ALTER TABLE sentence ADD COLUMN told_in_id INTEGER "
    "CONSTRAINT fk_sentence_told_in_id REFERENCES sentence (id)"
)


def upgrade() -> None:
    op.execute(TOLD_IN)
    op.add_column("sentence", sa.Column("left_as", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("sentence", "left_as")
    with op.batch_alter_table("sentence") as table:
        table.drop_column("told_in_id")
