"""Repeats are counted; a request says whom it is about; two more topics of questions."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ADDED = ("went_back", "key_reused")


def upgrade() -> None:
    for table in ("referral_request", "court_message"):
        repeats = sa.Column("repeats", sa.Integer(), nullable=False, server_default="0")
        op.add_column(table, repeats)
    op.add_column("referral_request", sa.Column("about", sa.String(), nullable=True))
    op.add_column(
        "referral_request", sa.Column("repeated_at", sqlmodel.UTCDateTime(), nullable=True)
    )
    for name, column in (("content", "content_hash"), ("about", "about")):
        op.create_index(f"ix_referral_request_{name}", "referral_request", ["client_id", column])
    add_words("task", "topic", ADDED)
    op.create_index("ix_task_victim_id", "task", ["victim_id"])


def downgrade() -> None:
    op.drop_index("ix_task_victim_id", "task")
    op.execute("UPDATE task SET topic = 'says' WHERE topic IN ('went_back', 'key_reused')")
    drop_words("task", "topic", ADDED)
    for name in ("content", "about"):
        op.drop_index(f"ix_referral_request_{name}", "referral_request")
    for column in ("repeated_at", "about", "repeats"):
        op.drop_column("referral_request", column)
    op.drop_column("court_message", "repeats")
