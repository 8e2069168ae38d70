"""Messages may be dismissed by a person, and their bodies removed when their time is over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATUS_BEFORE = "status IN ('waiting', 'read', 'set_aside', 'older_than_held')"
STATUS = "status IN ('waiting', 'read', 'set_aside', 'older_than_held', 'dismissed')"
TABLE, BODY = "court_message", sa.LargeBinary()
BODY_KEPT = (
    "body IS NOT NULL OR (body_removed_on IS NOT NULL "
    "AND status IN ('read', 'older_than_held', 'dismissed'))"
)
# What an administrator dealt with before messages could be dismissed.
DEALT_WITH = """
UPDATE court_message SET status = 'dismissed' WHERE status = 'set_aside' AND EXISTS (
  SELECT 1 FROM task WHERE task.message_id = court_message.id
  AND task.kind = 'set_aside' AND task.done_at IS NOT NULL)
"""
NOT_DISMISSED = "UPDATE court_message SET status = 'set_aside' WHERE status = 'dismissed'"
REMOVED_IS_EMPTY = "UPDATE court_message SET body = CAST('' AS {}) WHERE body IS NULL"

EMPTY_IS_REMOVED = """
UPDATE court_message SET body = NULL, body_removed_on = CURRENT_DATE
WHERE length(body) = 0 AND status IN ('read', 'older_than_held', 'dismissed')
"""


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(sa.Column("body_removed_on", sa.Date(), nullable=True))
        table.alter_column("body", existing_type=BODY, nullable=True)
        table.drop_constraint(op.f("ck_court_message_status"), type_="check")
        table.create_check_constraint(op.f("ck_court_message_status"), STATUS)
        table.create_check_constraint(op.f("ck_court_message_body_kept"), BODY_KEPT)
    op.create_index("ix_court_message_body_due", TABLE, ["body_removed_on", "read_at"])
    op.create_index("ix_task_message_id", "task", ["message_id"])
    op.execute(DEALT_WITH)
    op.execute(EMPTY_IS_REMOVED)


def downgrade() -> None:
    """A body that was removed comes back empty: what it held is gone for good."""
    op.execute(NOT_DISMISSED)
    kind = "BLOB" if op.get_context().dialect.name == "sqlite" else "BYTEA"
    op.execute(REMOVED_IS_EMPTY.format(kind))
    op.drop_index("ix_task_message_id", "task")
    op.drop_index("ix_court_message_body_due", TABLE)
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f("ck_court_message_body_kept"), type_="check")
        table.drop_constraint(op.f("ck_court_message_status"), type_="check")
        table.create_check_constraint(op.f("ck_court_message_status"), STATUS_BEFORE)
        table.alter_column("body", existing_type=BODY, nullable=False)
        table.drop_column("body_removed_on")
