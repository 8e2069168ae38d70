"""A manager is asked whether two cases are of one offender."""

import sqlalchemy as sa
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

TASKS = ["same_offender"]


def upgrade() -> None:
    add_words("task", "kind", TASKS)
    with op.batch_alter_table("task", reflect_kwargs={"resolve_fks": False}) as altered:
        altered.add_column(sa.Column("other_sentence_id", sa.Integer(), nullable=True))
        altered.create_foreign_key(
            op.f("fk_task_other_sentence_id"), "sentence", ["other_sentence_id"], ["id"]
        )
    op.create_index("ix_task_other_sentence_id", "task", ["other_sentence_id"])


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind = 'same_offender'")
    op.drop_index("ix_task_other_sentence_id", table_name="task")
    with op.batch_alter_table("task", reflect_kwargs={"resolve_fks": False}) as altered:
        altered.drop_constraint(op.f("fk_task_other_sentence_id"), type_="foreignkey")
        altered.drop_column("other_sentence_id")
    drop_words("task", "kind", TASKS)
