"""Closing a referral: proposals that the unit decides, reopening, and duties no longer owed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KIND = "closing_proposed"
CLOSED = "(SELECT id FROM referral WHERE status = 'closed')"
# A closed referral owes nothing any more. What was met or missed keeps its day.
LIFT = f"""
UPDATE deadline SET lifted_on = COALESCE(
  (SELECT closed_on FROM referral WHERE referral.id = deadline.referral_id), due_on)
WHERE met_on IS NULL AND referral_id IN {CLOSED}
"""  # noqa: S608  # our own words
WITHDRAW = f"""
UPDATE alert SET withdrawn_at = CURRENT_TIMESTAMP
WHERE sent_at IS NULL AND failed_reason IS NULL AND deadline_id IN (
  SELECT id FROM deadline WHERE referral_id IN {CLOSED})
"""  # noqa: S608  # our own words
NO_LONGER_ASKED = f"UPDATE task SET kind = 'witness_care_says' WHERE kind = '{KIND}'"  # noqa: S608


def upgrade() -> None:
    _closing_proposal()
    _reopening()
    op.add_column("deadline", sa.Column("lifted_on", sa.Date(), nullable=True))
    op.add_column("alert", sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True))
    add_words("task", "kind", [KIND])
    op.execute(LIFT)
    op.execute(WITHDRAW)


def _closing_proposal() -> None:
    reasons = (
        "('no_identifiable_victim', 'victim_cannot_be_traced', 'refused_referral', 'not_eligible')"
    )
    op.create_table(
        "closing_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_as", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"reason IN {reasons}", name=op.f("ck_closing_proposal_reason")),
        sa.CheckConstraint(
            "decision IN ('confirmed', 'refused', 'overtaken')",
            name=op.f("ck_closing_proposal_decision"),
        ),
        sa.CheckConstraint(
            "proposed_as IN ('witness_care', 'vlo', 'manager', 'administrator')",
            name=op.f("ck_closing_proposal_proposed_as"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_closing_proposal_decided")
        ),
        sa.CheckConstraint(
            "decision <> 'confirmed' OR (decided_by IS NOT NULL AND decided_by <> proposed_by)",
            name=op.f("ck_closing_proposal_second_person"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_closing_proposal_{column}")
            )
            for column, table in (
                ("referral_id", "referral"),
                ("request_id", "referral_request"),
                ("proposed_by", "account"),
                ("decided_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_proposal")),
    )
    for column in ("referral_id", "request_id"):
        op.create_index(f"ix_closing_proposal_{column}", "closing_proposal", [column])
    op.create_index(
        "uq_closing_proposal_waiting",
        "closing_proposal",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("decision IS NULL"),
        postgresql_where=sa.text("decision IS NULL"),
    )


def _reopening() -> None:
    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reopened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("reopened_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_reopening_referral_id")
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"], ["account.id"], name=op.f("fk_reopening_reopened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
    )
    op.create_index("ix_reopening_referral_id", "reopening", ["referral_id"])


def downgrade() -> None:
    op.execute(NO_LONGER_ASKED)
    drop_words("task", "kind", [KIND])
    op.drop_column("alert", "withdrawn_at")
    op.drop_column("deadline", "lifted_on")
    op.drop_table("reopening")
    op.drop_table("closing_proposal")
