"""Monthly certificates, proposed by one person and confirmed by another."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("proposed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("signature", sa.String(), nullable=True),
        sa.Column("public_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_certificate_proposed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_certificate_confirmed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("reference", name=op.f("uq_certificate_reference")),
    )
    op.create_index("ix_certificate_month", "certificate", ["month"])


def downgrade() -> None:
    op.drop_table("certificate")
