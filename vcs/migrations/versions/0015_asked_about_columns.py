"""What a question is about, and that a release may be near, are columns: no key or text is split."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

TOPICS = (
    "topic IN ('sentence', 'match', 'closed', 'offer', 'says', 'fault', 'late', 'elsewhere', "
    "'opted_out', 'safety', 'officer_needed')"
)
# Keys as they were made until now; from here on nothing is read from them.
OF_SENTENCES = """
UPDATE task SET topic = 'sentence' WHERE sentence_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM sentence WHERE sentence.id = task.sentence_id
  AND substr(task.key, 1, length(task.kind) + length(sentence.key) + 2)
    = task.kind || ':' || sentence.key || ':')
"""
OF_REQUESTS = """
UPDATE task SET topic = '{topic}', request_receipt = (
  SELECT receipt FROM referral_request
  WHERE substr(task.key, 1, length('{before}') + length(receipt) + length('{after}'))
    = '{before}' || receipt || '{after}')
WHERE substr(task.key, 1, length('{before}')) = '{before}' AND EXISTS (
  SELECT 1 FROM referral_request
  WHERE substr(task.key, 1, length('{before}') + length(receipt) + length('{after}'))
    = '{before}' || receipt || '{after}')
"""
TOPIC_OF_KEY = (
    ("match", "request:", ":match"),
    ("closed", "request:", ":closed"),
    ("offer", "request:", ":discretion:"),
    ("says", "request:", ":says"),
    ("fault", "request:", ":fault"),
    ("late", "late:", ""),
    ("elsewhere", "elsewhere:", ""),
    ("opted_out", "says:", ":"),
)
OF_VICTIMS = """
UPDATE task SET victim_id = (
  SELECT id FROM victim
  WHERE substr(task.key, 1, length(reference) + 9) = 'address:' || reference || ':')
WHERE kind = 'address_to_check'
"""
URGENT = 'UPDATE decision SET urgent = {} WHERE decision LIKE \'%"urgent":"%\''


def _plain(words: str) -> sa.TextClause:
    """Return SQL in which a colon is a colon and names no value."""
    return sa.text(words.replace(":", "\\:"))


def upgrade() -> None:
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("topic", sa.String(), nullable=True))
        table.add_column(sa.Column("request_receipt", sa.String(), nullable=True))
        table.add_column(sa.Column("victim_id", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_task_topic"), TOPICS)
        table.create_foreign_key(
            op.f("fk_task_request_receipt"), "referral_request", ["request_receipt"], ["receipt"]
        )
        table.create_foreign_key(op.f("fk_task_victim_id"), "victim", ["victim_id"], ["id"])
    op.create_index("ix_task_request_receipt", "task", ["request_receipt"])
    op.add_column(
        "decision", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(_plain(OF_SENTENCES))
    for topic, before, after in TOPIC_OF_KEY:
        op.execute(_plain(OF_REQUESTS.format(topic=topic, before=before, after=after)))
    op.execute(_plain(OF_VICTIMS))
    is_sqlite = op.get_context().dialect.name == "sqlite"
    op.execute(_plain(URGENT.format("1" if is_sqlite else "true")))


def downgrade() -> None:
    op.drop_column("decision", "urgent")
    op.drop_index("ix_task_request_receipt", "task")
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("fk_task_victim_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_task_request_receipt"), type_="foreignkey")
        table.drop_constraint(op.f("ck_task_topic"), type_="check")
        table.drop_column("victim_id")
        table.drop_column("request_receipt")
        table.drop_column("topic")
