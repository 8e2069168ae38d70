"""Finding people who may be one, and what was decided about them.

Nobody has digests yet: who has none is opened where somebody is looked for, and the scheduler
makes them.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KINDS = ("same_person",)


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        digested_as = sa.Column("digested_as", sa.String(), nullable=False, server_default="")
        table.add_column(digested_as)
        table.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_person_joined_to_id", "person", ["joined_to_id"], ["id"])
        table.create_index("ix_person_digested_as", ["digested_as"])
        table.create_index("ix_person_joined_to_id", ["joined_to_id"])
    _digests()
    _decisions()
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_task_person_id", "person", ["person_id"], ["id"])
        table.create_index("ix_task_person_id", ["person_id"])
    add_words("task", "kind", KINDS)


def _digests() -> None:
    op.create_table(
        "person_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_digest_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person_digest"),
        sa.UniqueConstraint("person_id", "digest", name="uq_person_digest_person_id_digest"),
    )
    op.create_index("ix_person_digest_digest", "person_digest", ["digest"])


def _decisions() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"], name="fk_kept_apart_one_id"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name="fk_kept_apart_other_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name="fk_kept_apart_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_apart"),
        sa.UniqueConstraint("one_id", "other_id", name="uq_kept_apart_one_id_other_id"),
    )
    op.create_index("ix_kept_apart_other_id", "kept_apart", ["other_id"])
    op.create_table(
        "person_join",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("from_person_id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("joined_by", sa.Integer(), nullable=False),
        sa.Column("undone_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name="fk_person_join_victim_id"),
        sa.ForeignKeyConstraint(
            ["from_person_id"], ["person.id"], name="fk_person_join_from_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["to_person_id"], ["person.id"], name="fk_person_join_to_person_id"
        ),
        sa.ForeignKeyConstraint(["joined_by"], ["account.id"], name="fk_person_join_joined_by"),
        sa.ForeignKeyConstraint(["undone_by"], ["account.id"], name="fk_person_join_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_person_join"),
    )
    op.create_index("ix_person_join_victim_id", "person_join", ["victim_id"])


def downgrade() -> None:
    op.execute("UPDATE task SET kind = 'question' WHERE kind = 'same_person'")
    drop_words("task", "kind", KINDS)
    with op.batch_alter_table("task") as table:
        table.drop_index("ix_task_person_id")
        table.drop_constraint("fk_task_person_id", type_="foreignkey")
        table.drop_column("person_id")
    for name in ("person_join", "kept_apart", "person_digest"):
        op.drop_table(name)
    with op.batch_alter_table("person") as table:
        for name in ("joined_to_id", "digested_as"):
            table.drop_index(f"ix_person_{name}")
        table.drop_constraint("fk_person_joined_to_id", type_="foreignkey")
        for name in ("joined_to_id", "digested_as"):
            table.drop_column(name)
