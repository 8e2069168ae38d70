"""What prisons and licence systems send: messages, their facts, and programs that send or ask."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

CLIENTS = ["custody", "offender_manager"]
TASKS = ["custody_event", "custody_meaning", "custody_message"]
STATUSES = "'waiting', 'read', 'set_aside'"
ENDS = "'waiting', 'recorded', 'same', 'nothing', 'not_owed', 'undone', 'unmatched', 'check', 'bad'"


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _whole(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    add_words("feed_client", "kind", CLIENTS)
    add_words("task", "kind", TASKS)
    op.create_table(
        "custody_message",
        _whole("id"),
        _text("receipt"),
        _text("content_hash"),
        _text("client_id"),
        _moment("received_at"),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        _text("status"),
        _text("problem", nullable=True),
        _moment("read_at", nullable=True),
        _whole("repeats"),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_custody_message_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_message")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_custody_message_content_hash")),
        sa.UniqueConstraint("receipt", name=op.f("uq_custody_message_receipt")),
    )
    waits = sa.text("status = 'waiting'")
    op.create_index(
        "ix_custody_message_waiting",
        "custody_message",
        ["id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "custody_fact",
        _whole("id"),
        _whole("message_id"),
        _whole("row"),
        _text("identity"),
        _text("person"),
        _text("code"),
        _text("reading"),
        sa.Column("happened_on", sa.Date(), nullable=True),
        _moment("happened_at", nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        _moment("known_at"),
        _moment("settle_at"),
        _text("ends_as"),
        _text("because"),
        _moment("settled_at", nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _whole("event_id", nullable=True),
        _whole("task_id", nullable=True),
        sa.CheckConstraint(f"ends_as IN ({ENDS})", name=op.f("ck_custody_fact_ends_as")),
        _to("custody_fact", "message_id", "custody_message"),
        _to("custody_fact", "event_id", "key_event"),
        _to("custody_fact", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_fact")),
        sa.UniqueConstraint("identity", name=op.f("uq_custody_fact_identity")),
    )
    for column in ("message_id", "event_id", "task_id"):
        op.create_index(f"ix_custody_fact_{column}", "custody_fact", [column])
    op.create_index("ix_custody_fact_person", "custody_fact", ["person", "happened_on"])
    waits = sa.text("ends_as = 'waiting'")
    op.create_index(
        "ix_custody_fact_settle",
        "custody_fact",
        ["settle_at"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "custody_mark",
        _whole("fact_id"),
        _text("mark"),
        _text("kind"),
        _to("custody_mark", "fact_id", "custody_fact"),
        sa.PrimaryKeyConstraint("fact_id", "mark", name=op.f("pk_custody_mark")),
    )
    op.create_index("ix_custody_mark_mark", "custody_mark", ["mark"])
    op.create_table(
        "custody_number",
        _whole("sentence_id"),
        _text("mark"),
        _text("kind"),
        _moment("said_at"),
        _whole("said_by"),
        _to("custody_number", "sentence_id", "sentence"),
        _to("custody_number", "said_by", "account"),
        sa.PrimaryKeyConstraint("sentence_id", "mark", name=op.f("pk_custody_number")),
    )
    op.create_index("ix_custody_number_mark", "custody_number", ["mark"])


def downgrade() -> None:
    for table in ("custody_number", "custody_mark", "custody_fact", "custody_message"):
        op.drop_table(table)
    listed = ", ".join(f"'{kind}'" for kind in TASKS)
    op.execute(f"DELETE FROM task WHERE kind IN ({listed})")  # noqa: S608 - our own words
    listed = ", ".join(f"'{kind}'" for kind in CLIENTS)
    op.execute(f"DELETE FROM feed_client WHERE kind IN ({listed})")  # noqa: S608 - our own words
    drop_words("task", "kind", TASKS)
    drop_words("feed_client", "kind", CLIENTS)
