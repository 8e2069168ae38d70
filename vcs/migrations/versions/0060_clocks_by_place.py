"""Where a clock is and whose, beside its day, so that lists of clocks are read by an index.

``env.py`` works every referral's clocks out again once this has run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_OPEN = sa.text("met_on IS NULL AND stopped_on IS NULL")

_COLUMNS = {"region_code": "region", "police_area": "area", "officer_id": "officer"}


def upgrade() -> None:
    for column in ("region_code", "police_area"):
        op.add_column("clock", sa.Column(column, sa.String(), nullable=True))
    op.add_column("clock", sa.Column("officer_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE clock SET (region_code, police_area, officer_id) = "
        "(SELECT region_code, police_area, vlo_account_id FROM referral "
        "WHERE referral.id = clock.referral_id)"
    )
    for column, name in _COLUMNS.items():
        op.create_index(
            f"ix_clock_open_{name}",
            "clock",
            [column, "owed_by", "due_on", "id"],
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )


def downgrade() -> None:
    for column, name in _COLUMNS.items():
        op.drop_index(f"ix_clock_open_{name}", "clock")
        with op.batch_alter_table("clock") as altered:
            altered.drop_column(column)
