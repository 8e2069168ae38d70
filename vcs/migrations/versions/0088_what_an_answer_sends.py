"""A unit's answer sends the requests that were agreed to, where it sent all that waited."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

# What was told until now, by the rule of then.
_TOLD = """
INSERT INTO consultation_sent (part_id, request_id)
SELECT consultation_part.id, condition_request.id
FROM consultation_part
JOIN victim ON victim.referral_id = consultation_part.referral_id
JOIN condition_request ON condition_request.victim_id = victim.id
WHERE consultation_part.answer = 'requests'
AND condition_request.sent_on IS NOT NULL
AND condition_request.recorded_at <= consultation_part.answered_at
"""


def upgrade() -> None:
    op.create_table(
        "consultation_sent",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["consultation_part.id"], name=op.f("fk_consultation_sent_part_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["condition_request.id"], name=op.f("fk_consultation_sent_request_id")
        ),
        sa.PrimaryKeyConstraint("part_id", "request_id", name=op.f("pk_consultation_sent")),
    )
    op.execute(_TOLD)


def downgrade() -> None:
    op.drop_table("consultation_sent")
