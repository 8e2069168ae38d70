"""How people may be reached, and how never, as rows of the person."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WAYS = "'phone', 'text message', 'email', 'post', 'in person', 'through somebody', 'anything'"
RULES = "'allowed', 'never', 'only'"
KNOWN = (
    "'they said so', 'witness care said so', 'the police said so', 'the court said so', "
    "'somebody who supports them said so', 'the records show it'"
)
KINDS = ("offer_owed", "ask_again")
EVENTS = (
    "'before_release', 'before_a_parole_review', 'before_temporary_release', 'at_any_key_event'"
)
QUESTIONS = ("only_via", "changed_address")
HOW = "'by phone', 'in person', 'by video call', 'by email', 'by text message'"
HOW_BEFORE, HOW_NOW = f"{HOW}, 'by letter'", f"{HOW}, 'through somebody', 'by letter'"


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("how_known", sa.String(), nullable=False),
        sa.Column("withheld_number", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"way IN ({WAYS})", name=op.f("ck_preference_way")),
        sa.CheckConstraint(f"rule IN ({RULES})", name=op.f("ck_preference_rule")),
        sa.CheckConstraint(f"how_known IN ({KNOWN})", name=op.f("ck_preference_how_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id")),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_preference_victim_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_preference_recorded_by")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_preference_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
    )
    for name in ("person_id", "victim_id"):
        op.create_index(f"ix_preference_{name}", "preference", [name])
    _allow("contact", "how", HOW_NOW)
    add_words("letter_decision", "question", QUESTIONS)
    add_words("task", "kind", KINDS)
    _notes()
    with op.batch_alter_table("choice") as table:
        table.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("ask_again_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("ask_again_at", sa.String(), nullable=True))
        rule = op.f("ck_choice_ask_again_at")
        table.create_check_constraint(rule, f"ask_again_at IN ({EVENTS})")
        table.create_index("ix_choice_ask_again_on", ["ask_again_on"])


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_note_referral_id")),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_note_victim_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_note_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    for name in ("referral_id", "victim_id"):
        op.create_index(f"ix_note_{name}", "note", [name])


def _allow(table: str, column: str, words: str) -> None:
    rule = op.f(f"ck_{table}_{column}")
    with op.batch_alter_table(table) as altered:
        altered.drop_constraint(rule, type_="check")
        altered.create_check_constraint(rule, f"{column} IN ({words})")


def downgrade() -> None:
    op.execute("DELETE FROM letter_decision WHERE question IN ('only_via', 'changed_address')")
    op.execute("UPDATE task SET kind = 'question' WHERE kind IN ('offer_owed', 'ask_again')")
    with op.batch_alter_table("choice") as table:
        table.drop_index("ix_choice_ask_again_on")
        table.drop_constraint(op.f("ck_choice_ask_again_at"), type_="check")
        for name in ("sealed", "ask_again_on", "ask_again_at"):
            table.drop_column(name)
    op.drop_table("note")
    drop_words("task", "kind", KINDS)
    drop_words("letter_decision", "question", QUESTIONS)
    op.execute("UPDATE contact SET how = 'in person' WHERE how = 'through somebody'")
    _allow("contact", "how", HOW_BEFORE)
    op.drop_table("preference")
