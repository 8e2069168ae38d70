"""More roles of staff; cases that only named people may see."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.UTCDateTime()

_OPEN = sa.text("lifted_at IS NULL")


_ROLES = ("head_of_public_protection", "unit_administrator", "practitioner", "inspector")

_NAMING_ROLES = (("account", "role"), ("closing_proposal", "proposed_as"))


def upgrade() -> None:
    for table, column in _NAMING_ROLES:
        add_words(table, column, _ROLES)
    _restriction()


def _restriction() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("restricted_at", _MOMENT, nullable=False),
        sa.Column("restricted_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lifted_at", _MOMENT, nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_sealed", sa.LargeBinary(), nullable=True),
        _to("restriction", "restricted_by", "account"),
        _to("restriction", "lifted_by", "account"),
        _to("restriction", "sentence_id", "sentence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    op.create_index("ix_restriction_sentence_id", "restriction", ["sentence_id"])
    op.create_index(
        "uq_restriction_open",
        "restriction",
        ["sentence_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "restriction_person",
        sa.Column("restriction_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        _to("restriction_person", "restriction_id", "restriction"),
        _to("restriction_person", "account_id", "account"),
        sa.PrimaryKeyConstraint("restriction_id", "account_id", name=op.f("pk_restriction_person")),
    )
    op.create_index("ix_restriction_person_account_id", "restriction_person", ["account_id"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    op.drop_table("restriction_person")
    op.drop_table("restriction")
    for table, column in _NAMING_ROLES:
        drop_words(table, column, _ROLES)
