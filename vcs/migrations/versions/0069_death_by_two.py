"""A death that a second person confirms; those on record wait for one."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

KIND = "death_to_confirm"


def upgrade() -> None:
    add_words("task", "kind", [KIND])
    with op.batch_alter_table("person_death") as altered:
        altered.add_column(sa.Column("confirmed_at", sqlmodel.UTCDateTime(), nullable=True))
        altered.add_column(sa.Column("confirmed_by", sa.Integer(), nullable=True))
        altered.add_column(sa.Column("confirmed_sealed", sa.LargeBinary(), nullable=True))
        altered.create_foreign_key(
            op.f("fk_person_death_confirmed_by"), "account", ["confirmed_by"], ["id"]
        )
        altered.create_check_constraint(
            op.f("ck_person_death_confirmed"),
            "(confirmed_at IS NULL) = (confirmed_sealed IS NULL)",
        )


def downgrade() -> None:
    with op.batch_alter_table("person_death") as altered:
        altered.drop_constraint(op.f("ck_person_death_confirmed"), type_="check")
        altered.drop_constraint(op.f("fk_person_death_confirmed_by"), type_="foreignkey")
        for column in ("confirmed_at", "confirmed_by", "confirmed_sealed"):
            altered.drop_column(column)
    op.execute("UPDATE task SET kind = 'question' WHERE kind = 'death_to_confirm'")
    drop_words("task", "kind", [KIND])
