"""Letters to partners: what they are about, the offices they go to, and where those are."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.UTCDateTime()

_TASKS = ("office_unknown",)

_KINDS = "'witness_care_unit', 'youth_offending_team', 'hospital_managers', 'probation_office'"

_ABOUT = {
    "sentence_id": "sentence",
    "about_victim_id": "victim",
    "office_id": "partner_office",
}

_POINTING = (
    "letter_decision",
    "posted_letter",
    "returned_letter",
    "batch_letter",
    "notify_letter",
)

_INDEXED = ("sentence_id", "about_victim_id")


def upgrade() -> None:
    add_words("task", "kind", _TASKS)
    _offices()
    with op.batch_alter_table("letter") as altered:
        altered.alter_column("victim_id", existing_type=sa.Integer(), nullable=True)
        altered.add_column(sa.Column("looked_again_at", _MOMENT, nullable=True))
        for column, table in _ABOUT.items():
            altered.add_column(sa.Column(column, sa.Integer(), nullable=True))
            altered.create_foreign_key(op.f(f"fk_letter_{column}"), table, [column], ["id"])
        to_one = "(victim_id IS NULL) = (sentence_id IS NOT NULL)"
        altered.create_check_constraint(op.f("ck_letter_to_one"), to_one)
    for column in _INDEXED:
        op.create_index(op.f(f"ix_letter_{column}"), "letter", [column])
    for table in ("posted_letter", "returned_letter"):
        with op.batch_alter_table(table) as altered:
            altered.alter_column("victim_id", existing_type=sa.Integer(), nullable=True)


def _offices() -> None:
    op.create_table(
        "partner_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_partner_office_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_office")),
        sa.UniqueConstraint("reference", name=op.f("uq_partner_office_reference")),
    )
    op.create_index(op.f("ix_partner_office_place"), "partner_office", ["place"])
    op.create_table(
        "office_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["partner_office.id"],
            name=op.f("fk_office_address_office_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_office_address_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_address")),
        sa.UniqueConstraint(
            "office_id", "from_on", name=op.f("uq_office_address_office_id_from_on")
        ),
    )
    op.create_index(op.f("ix_office_address_office_id"), "office_address", ["office_id"])
    op.create_table(
        "partner_look",
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("trigger", name=op.f("pk_partner_look")),
    )


def downgrade() -> None:
    theirs = "(SELECT id FROM letter WHERE victim_id IS NULL)"
    for table in _POINTING:
        op.execute(f"DELETE FROM {table} WHERE letter_id IN {theirs}")  # noqa: S608
    op.execute("DELETE FROM letter WHERE victim_id IS NULL")
    for table in ("posted_letter", "returned_letter"):
        with op.batch_alter_table(table) as altered:
            altered.alter_column("victim_id", existing_type=sa.Integer(), nullable=False)
    for column in _INDEXED:
        op.drop_index(op.f(f"ix_letter_{column}"), "letter")
    with op.batch_alter_table("letter") as altered:
        altered.drop_constraint(op.f("ck_letter_to_one"), type_="check")
        for column in _ABOUT:
            altered.drop_constraint(op.f(f"fk_letter_{column}"), type_="foreignkey")
            altered.drop_column(column)
        altered.drop_column("looked_again_at")
        altered.alter_column("victim_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("partner_look")
    op.drop_table("office_address")
    op.drop_table("partner_office")
    op.execute("DELETE FROM task WHERE kind = 'office_unknown'")
    drop_words("task", "kind", _TASKS)
