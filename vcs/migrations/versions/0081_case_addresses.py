"""Addresses that courts told of a case beside its sentences."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_message.id"], name=op.f("fk_case_address_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_address")),
    )
    op.create_index(op.f("ix_case_address_case_key"), "case_address", ["case_key"])
    op.create_index(op.f("ix_case_address_message_id"), "case_address", ["message_id"])
    # What was read before is read again for its addresses, from the newest message down.
    op.execute(
        "INSERT INTO feed_cursor (name, last_id) "
        "SELECT 'homes left to keep', max(id) FROM court_message HAVING max(id) IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM feed_cursor WHERE name = 'homes left to keep'")
    op.drop_index(op.f("ix_case_address_message_id"), "case_address")
    op.drop_index(op.f("ix_case_address_case_key"), "case_address")
    op.drop_table("case_address")
