"""A second person decides about an address that is a prison, a hospital, a refuge, or reads oddly."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

QUESTIONS = ("particular_address",)


def upgrade() -> None:
    add_words("letter_decision", "question", QUESTIONS)


def downgrade() -> None:
    op.execute("DELETE FROM letter_decision WHERE question = 'particular_address'")
    drop_words("letter_decision", "question", QUESTIONS)
