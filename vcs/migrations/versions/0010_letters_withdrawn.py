"""Letters can be withdrawn, and keep what they were made from and what people decided of them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATUS_BEFORE = "status IN ('draft', 'approved')"
STATUS = "status IN ('draft', 'approved', 'withdrawn')"
# Whether a letter that was approved before has been printed is not known: it may have been.
OPENED = "UPDATE letter SET opened_at = approved_at WHERE status = 'approved'"
A_DRAFT_AGAIN = """
UPDATE letter SET status = 'draft', contents = NULL, pdf = NULL, sha256 = NULL,
  template_version = NULL, approved_at = NULL, approved_by = NULL
WHERE status = 'withdrawn'
"""
ADDED = ("made_from", "opened_at", "withdrawn_at", "withdrawn_by", "withdrawn_reason")


def upgrade() -> None:
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("made_from", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=True))
        table.add_column(sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True))
        table.add_column(sa.Column("withdrawn_by", sa.String(), nullable=True))
        table.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=True))
        table.drop_constraint(op.f("ck_letter_status"), type_="check")
        table.create_check_constraint(op.f("ck_letter_status"), STATUS)
    op.execute(OPENED)
    op.create_table(
        "letter_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "question IN ('shared_address', 'second_letter', 'earlier_opt_out', 'format', 'name')",
            name=op.f("ck_letter_decision_question"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_decision_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_letter_decision_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_decision")),
    )
    op.create_index("ix_letter_decision_letter_id", "letter_decision", ["letter_id"])
    op.create_index("ix_sentence_date_of_birth", "sentence", ["date_of_birth"])


def downgrade() -> None:
    """A letter that was withdrawn is a draft again, to be made anew from what is true then.

    Its old words are removed: the older program would approve them. So is what people decided.
    """
    op.drop_index("ix_sentence_date_of_birth", "sentence")
    op.drop_table("letter_decision")
    op.execute(A_DRAFT_AGAIN)
    with op.batch_alter_table("letter") as table:
        table.drop_constraint(op.f("ck_letter_status"), type_="check")
        table.create_check_constraint(op.f("ck_letter_status"), STATUS_BEFORE)
        for name in ADDED:
            table.drop_column(name)
