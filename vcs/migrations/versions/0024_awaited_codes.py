"""Which sentences wait for the meaning of a result code, asked once for the code.

A decision that was left open and past its day is due 5 working days from the upgrade, so that the
first sweep does not send an email about each; one that was told of already keeps its day.
"""

import sqlalchemy as sa
from alembic import op

from vcs import clock
from vcs.law.due import decision_due
from vcs.tables import new_reference

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

OPEN_AND_LATE = """
UPDATE task SET due_on = :due_on
WHERE done_at IS NULL
  AND kind IN ('decide', 'sentence_changed', 'sentence_gone', 'result_code')
  AND (due_on IS NULL OR due_on < :today OR kind = 'result_code' AND due_on = :today)
  AND NOT EXISTS (
    SELECT 1 FROM alert JOIN sentence ON sentence.id = task.sentence_id
    WHERE alert.key = 'decision_late:' || sentence.reference || ':' || task.reference)
"""
WAITING = """
SELECT DISTINCT sentence.id, sentence.key, sentence.region_code
FROM awaited_code JOIN sentence ON sentence.id = awaited_code.sentence_id
"""
ASK = """
INSERT INTO task (reference, key, kind, topic, question, region_code, due_on, opened_on,
  sentence_id)
VALUES (:reference, :key, 'decide', 'sentence',
  'Find out what the court imposed, from the court register.', :region, :due_on, :today,
  :sentence_id)
"""
DAYS = (sa.bindparam("today", type_=sa.Date()), sa.bindparam("due_on", type_=sa.Date()))


def upgrade() -> None:
    op.create_table(
        "awaited_code",
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_awaited_code_sentence_id")
        ),
        sa.PrimaryKeyConstraint("sentence_id", "code", name=op.f("pk_awaited_code")),
    )
    op.create_index("ix_awaited_code_code", "awaited_code", ["code"])
    today = clock.today()
    late = sa.text(OPEN_AND_LATE).bindparams(*DAYS)
    op.get_bind().execute(late, {"today": today, "due_on": decision_due(today)})


def downgrade() -> None:
    """Ask about each waiting sentence, as the version before knows no other way to wait."""
    op.execute("DELETE FROM alert WHERE kind = 'code_late'")
    bind, today = op.get_bind(), clock.today()
    for row in bind.execute(sa.text(WAITING)).all():
        task = {"reference": new_reference(), "sentence_id": row.id, "region": row.region_code}
        task |= {"key": f"decide:{row.key}:awaited", "today": today, "due_on": decision_due(today)}
        bind.execute(sa.text(ASK).bindparams(*DAYS), task)
    op.drop_index("ix_awaited_code_code", "awaited_code")
    op.drop_table("awaited_code")
