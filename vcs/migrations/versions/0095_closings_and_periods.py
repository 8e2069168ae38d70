"""A closing ends the duty to refer, and never meets it; a list says what it covers."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

# With nobody referred, only the closing can have met the duty.
_BY_CLOSING = """
duty = 'refer-to-probation'
AND referral_id IN (
    SELECT id FROM referral
    WHERE status = 'closed' AND closed_reason IN (
        'no_identifiable_victim', 'victim_cannot_be_traced', 'refused_referral'
    )
)
AND NOT EXISTS (SELECT 1 FROM victim WHERE victim.referral_id = deadline.referral_id)
"""


_MARK = "INSERT INTO clock_mark (referral_id) SELECT referral_id FROM deadline WHERE "

_LIFT = "UPDATE deadline SET lifted_on = met_on, met_on = NULL WHERE lifted_on IS NULL AND "

_MEET = "UPDATE deadline SET met_on = lifted_on, lifted_on = NULL WHERE met_on IS NULL AND "


def upgrade() -> None:
    op.add_column(
        "list_run",
        sa.Column("period_said", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # What runs until a referral is made stops with it: worked out again.
    op.execute(_MARK + "met_on IS NOT NULL AND " + _BY_CLOSING)
    op.execute(_LIFT + "met_on IS NOT NULL AND " + _BY_CLOSING)


def downgrade() -> None:
    op.drop_column("list_run", "period_said")
    op.execute(_MEET + "lifted_on IS NOT NULL AND " + _BY_CLOSING)
