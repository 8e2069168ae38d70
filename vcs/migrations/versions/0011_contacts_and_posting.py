"""Contacts and attempts as rows, letters recorded as posted, and whole former details.

Approving a letter counted as contact before. Where nothing but an approval stands behind
``contacted_on``, it is emptied, or moved to the first choice that an officer recorded. What an
officer recorded as a contact stays: its day was kept nowhere else. ``met_on`` stays as it was: a
duty that counted as met is not made overdue by an upgrade. The pages say which of them rest on an
approval alone.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAYS = (
    "how IN ('by phone', 'in person', 'by video call', 'by email', 'by text message', 'by letter')"
)
FORMER = ("standing", "language", "format_needs")
# A choice that witness care passed on shows no contact by the liaison unit.
NOT_BY_APPROVAL = """
UPDATE victim SET contacted_on = (
  SELECT MIN(choice.chosen_on) FROM choice JOIN account ON account.id = choice.recorded_by
  WHERE choice.victim_id = victim.id AND choice.choice <> 'no_reply'
  AND account.role <> 'witness_care')
WHERE contacted_on IS NOT NULL
AND EXISTS (
  SELECT 1 FROM letter WHERE letter.victim_id = victim.id AND letter.approved_at IS NOT NULL
  AND letter.kind IN ('initial-contact', 'initial_contact'))
AND NOT EXISTS (
  SELECT 1 FROM audit_entry JOIN referral ON referral.reference = audit_entry.subject
  WHERE referral.id = victim.referral_id AND audit_entry.event = 'contact.recorded'
  AND audit_entry.detail = victim.reference)
"""


def upgrade() -> None:
    for name in FORMER:
        op.add_column("former_details", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(WAYS, name=op.f("ck_contact_how")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name="fk_contact_recorded_by"),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name="fk_contact_victim_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_victim_id", "contact", ["victim_id"])
    op.create_table(
        "posted_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name="fk_posted_letter_recorded_by"
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_posted_letter_letter_id"),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name="fk_posted_letter_victim_id"),
        sa.PrimaryKeyConstraint("id", name="pk_posted_letter"),
        sa.UniqueConstraint("letter_id", name="uq_posted_letter_letter_id"),
    )
    op.create_index("ix_posted_letter_victim_id", "posted_letter", ["victim_id"])
    op.execute(NOT_BY_APPROVAL)


def downgrade() -> None:
    op.drop_table("posted_letter")
    op.drop_table("contact")
    for name in FORMER:
        op.drop_column("former_details", name)
