"""Every duty's clock, what people record of starts and ends, and the marks that keep it true.

``env.py`` works every referral's clocks out once this has run, and has changes marked.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_OPEN = sa.text("met_on IS NULL AND stopped_on IS NULL")

REASONS = (
    "'referral_closed', 'no_contact_wanted', 'sentence_changed', 'taken_back', 'came_back', "
    "'letter_withdrawn', 'not_to_be_told', 'not_owed', 'others_told'"
)

KINDS = (
    "'result_received', 'hearing_result', 'hearing_result_enhanced', 'restrictions_end', "
    "'complaint'"
)


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("duty", "owed_by")),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("counted", "provision")),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("is_confirmed", "provisional")
        ),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("at_latest", sa.Boolean(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("stop_reason", sa.String(), nullable=True),
        sa.CheckConstraint(f"stop_reason IN ({REASONS})", name=op.f("ck_clock_stop_reason")),
        sa.CheckConstraint(
            "(stopped_on IS NULL) = (stop_reason IS NULL)", name=op.f("ck_clock_stopped")
        ),
        *_of_referral("clock"),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_clock_victim_id_victim")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_clock_key")),
    )
    op.create_index("ix_clock_referral_id", "clock", ["referral_id"])
    op.create_index("ix_clock_victim_id", "clock", ["victim_id"])
    for name in ("due_on", "calendar"):
        op.create_index(
            f"ix_clock_open_{name.removesuffix('_on')}",
            "clock",
            [name],
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
    _make_starts()
    _make_ends()
    op.create_table(
        "clock_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_mark")),
    )
    op.create_index("ix_clock_mark_referral_id", "clock_mark", ["referral_id"])


def _make_starts() -> None:
    op.create_table(
        "clock_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_clock_start_kind")),
        *_of_referral("clock_start"),
        _by("clock_start", "recorded_by"),
        _by("clock_start", "taken_back_by"),
    )
    op.create_index("ix_clock_start_referral_id", "clock_start", ["referral_id"])


def _make_ends() -> None:
    op.create_table(
        "clock_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("clock_key", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("stop_reason", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stop_reason IN ('not_owed', 'others_told')", name=op.f("ck_clock_end_stop_reason")
        ),
        *_of_referral("clock_end"),
        _by("clock_end", "recorded_by"),
    )
    op.create_index("ix_clock_end_referral_id", "clock_end", ["referral_id"])


def _of_referral(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f(f"fk_{table}_referral_id_referral")
        ),
    )


def _by(table: str, column: str) -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}_account")
    return sa.ForeignKeyConstraint([column], ["account.id"], name=name)


def downgrade() -> None:
    for table in ("clock_mark", "clock_end", "clock_start", "clock"):
        op.drop_table(table)
