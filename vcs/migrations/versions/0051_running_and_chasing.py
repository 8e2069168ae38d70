"""Which fault ended a job; the mailboxes of witness care units, and what they are sent."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_UNSENT = sa.text("sent_at IS NULL AND withdrawn_at IS NULL AND failed_reason IS NULL")

_OWED = sa.text("met_on IS NULL AND lifted_on IS NULL")


def upgrade() -> None:
    op.add_column("sweep_run", sa.Column("fault", sa.String(), nullable=True))
    op.create_table(
        "witness_care_mailbox",
        sa.Column("police_area", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("police_area", name=op.f("pk_witness_care_mailbox")),
    )
    op.create_table(
        "matter_opened",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_opened")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_matter_opened_account_id_account")
        ),
        sa.UniqueConstraint(
            "account_id", "matter", name=op.f("uq_matter_opened_account_id_matter")
        ),
    )
    op.create_index("ix_matter_opened_matter", "matter_opened", ["matter"])
    op.create_table(
        "chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("police_area", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("owed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("next_try_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("sent_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("failed_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase")),
        sa.UniqueConstraint("police_area", "day", name=op.f("uq_chase_police_area_day")),
        sa.UniqueConstraint("message_id", name=op.f("uq_chase_message_id")),
    )
    op.create_index(
        "ix_deadline_open_on", "deadline", ["due_on"], sqlite_where=_OWED, postgresql_where=_OWED
    )
    op.create_index(
        "ix_chase_unsent",
        "chase",
        ["next_try_at"],
        sqlite_where=_UNSENT,
        postgresql_where=_UNSENT,
    )


def downgrade() -> None:
    op.drop_index("ix_deadline_open_on", "deadline")
    op.drop_table("chase")
    op.drop_table("witness_care_mailbox")
    op.drop_table("matter_opened")
    op.drop_column("sweep_run", "fault")
