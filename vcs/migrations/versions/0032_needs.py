"""What victims need and what is done about it; births, deaths, who speaks for whom."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = ("needs_again", "turning_18", "also_offender", "family_doubt")
TOPICS = ("a_year_on", "moved", "before_18", "at_18")
WAYS = "'by phone', 'in person', 'by video call', 'by email', 'by text message', 'by letter'"


def upgrade() -> None:
    add_words("task", "kind", KINDS)
    add_words("task", "topic", TOPICS)
    _answers()
    _actions()
    _lives()
    _links()
    _conditions()
    _statements()


def _answers() -> None:
    op.create_table(
        "need_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("brought_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('nothing', 'said', 'declined', 'brought', 'confirmed')",
            name=op.f("ck_need_answer_answer"),
        ),
        sa.CheckConstraint(f"how IN ({WAYS})", name=op.f("ck_need_answer_how")),
        sa.CheckConstraint(
            "(answer IN ('brought', 'confirmed')) = (brought_on IS NOT NULL)",
            name=op.f("ck_need_answer_brought"),
        ),
        sa.CheckConstraint(
            "(answer = 'confirmed') = (confirmed_on IS NOT NULL)",
            name=op.f("ck_need_answer_confirmed"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_need_answer_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_need_answer_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_answer")),
    )
    op.create_index("ix_need_answer_victim_item", "need_answer", ["victim_id", "item"])


def _actions() -> None:
    op.create_table(
        "need_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('done', 'in_part', 'could_not', 'not_wanted', 'lapsed')",
            name=op.f("ck_need_action_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)", name=op.f("ck_need_action_closed")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_need_action_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["account.id"], name=op.f("fk_need_action_owner_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_need_action_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_need_action_closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_action")),
        sa.UniqueConstraint("reference", name=op.f("uq_need_action_reference")),
    )
    op.create_index("ix_need_action_victim_id", "need_action", ["victim_id"])
    op.create_index(
        "ix_need_action_owner", "need_action", ["owner_account_id", "outcome", "due_on"]
    )


def _lives() -> None:
    op.create_table(
        "person_birth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("adult_in", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_birth_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_person_birth_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_birth")),
    )
    op.create_index("ix_person_birth_person_id", "person_birth", ["person_id"])
    op.create_index("ix_person_birth_adult_in", "person_birth", ["adult_in"])
    op.create_table(
        "person_death",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(taken_back_at IS NULL) = (taken_back_sealed IS NULL)",
            name=op.f("ck_person_death_taken_back"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_death_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_person_death_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["account.id"], name=op.f("fk_person_death_taken_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_death")),
    )
    op.create_index("ix_person_death_person_id", "person_death", ["person_id"])


def _links() -> None:
    op.create_table(
        "family_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_victim_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('lead', 'speaks', 'tells')", name=op.f("ck_family_link_kind")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_family_link_referral_id")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_family_link_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_victim_id"], ["victim.id"], name=op.f("fk_family_link_by_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_family_link_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_link")),
    )
    for column in ("referral_id", "victim_id", "by_victim_id"):
        op.create_index(f"ix_family_link_{column}", "family_link", [column])


def _conditions() -> None:
    op.create_table(
        "condition_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("usable_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("home_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('granted', 'altered', 'refused')", name=op.f("ck_condition_request_answer")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR sent_on IS NOT NULL",
            name=op.f("ck_condition_request_sent_first"),
        ),
        sa.CheckConstraint(
            "told_on IS NULL OR answered_on IS NOT NULL",
            name=op.f("ck_condition_request_answered_first"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_condition_request_answered")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_condition_request_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_condition_request_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_condition_request_reference")),
    )
    op.create_index("ix_condition_request_victim_id", "condition_request", ["victim_id"])


def _statements() -> None:
    op.create_table(
        "statement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "step IN ('offered', 'wanted', 'not_wanted', 'written', 'read')",
            name=op.f("ck_statement_step_step"),
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_statement_step_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_statement_step_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_step")),
    )
    op.create_index("ix_statement_step_victim_id", "statement_step", ["victim_id"])


def downgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.execute(f"DELETE FROM task WHERE kind IN ({kinds})")  # noqa: S608  # our own words
    op.execute("DELETE FROM feed_cursor WHERE name = 'births compared with offenders'")
    op.drop_table("statement_step")
    op.drop_table("condition_request")
    op.drop_table("family_link")
    op.drop_table("person_death")
    op.drop_table("person_birth")
    drop_words("task", "topic", TOPICS)
    drop_words("task", "kind", KINDS)
    op.drop_table("need_action")
    op.drop_table("need_answer")
