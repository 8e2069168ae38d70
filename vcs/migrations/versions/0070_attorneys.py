"""An attorney or deputy may act for a victim."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

RELATION = "attorney or deputy"


def upgrade() -> None:
    add_words("victim", "standing", [RELATION])


def downgrade() -> None:
    # Whoever acts for a victim stays somebody who acts for them.
    op.execute(
        "UPDATE victim SET standing = 'nominated family spokesperson' "
        "WHERE standing = 'attorney or deputy'"
    )
    drop_words("victim", "standing", [RELATION])
