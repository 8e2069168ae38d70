"""The ledger: its proofs, alerts about no deadline, victims being traced or who refused."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _alert()
    _referral()
    _refusal()
    _ledger()
    _feeds()


def _alert() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.alter_column("deadline_id", existing_type=sa.Integer(), nullable=True)
        alert.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        alert.add_column(sa.Column("told", sa.String(), nullable=False, server_default="{}"))
        alert.create_check_constraint(
            op.f("ck_alert_about"), "deadline_id IS NOT NULL OR subject <> ''"
        )


def _referral() -> None:
    # Not in batch mode: SQLite would drop the table, and with it refuse what hangs on its rows.
    op.add_column("referral", sa.Column("traced_since", sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE referral ADD COLUMN traced_by INTEGER "
        "CONSTRAINT fk_referral_traced_by REFERENCES account (id)"
    )
    op.add_column("referral", sa.Column("look_again_on", sa.Date(), nullable=True))


def _refusal() -> None:
    op.create_table(
        "refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_refusal_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_refusal_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
    )
    op.create_index("ix_refusal_referral_id", "refusal", ["referral_id"])


def _ledger() -> None:
    op.create_table(
        "ledger_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_proof")),
    )
    op.create_index("ix_ledger_proof_run_at", "ledger_proof", ["run_at"])
    op.create_index("ix_sentence_case_day", "sentence", ["case_reference", "sentenced_on"])
    op.create_index(
        "ix_sentence_ledger", "sentence", ["sentenced_on", "court_code", "region_code", "outcome"]
    )


def _feeds() -> None:
    op.create_table(
        "feed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('court', 'client')", name=op.f("ck_feed_day_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_day")),
        sa.UniqueConstraint("kind", "name", "day", name=op.f("uq_feed_day_kind_name_day")),
    )
    op.create_index("ix_feed_day_day", "feed_day", ["day"])
    op.create_table(
        "unknown_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('offence', 'result')", name=op.f("ck_unknown_code_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unknown_code")),
        sa.UniqueConstraint("kind", "code", name=op.f("uq_unknown_code_kind_code")),
    )
    op.create_table(
        "feed_cursor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feed_cursor")),
    )


def downgrade() -> None:
    for table in ("feed_cursor", "unknown_code", "feed_day"):
        op.drop_table(table)
    op.drop_index("ix_sentence_ledger", "sentence")
    op.drop_index("ix_sentence_case_day", "sentence")
    op.drop_table("ledger_proof")
    op.drop_table("refusal")
    with op.batch_alter_table("referral") as referral:
        for column in ("look_again_on", "traced_by", "traced_since"):
            referral.drop_column(column)
    op.execute("DELETE FROM alert WHERE deadline_id IS NULL")
    with op.batch_alter_table("alert") as alert:
        alert.drop_constraint(op.f("ck_alert_about"), type_="check")
        alert.drop_column("told")
        alert.drop_column("subject")
        alert.alter_column("deadline_id", existing_type=sa.Integer(), nullable=False)
