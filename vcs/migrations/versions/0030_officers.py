"""Officers who are away, referrals offered to another region, victims traced step by step."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TOPICS = ("cover_needed", "transfer", "trace")

KINDS = ("transfer_offered", "introduce_officer")

_OPEN = sa.text("ended_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_absence_days")),
        sa.CheckConstraint("cover_id <> account_id", name=op.f("ck_absence_another")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_absence_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["account.id"], name=op.f("fk_absence_cover_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_absence_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_account_id", "absence", ["account_id"])
    op.create_index("ix_absence_last_on", "absence", ["last_on"])
    _add_transfers()
    _add_traces()
    add_words("task", "topic", TOPICS)
    add_words("task", "kind", KINDS)


def _add_transfers() -> None:
    decisions = "'accepted', 'refused', 'withdrawn', 'overtaken'"
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("from_region", sa.String(), nullable=False),
        sa.Column("to_region", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("offered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=False),
        sa.Column("ask_again_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("to_vlo_id", sa.Integer(), nullable=True),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("introduced_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"decision IN ({decisions})", name=op.f("ck_transfer_decision")),
        sa.CheckConstraint("to_region <> from_region", name=op.f("ck_transfer_another")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_transfer_decided")
        ),
        sa.CheckConstraint(
            "decision <> 'accepted' OR to_vlo_id IS NOT NULL", name=op.f("ck_transfer_officer")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_transfer_referral_id_referral")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["account.id"], name=op.f(f"fk_transfer_{column}_account")
            )
            for column in ("offered_by", "decided_by", "to_vlo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index("ix_transfer_referral_id", "transfer", ["referral_id"])
    op.create_index("ix_transfer_ask_again_on", "transfer", ["decision", "ask_again_on"])
    op.create_index(
        "uq_transfer_open",
        "transfer",
        ["referral_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def _add_traces() -> None:
    steps = (
        "'witness_care', 'officer_in_the_case', 'prosecutor', 'support_service', 'court', "
        "'electoral_register', 'other'"
    )
    outcomes = "'found', 'nothing', 'waiting', 'not_possible'"
    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"step IN ({steps})", name=op.f("ck_trace_step")),
        sa.CheckConstraint(f"outcome IN ({outcomes})", name=op.f("ck_trace_outcome")),
        sa.CheckConstraint(
            "(tried_on IS NULL) = (outcome = 'not_possible')", name=op.f("ck_trace_tried")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_trace_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_trace_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace")),
    )
    op.create_index("ix_trace_referral_id", "trace", ["referral_id"])
    op.add_column("closing_proposal", sa.Column("try_again_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE task SET topic = NULL WHERE topic IN ('cover_needed', 'transfer', 'trace')")
    op.execute(
        "UPDATE task SET kind = 'question' WHERE kind IN ('transfer_offered', 'introduce_officer')"
    )
    drop_words("task", "kind", KINDS)
    drop_words("task", "topic", TOPICS)
    op.drop_column("closing_proposal", "try_again_on")
    op.drop_table("trace")
    op.drop_table("transfer")
    op.drop_table("absence")
