"""One digest a morning for each reader; plans, ladders of regions, held runs and recalls."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.UTCDateTime()

_TASKS = ("disputed", "rung_empty")


def upgrade() -> None:
    add_words("task", "kind", _TASKS)
    _held_run()
    _digest()
    _digest_line()
    _matter_act()
    _small_tables()


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _held_run() -> None:
    op.create_table(
        "held_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("new_rows", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("held_at", _MOMENT, nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=False),
        sa.Column("let_through_until", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('sent', 'edited', 'dropped', 'unanswered')",
            name=op.f("ck_held_run_decision"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_held_run_decided")
        ),
        _to("held_run", "account_id", "account"),
        _to("held_run", "decided_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_run")),
        sa.UniqueConstraint("reference", name=op.f("uq_held_run_reference")),
        sa.UniqueConstraint("region_code", "day", name=op.f("uq_held_run_region_code_day")),
    )


def _digest() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("covers_from", _MOMENT, nullable=False),
        sa.Column("covers_until", _MOMENT, nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("new_rows", sa.Integer(), nullable=False),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.CheckConstraint("part IN ('digest', 'counts')", name=op.f("ck_digest_part")),
        _to("digest", "account_id", "account"),
        _to("digest", "alert_id", "alert"),
        _to("digest", "run_id", "held_run"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("alert_id", name=op.f("uq_digest_alert_id")),
        sa.UniqueConstraint(
            "account_id", "day", "part", name=op.f("uq_digest_account_id_day_part")
        ),
    )
    op.create_index("ix_digest_region_day", "digest", ["region_code", "day"])
    op.create_index("ix_digest_run_id", "digest", ["run_id"])


def _digest_line() -> None:
    op.create_table(
        "digest_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_new", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_last", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "state IN ('missed', 'due', 'settled')", name=op.f("ck_digest_line_state")
        ),
        _to("digest_line", "account_id", "account"),
        _to("digest_line", "digest_id", "digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_line")),
        sa.UniqueConstraint(
            "account_id",
            "matter",
            "rung",
            "day",
            name=op.f("uq_digest_line_account_id_matter_rung_day"),
        ),
    )
    op.create_index("ix_digest_line_digest_id", "digest_line", ["digest_id"])
    op.create_index("ix_digest_line_matter", "digest_line", ["matter"])
    op.create_index(
        "ix_digest_line_last",
        "digest_line",
        ["account_id", "matter"],
        sqlite_where=sa.text("is_last"),
        postgresql_where=sa.text("is_last"),
    )


def _matter_act() -> None:
    op.create_table(
        "matter_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("left_told_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('plan', 'snooze', 'dispute')", name=op.f("ck_matter_act_kind")
        ),
        _to("matter_act", "account_id", "account"),
        _to("matter_act", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_act")),
    )
    op.create_index("ix_matter_act_matter", "matter_act", ["matter"])
    op.create_index("ix_matter_act_account_id", "matter_act", ["account_id"])
    op.create_index(
        "uq_matter_act_snooze",
        "matter_act",
        ["matter", "account_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'snooze'"),
        postgresql_where=sa.text("kind = 'snooze'"),
    )


def _small_tables() -> None:
    op.create_table(
        "ladder_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        _to("ladder_change", "changed_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_change")),
    )
    op.create_index("ix_ladder_change_region_rung", "ladder_change", ["region_code", "rung"])
    op.create_table(
        "digest_hour",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 300 AND 465", name=op.f("ck_digest_hour_before_eight")),
        _to("digest_hour", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_digest_hour")),
    )
    op.create_table(
        "recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("recalled_at", _MOMENT, nullable=False),
        sa.Column("recalled_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _to("recall", "alert_id", "alert"),
        _to("recall", "recalled_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
        sa.UniqueConstraint("alert_id", name=op.f("uq_recall_alert_id")),
    )


def downgrade() -> None:
    for table in (
        "recall",
        "digest_hour",
        "ladder_change",
        "matter_act",
        "digest_line",
        "digest",
        "held_run",
    ):
        op.drop_table(table)
    listed = ", ".join(f"'{one}'" for one in _TASKS)
    op.execute(f"DELETE FROM task WHERE kind IN ({listed})")  # noqa: S608 - our own words
    drop_words("task", "kind", _TASKS)
