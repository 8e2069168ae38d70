"""What a person said that a result code means, and the question about a code that no table holds."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KIND = "result_code"
NO_LONGER_ASKED = f"UPDATE task SET kind = 'set_aside' WHERE kind = '{KIND}'"  # noqa: S608


def upgrade() -> None:
    op.create_table(
        "result_meaning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_result_meaning_answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_meaning")),
    )
    op.create_index("ix_result_meaning_code", "result_meaning", ["code"])
    op.add_column("task", sa.Column("result_code", sa.String(), nullable=True))
    add_words("task", "kind", [KIND])


def downgrade() -> None:
    op.execute(NO_LONGER_ASKED)
    drop_words("task", "kind", [KIND])
    op.drop_column("task", "result_code")
    op.drop_index("ix_result_meaning_code", "result_meaning")
    op.drop_table("result_meaning")
