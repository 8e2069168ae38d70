"""More roles of staff; cases that only named people may see; samples for an inspector."""

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
    add_words("letter_decision", "question", ["kept_apart"])
    _restriction()
    _inspection_sample()


def _inspection_sample() -> None:
    op.create_table(
        "inspection_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.Date(), nullable=False),
        sa.Column("drawn_at", _MOMENT, nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        _to("inspection_sample", "account_id", "account"),
        _to("inspection_sample", "drawn_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_sample")),
        sa.UniqueConstraint("reference", name=op.f("uq_inspection_sample_reference")),
    )
    for column in ("account_id", "region_code"):
        op.create_index(f"ix_inspection_sample_{column}", "inspection_sample", [column])
    op.create_table(
        "sampled_referral",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        _to("sampled_referral", "sample_id", "inspection_sample"),
        _to("sampled_referral", "referral_id", "referral"),
        sa.PrimaryKeyConstraint("sample_id", "place", name=op.f("pk_sampled_referral")),
        sa.UniqueConstraint(
            "sample_id", "referral_id", name=op.f("uq_sampled_referral_sample_id_referral_id")
        ),
    )
    op.create_index("ix_sampled_referral_referral_id", "sampled_referral", ["referral_id"])


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
    op.drop_table("sampled_referral")
    op.drop_table("inspection_sample")
    op.drop_table("restriction_person")
    op.drop_table("restriction")
    op.execute("DELETE FROM letter_decision WHERE question = 'kept_apart'")
    drop_words("letter_decision", "question", ["kept_apart"])
    _shut_out_new_roles()
    for table, column in _NAMING_ROLES:
        drop_words(table, column, _ROLES)


def _shut_out_new_roles() -> None:
    """Disable whoever has a role that is not known any more: nobody may do more than before."""
    listed = ", ".join(f"'{role}'" for role in _ROLES)
    op.execute(
        "UPDATE account SET role = 'vlo', active = false, epoch = epoch + 1 "  # noqa: S608
        f"WHERE role IN ({listed})"
    )
