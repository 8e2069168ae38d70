"""Repeats are counted; a request says whom it is about; two more topics of questions."""

import re

import sqlalchemy as sa
import sqlmodel
from alembic import op

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
    _topics([*_listed(), *ADDED])
    op.create_index("ix_task_victim_id", "task", ["victim_id"])


def downgrade() -> None:
    op.drop_index("ix_task_victim_id", "task")
    op.execute("UPDATE task SET topic = 'says' WHERE topic IN ('went_back', 'key_reused')")
    _topics([one for one in _listed() if one not in ADDED])
    for name in ("content", "about"):
        op.drop_index(f"ix_referral_request_{name}", "referral_request")
    for column in ("repeated_at", "about", "repeats"):
        op.drop_column("referral_request", column)
    op.drop_column("court_message", "repeats")


def _listed() -> list[str]:
    """Return the topics that the database allows now."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    (rule,) = (one["sqltext"] for one in checks if one["name"] == "ck_task_topic")
    return re.findall(r"'(\w+)'", rule)


def _topics(topics: list[str]) -> None:
    listed = ", ".join(f"'{topic}'" for topic in topics)
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_topic"), type_="check")
        table.create_check_constraint(op.f("ck_task_topic"), f"topic IN ({listed})")
