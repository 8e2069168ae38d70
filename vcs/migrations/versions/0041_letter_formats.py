"""Letters in Welsh and English together, and in the format that a person needs."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LANGUAGE = "language IN ('en', 'cy', 'cy-en')"

LANGUAGE_BEFORE = "language IN ('en', 'cy')"

FORMAT = "format IN ('standard', 'large-print', 'easy-read', 'text')"


def upgrade() -> None:
    with op.batch_alter_table("letter") as altered:
        altered.add_column(
            sa.Column("format", sa.String(), nullable=False, server_default="standard")
        )
        altered.add_column(sa.Column("format_for", sa.LargeBinary(), nullable=True))
        altered.drop_constraint(op.f("ck_letter_language"), type_="check")
        altered.create_check_constraint(op.f("ck_letter_language"), LANGUAGE)
        altered.create_check_constraint(op.f("ck_letter_format"), FORMAT)
    with op.batch_alter_table("letter") as altered:
        altered.alter_column("format", server_default=None)


def downgrade() -> None:
    # What was written in both languages is kept as what comes first in it.
    op.execute("UPDATE letter SET language = 'cy' WHERE language = 'cy-en'")
    with op.batch_alter_table("letter") as altered:
        altered.drop_constraint(op.f("ck_letter_format"), type_="check")
        altered.drop_constraint(op.f("ck_letter_language"), type_="check")
        altered.create_check_constraint(op.f("ck_letter_language"), LANGUAGE_BEFORE)
        altered.drop_column("format_for")
        altered.drop_column("format")
