"""Units' programs are told that somebody did not reply."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

KINDS = ["no_reply"]


def upgrade() -> None:
    add_words("referral_outcome", "kind", KINDS)


def downgrade() -> None:
    # The earlier program told nobody of it, and works it out from nothing.
    op.execute("DELETE FROM referral_outcome WHERE kind = 'no_reply'")
    drop_words("referral_outcome", "kind", KINDS)
