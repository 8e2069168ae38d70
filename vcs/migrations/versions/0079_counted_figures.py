"""Figures that are counted once a day and kept with the moment they hold for."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0079"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_figures")),
        sa.UniqueConstraint("kind", "asked", name=op.f("uq_counted_figures_kind_asked")),
    )
    op.create_index("ix_counted_figures_counted_at", "counted_figures", ["counted_at"])


def downgrade() -> None:
    op.drop_table("counted_figures")
