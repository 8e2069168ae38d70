"""What must be stopped, and changes of details that warn of danger, are told of at once."""

from datetime import timedelta

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0058"
down_revision = "0056"
branch_labels = None
depends_on = None

UNTOLD = sa.text("adds_warning AND warning_told_at IS NULL")


def upgrade() -> None:
    add_words("task", "topic", ["must_stop"])
    op.add_column(
        "former_details",
        sa.Column("adds_warning", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "former_details", sa.Column("warning_told_at", sqlmodel.UTCDateTime(), nullable=True)
    )
    op.create_index(
        "ix_former_details_untold",
        "former_details",
        ["id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )
    op.create_index("ix_letter_opened_at", "letter", ["opened_at"])
    _give_a_day()


def _give_a_day() -> None:
    """Give questions that had no day the one that they are given now, to the working day or so."""
    task = sa.table(
        "task",
        sa.column("id", sa.Integer()),
        sa.column("kind", sa.String()),
        sa.column("opened_on", sa.Date()),
        sa.column("due_on", sa.Date()),
        sa.column("done_at", sqlmodel.UTCDateTime()),
    )
    without = sa.select(task.c.id, task.c.opened_on).where(
        task.c.kind == "also_offender", task.c.due_on.is_(None), task.c.done_at.is_(None)
    )
    for row in op.get_bind().execute(without).all():
        due_on = row.opened_on + timedelta(days=7)
        op.execute(task.update().where(task.c.id == row.id).values(due_on=due_on))


def downgrade() -> None:
    op.drop_index("ix_letter_opened_at", "letter")
    op.drop_index("ix_former_details_untold", "former_details")
    op.drop_column("former_details", "warning_told_at")
    op.drop_column("former_details", "adds_warning")
    task = sa.table("task", sa.column("topic"))
    op.execute(task.update().where(task.c.topic == "must_stop").values(topic=None))
    drop_words("task", "topic", ["must_stop"])
