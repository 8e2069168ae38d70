"""A second person decides about an email address that is new, or that somebody else may read."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

QUESTIONS = ("changed_email", "shared_mailbox")


def upgrade() -> None:
    add_words("letter_decision", "question", QUESTIONS)


def downgrade() -> None:
    op.execute("DELETE FROM letter_decision WHERE question IN ('changed_email', 'shared_mailbox')")
    drop_words("letter_decision", "question", QUESTIONS)
