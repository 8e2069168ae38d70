"""What became of referrals, in the order in which units' programs are told of it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

KINDS = (
    "'accepted', 'incomplete', 'returned', 'contacted', 'answered', 'closed', 'chased', "
    "'dispute_answered'"
)
SOURCES = "'request', 'victim', 'choice', 'referral', 'chase', 'message', 'proposal'"


def upgrade() -> None:
    op.create_table(
        "referral_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("told_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=True),
        sa.Column("police_area", sa.String(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_referral_outcome_kind")),
        sa.CheckConstraint(f"source IN ({SOURCES})", name=op.f("ck_referral_outcome_source")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_outcome_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_outcome")),
        sa.UniqueConstraint(
            "kind",
            "source",
            "source_id",
            "turn",
            name=op.f("uq_referral_outcome_kind_source_source_id_turn"),
        ),
    )
    op.create_index("ix_referral_outcome_area", "referral_outcome", ["police_area", "id"])
    op.create_index("ix_referral_outcome_client", "referral_outcome", ["client_id", "id"])
    op.create_index("ix_referral_outcome_referral_id", "referral_outcome", ["referral_id"])


def downgrade() -> None:
    op.drop_table("referral_outcome")
