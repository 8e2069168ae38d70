"""Which sentences wait for the meaning of a result code, and what earlier answers were about.

What people answered before is taken over, so that the first question of the new version shows it.
A decision that was left open and past its day is due 5 working days from the upgrade, so that the
first sweep does not send an email about each; one that was told of already keeps its day.
"""

import json
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs import clock
from vcs.law.deadlines.due import decision_due
from vcs.tables import new_reference

revision = "0024"
down_revision = "0023"
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
ABOUT = ("task_id", "offence_code", "condition")
ANSWERED = """
SELECT id FROM task
WHERE kind IN ('decide', 'discretion') AND done_by IS NOT NULL AND sentence_id IS NOT NULL
ORDER BY id
"""
DECIDED = """
SELECT task.kind, decision.decision FROM task JOIN decision ON decision.id = (
  SELECT max(one.id) FROM decision one
  WHERE one.sentence_id = task.sentence_id AND one.made_at <= task.done_at)
WHERE task.id = :id
"""
ROUTED = """
INSERT INTO court_answer (court, region_code, answered_at, answered_by)
SELECT upper(substr(sentence.court_code, 1, 5)), task.answer, task.done_at, task.done_by
FROM task JOIN sentence ON sentence.id = task.sentence_id
WHERE task.kind = 'route' AND task.done_by IS NOT NULL AND task.answer IS NOT NULL
  AND sentence.court_code <> ''
ORDER BY task.done_at, task.id
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
    op.create_table(
        "answered_condition",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("offence_code", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_answered_condition_task_id")
        ),
        sa.PrimaryKeyConstraint(
            "task_id", "offence_code", "condition", name=op.f("pk_answered_condition")
        ),
    )
    op.create_index(
        "ix_answered_condition_asked", "answered_condition", ["offence_code", "condition"]
    )
    op.create_table(
        "court_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_court_answer_answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_answer")),
    )
    op.create_index("ix_court_answer_court", "court_answer", ["court"])
    _take_over_answers()
    today = clock.today()
    late = sa.text(OPEN_AND_LATE).bindparams(*DAYS)
    op.get_bind().execute(late, {"today": today, "due_on": decision_due(today)})


def _take_over_answers() -> None:
    bind, answered = op.get_bind(), sa.table("answered_condition", *map(sa.column, ABOUT))
    for its_id in bind.execute(sa.text(ANSWERED)).scalars().all():
        task = bind.execute(sa.text(DECIDED), {"id": its_id}).first()
        rows = [dict(zip(ABOUT, (its_id, *one), strict=True)) for one in _about(task)]
        if rows:
            bind.execute(sa.insert(answered), rows)
    bind.execute(sa.text(ROUTED))


def _about(task: Any) -> set[tuple[str, str]]:
    """Return the offences and conditions that were open; none where the decision is not read."""
    found: set[tuple[str, str]] = set()
    if task is None:
        return found
    try:
        for one in json.loads(task.decision)["offences"]:
            code = "".join(filter(str.isalnum, (one["offence_code"] or "").upper()))
            unknown = [r["condition"] for r in one["reasons"] if r["answer"] == "unknown"]
            if task.kind == "discretion":
                unknown = ["discretion"] if one["outcome"] == "discretionary" else []
            else:
                unknown = unknown[: len(one["questions"])]
            found |= {(code, condition) for condition in unknown if code}
    except (KeyError, TypeError, ValueError):
        return set()
    return found


def downgrade() -> None:
    """Ask about each waiting sentence, as the version before knows no other way to wait."""
    op.execute("DELETE FROM alert WHERE kind = 'code_late'")
    bind, today = op.get_bind(), clock.today()
    for row in bind.execute(sa.text(WAITING)).all():
        task = {"reference": new_reference(), "sentence_id": row.id, "region": row.region_code}
        task |= {"key": f"decide:{row.key}:awaited", "today": today, "due_on": decision_due(today)}
        bind.execute(sa.text(ASK).bindparams(*DAYS), task)
    for name in ("court_answer", "answered_condition"):
        op.drop_table(name)
    op.drop_index("ix_awaited_code_code", "awaited_code")
    op.drop_table("awaited_code")
