"""Letters drafted by what happens: what each is about, what it was given, who was looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0051"
branch_labels = None
depends_on = None

KINDS_BEFORE = (
    "released_in_error",
    "escaped",
    "absconded",
    "not_returned",
    "time_served",
    "release_planned",
    "release_moved",
    "released",
    "temporary_release",
    "recalled",
    "back_in_custody",
    "parole_review",
    "parole_decision",
    "open_conditions",
    "to_hospital",
    "from_hospital",
    "removed",
    "died",
    "licence_changed",
    "licence_ends",
    "sentence_changed",
)

NEW_KINDS = ("early_release", "hospital_review", "hospital_decision", "restrictions_ended")

ABOUT = {
    "event_id": "key_event",
    "choice_id": "choice",
    "request_id": "condition_request",
    "officer_id": "account",
}


def _kinds(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def upgrade() -> None:
    with op.batch_alter_table("letter") as altered:
        altered.alter_column("drafted_by", existing_type=sa.Integer(), nullable=True)
        altered.add_column(sa.Column("given", sa.LargeBinary(), nullable=True))
        for column, table in ABOUT.items():
            altered.add_column(sa.Column(column, sa.Integer(), nullable=True))
            named = op.f(f"fk_letter_{column}")
            altered.create_foreign_key(named, table, [column], ["id"])
    with op.batch_alter_table("key_event") as altered:
        altered.drop_constraint(op.f("ck_key_event_kind"), type_="check")
        altered.create_check_constraint(
            op.f("ck_key_event_kind"), _kinds((*KINDS_BEFORE, *NEW_KINDS))
        )
    op.create_table(
        "letter_look",
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_letter_look_victim_id")
        ),
        sa.PrimaryKeyConstraint("victim_id", name=op.f("pk_letter_look")),
    )
    op.create_index("ix_letter_look_looked_on", "letter_look", ["looked_on"])


def downgrade() -> None:
    op.drop_index("ix_letter_look_looked_on", "letter_look")
    op.drop_table("letter_look")
    # What nobody began was begun by whoever approved it; what is a draft still is drafted again.
    op.execute(
        "DELETE FROM letter_decision WHERE letter_id IN "
        "(SELECT id FROM letter WHERE drafted_by IS NULL AND approved_by IS NULL)"
    )
    op.execute("DELETE FROM letter WHERE drafted_by IS NULL AND approved_by IS NULL")
    op.execute("UPDATE letter SET drafted_by = approved_by WHERE drafted_by IS NULL")
    with op.batch_alter_table("key_event") as altered:
        altered.drop_constraint(op.f("ck_key_event_kind"), type_="check")
        altered.create_check_constraint(op.f("ck_key_event_kind"), _kinds(KINDS_BEFORE))
    with op.batch_alter_table("letter") as altered:
        for column in ABOUT:
            altered.drop_constraint(op.f(f"fk_letter_{column}"), type_="foreignkey")
            altered.drop_column(column)
        altered.drop_column("given")
        altered.alter_column("drafted_by", existing_type=sa.Integer(), nullable=False)
