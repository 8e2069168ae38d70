"""A warning of danger is a row of each referral, whichever way it came."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0075"
down_revision = "0071"
branch_labels = None
depends_on = None

UNTOLD = sa.text("told_at IS NULL")

WARNS = sa.text("adds_warning AND warning_told_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "safety_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("told_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "source IN ('referred', 'changed', 'preference', 'address', 'joined', 'answer')",
            name=op.f("ck_safety_warning_source"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_safety_warning_victim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_warning")),
    )
    op.create_index(op.f("ix_safety_warning_victim_id"), "safety_warning", ["victim_id"])
    op.create_index(
        "ix_safety_warning_untold",
        "safety_warning",
        ["id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )
    # A change that nobody was told of yet warns in every referral of its person.
    op.execute(
        "INSERT INTO safety_warning (victim_id, source, recorded_at, recorded_by) "
        "SELECT victim.id, 'changed', replaced_at, replaced_by FROM former_details "
        "JOIN victim ON victim.person_id = former_details.person_id "
        "WHERE adds_warning AND warning_told_at IS NULL ORDER BY former_details.id, victim.id"
    )
    op.drop_index("ix_former_details_untold", "former_details")
    op.drop_column("former_details", "warning_told_at")
    op.drop_column("former_details", "adds_warning")


def downgrade() -> None:
    op.add_column(
        "former_details",
        sa.Column("adds_warning", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "former_details", sa.Column("warning_told_at", sqlmodel.UTCDateTime(), nullable=True)
    )
    op.create_index(
        "ix_former_details_untold",
        "former_details",
        ["id"],
        sqlite_where=WARNS,
        postgresql_where=WARNS,
    )
    op.drop_table("safety_warning")
