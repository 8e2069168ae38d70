"""What offender managers' systems ask a unit, and what it answers."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

KINDS = (
    "'licence', 'variation', 'urgent_variation', 'temporary_release', 'open_conditions', "
    "'recall', 'parole_report', 'new_address', 'licence_ends'"
)


def upgrade() -> None:
    add_words("task", "kind", ["consultation"])
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("looked_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_consultation_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("receipt", name=op.f("uq_consultation_receipt")),
        sa.UniqueConstraint(
            "client_id", "identity", name=op.f("uq_consultation_client_id_identity")
        ),
    )
    waits = sa.text("looked_at IS NULL")
    op.create_index(
        "ix_consultation_new", "consultation", ["id"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_table(
        "consultation_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('requests', 'no_answer')", name=op.f("ck_consultation_part_answer")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_consultation_part_{column}")
            )
            for column, other in (
                ("consultation_id", "consultation"),
                ("referral_id", "referral"),
                ("task_id", "task"),
                ("answered_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_part")),
        sa.UniqueConstraint(
            "consultation_id",
            "referral_id",
            name=op.f("uq_consultation_part_consultation_id_referral_id"),
        ),
    )
    for column in ("referral_id", "task_id"):
        op.create_index(f"ix_consultation_part_{column}", "consultation_part", [column])


def downgrade() -> None:
    op.drop_table("consultation_part")
    op.drop_table("consultation")
    op.execute("DELETE FROM task WHERE kind = 'consultation'")
    drop_words("task", "kind", ["consultation"])
