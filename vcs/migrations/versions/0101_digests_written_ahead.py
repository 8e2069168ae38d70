"""A digest that was written while the clock stood ahead is kept apart from those of its day."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None

AHEAD = ["ahead"]


def upgrade() -> None:
    add_words("digest", "part", AHEAD)


def downgrade() -> None:
    op.execute(
        "DELETE FROM digest_line WHERE digest_id IN (SELECT id FROM digest WHERE part = 'ahead')"
    )
    op.execute("DELETE FROM digest WHERE part = 'ahead'")
    drop_words("digest", "part", AHEAD)
