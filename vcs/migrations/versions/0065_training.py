"""What the database was made for, and who took which course."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "database_purpose",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("set_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_database_purpose")),
    )
    op.create_table(
        "course_sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("begun_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("safe", sa.Boolean(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_course_sitting_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_sitting")),
        sa.UniqueConstraint("reference", name=op.f("uq_course_sitting_reference")),
    )
    op.create_index(
        "ix_course_sitting_account_id_course", "course_sitting", ["account_id", "course"]
    )
    op.create_table(
        "course_answer",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("turns_on", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("provision", sa.String(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["course_sitting.id"], name=op.f("fk_course_answer_sitting_id")
        ),
        sa.PrimaryKeyConstraint("sitting_id", "place", name=op.f("pk_course_answer")),
    )
    op.create_index("ix_course_answer_turns_on", "course_answer", ["turns_on"])
    op.create_table(
        "training_walk",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_training_walk_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_training_walk")),
    )


def downgrade() -> None:
    for table in ("training_walk", "course_answer", "course_sitting", "database_purpose"):
        op.drop_table(table)
