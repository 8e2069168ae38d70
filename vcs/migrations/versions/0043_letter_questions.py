"""A second person decides about every hold that may be decided; for which occasion a letter is."""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

QUESTIONS = (
    "closed",
    "came_of_age",
    "no_adult",
    "not_now",
    "note_in_name",
    "unconfirmed_address",
    "sentence_asked",
    "instruction_asked",
    "person_asked",
    "not_prepared",
    "hard_day",
    "wording",
)


def upgrade() -> None:
    add_words("letter_decision", "question", QUESTIONS)
    op.add_column("letter", sa.Column("occasion", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("letter") as altered:
        altered.alter_column("occasion", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("letter") as altered:
        altered.drop_column("occasion")
    listed = ", ".join(f"'{question}'" for question in QUESTIONS)
    op.execute(f"DELETE FROM letter_decision WHERE question IN ({listed})")  # noqa: S608  # our own words
    drop_words("letter_decision", "question", QUESTIONS)
