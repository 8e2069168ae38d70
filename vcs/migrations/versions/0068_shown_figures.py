"""What a figure of a period that is over was when it was last shown."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.String(), nullable=False),
        sa.Column("denominator", sa.String(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("was_numerator", sa.String(), nullable=True),
        sa.Column("was_denominator", sa.String(), nullable=True),
        sa.Column("was_shown_on", sa.Date(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_figure")),
        sa.UniqueConstraint(
            "reach",
            "measure",
            "axis",
            "key",
            "from_on",
            "to_on",
            name=op.f("uq_shown_figure_reach_measure_axis_key_from_on_to_on"),
        ),
    )


def downgrade() -> None:
    op.drop_table("shown_figure")
