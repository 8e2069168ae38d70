"""Lists of other systems matched with ours, and what their lines ended as."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

KINDS = "'probation', 'prison', 'court', 'police'"
TOPICS = ["unknown_to_us", "unknown_undecided", "list_differs", "list_unsure", "list_lacks"]
ENDS = "'matched', 'differs', 'explained', 'task', 'cannot_tell'"
NUMBERS = "'PNC', 'NOMS', 'CRO', 'CRN'"
ANSWERS = "'same', 'not_same', 'explained', 'acted'"


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sqlmodel.UTCDateTime(), nullable=nullable)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _whole(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _sealed(name: str = "sealed", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _one_of(table: str, column: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({words})", name=op.f(f"ck_{table}_{column}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    add_words("task", "kind", ["list_line"])
    add_words("task", "topic", TOPICS)
    op.add_column("sentence_mark", _text("kind", nullable=True))
    op.create_table(
        "list_mapping",
        _whole("id"),
        _text("kind"),
        _text("source"),
        _text("columns"),
        _text("day_order", nullable=True),
        _moment("kept_at"),
        _text("kept_by"),
        _one_of("list_mapping", "kind", KINDS),
        _one_of("list_mapping", "day_order", "'dmy', 'mdy'"),
        _key("list_mapping"),
        _unique("list_mapping", "kind", "source"),
    )
    op.create_table(
        "list_upload",
        _whole("id"),
        _text("reference"),
        _text("kind"),
        _text("source"),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        _text("drawn_by"),
        _sealed(),
        _moment("uploaded_at"),
        _whole("uploaded_by"),
        _one_of("list_upload", "kind", KINDS),
        _to("list_upload", "uploaded_by", "account"),
        _key("list_upload"),
        _unique("list_upload", "reference"),
    )
    op.create_index("ix_list_upload_uploaded_at", "list_upload", ["uploaded_at"])
    op.create_table(
        "list_run",
        _whole("id"),
        _text("reference"),
        _text("kind"),
        _text("source"),
        _text("file_hash"),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        _text("drawn_by"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        _text("courts", nullable=True),
        _whole("lines"),
        _whole("in_both"),
        _whole("in_either"),
        _text("rule_set"),
        _whole("proof_id", nullable=True),
        _moment("run_at"),
        _text("run_by"),
        _whole("account_id", nullable=True),
        _one_of("list_run", "kind", KINDS),
        _to("list_run", "proof_id", "ledger_proof"),
        _to("list_run", "account_id", "account"),
        _key("list_run"),
        _unique("list_run", "reference"),
    )
    op.create_index("ix_list_run_file_hash", "list_run", ["file_hash"])
    op.create_index("ix_list_run_kind", "list_run", ["kind", "id"])
    op.create_table(
        "list_line",
        _whole("id"),
        _whole("run_id"),
        _whole("row", nullable=True),
        _text("digest"),
        _text("ends_as"),
        _text("reason"),
        _text("rule"),
        sa.Column("weight", sa.Float(), nullable=True),
        _text("outcome", nullable=True),
        _no("eligible"),
        _no("released_that_day"),
        _text("region_code", nullable=True),
        _whole("sentence_id", nullable=True),
        _whole("task_id", nullable=True),
        _sealed(nullable=True),
        _one_of("list_line", "ends_as", ENDS),
        _to("list_line", "run_id", "list_run"),
        _to("list_line", "sentence_id", "sentence"),
        _to("list_line", "task_id", "task"),
        _key("list_line"),
    )
    op.create_index("ix_list_line_digest", "list_line", ["digest"])
    op.create_index("ix_list_line_run", "list_line", ["run_id", "ends_as", "reason"])
    op.create_index("ix_list_line_sentence_id", "list_line", ["sentence_id"])
    op.create_index("ix_list_line_task_id", "list_line", ["task_id"])
    op.create_table(
        "list_answer",
        _whole("id"),
        _whole("line_id"),
        _text("answer"),
        _text("reason", nullable=True),
        _whole("sentence_id", nullable=True),
        _text("receipt", nullable=True),
        _sealed(),
        _no("needs_second"),
        _moment("answered_at"),
        _whole("answered_by"),
        _moment("confirmed_at", nullable=True),
        _whole("confirmed_by", nullable=True),
        _one_of("list_answer", "answer", ANSWERS),
        _to("list_answer", "line_id", "list_line"),
        _to("list_answer", "sentence_id", "sentence"),
        _to("list_answer", "answered_by", "account"),
        _to("list_answer", "confirmed_by", "account"),
        _key("list_answer"),
    )
    op.create_index("ix_list_answer_line_id", "list_answer", ["line_id"])
    op.create_table(
        "list_reason_check",
        _whole("run_id"),
        _text("reason"),
        _moment("checked_at"),
        _whole("checked_by"),
        _to("list_reason_check", "run_id", "list_run"),
        _to("list_reason_check", "checked_by", "account"),
        _key("list_reason_check", "run_id", "reason"),
    )
    op.create_table(
        "sentence_number",
        _whole("sentence_id"),
        _text("mark"),
        _text("kind"),
        _whole("run_id"),
        _one_of("sentence_number", "kind", NUMBERS),
        _to("sentence_number", "sentence_id", "sentence"),
        _to("sentence_number", "run_id", "list_run"),
        _key("sentence_number", "sentence_id", "mark"),
    )
    op.create_index("ix_sentence_number_mark", "sentence_number", ["mark"])
    op.create_index("ix_sentence_number_run_id", "sentence_number", ["run_id"])
    op.create_table(
        "merged_number",
        _whole("id"),
        _text("kind"),
        _text("old_mark"),
        _text("new_mark"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _one_of("merged_number", "kind", NUMBERS),
        _key("merged_number"),
        _unique("merged_number", "old_mark", "new_mark"),
    )


def downgrade() -> None:
    for table in (
        "merged_number",
        "sentence_number",
        "list_reason_check",
        "list_answer",
        "list_line",
        "list_run",
        "list_upload",
        "list_mapping",
    ):
        op.drop_table(table)
    with op.batch_alter_table("sentence_mark") as altered:
        altered.drop_column("kind")
    op.execute("DELETE FROM task WHERE kind = 'list_line'")
    drop_words("task", "topic", TOPICS)
    drop_words("task", "kind", ["list_line"])
