"""A wrong row of the morning's email can be taken back."""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_words("matter_act", "kind", ["recall"])


def downgrade() -> None:
    act = sa.table("matter_act", sa.column("kind"))
    op.execute(act.delete().where(act.c.kind == "recall"))
    drop_words("matter_act", "kind", ["recall"])
