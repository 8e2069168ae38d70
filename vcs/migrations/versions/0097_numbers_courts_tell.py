"""Telephone numbers and email addresses that courts tell, kept beside addresses and asked about."""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

TASKS = ["phone_to_check", "email_to_check"]


def upgrade() -> None:
    rule = op.f("ck_case_address_found_by")
    with op.batch_alter_table("case_address") as altered:
        altered.add_column(
            sa.Column("found_by", sa.String(), nullable=False, server_default="address")
        )
        altered.create_check_constraint(rule, "found_by IN ('address', 'phone', 'email')")
    add_words("task", "kind", TASKS)
    # What was read before is read again for its numbers, from the newest message down.
    op.execute("DELETE FROM feed_cursor WHERE name = 'homes left to keep'")
    op.execute(
        "INSERT INTO feed_cursor (name, last_id) "
        "SELECT 'homes left to keep', max(id) FROM court_message HAVING max(id) IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM case_address WHERE found_by <> 'address'")
    op.execute(
        "DELETE FROM address_answer WHERE task_id IN "
        "(SELECT id FROM task WHERE kind IN ('phone_to_check', 'email_to_check'))"
    )
    op.execute("DELETE FROM task WHERE kind IN ('phone_to_check', 'email_to_check')")
    drop_words("task", "kind", TASKS)
    rule = op.f("ck_case_address_found_by")
    with op.batch_alter_table("case_address") as altered:
        altered.drop_constraint(rule, type_="check")
        altered.drop_column("found_by")
