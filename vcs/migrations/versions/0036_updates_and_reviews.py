"""Word that people hear while an offender is at large; a no that takes two and is reviewed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

WAYS = "'phone', 'in_person', 'video', 'third_party', 'police', 'letter'"
ENDED = (
    "'offender_back', 'overtaken', 'taken_back', 'not_wanted', 'own_choice', 'deceased', "
    "'referral_closed'"
)
REASONS = (
    "'nobody_harmed', 'not_wanted', 'served_elsewhere', 'not_listed', 'too_short', 'no_custody', "
    "'sentence_set_aside', 'other'"
)
KINDS = ("decline_review",)
EMBARGO_AT = ("embargo_until", "embargo_ended_at")
EMBARGO_BY = ("embargo_by", "embargo_ended_by")
EMBARGO_SEALED = ("embargo_sealed", "embargo_ended_sealed")
OPEN = sa.text("given_at IS NULL AND ended_at IS NULL")
WAITS = sa.text("decision IS NULL")


def upgrade() -> None:
    op.add_column("key_event", sa.Column("over_at", sqlmodel.UTCDateTime(), nullable=True))
    op.add_column("key_event", sa.Column("offers_asked_on", sa.Date(), nullable=True))
    _embargo()
    _updates()
    _declines()
    add_words("task", "kind", KINDS)


def _embargo() -> None:
    with op.batch_alter_table("key_event") as table:
        for name in EMBARGO_AT:
            table.add_column(sa.Column(name, sqlmodel.UTCDateTime(), nullable=True))
        for name in EMBARGO_SEALED:
            table.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
        for name in EMBARGO_BY:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            rule = op.f(f"fk_key_event_{name}")
            table.create_foreign_key(rule, "account", [name], ["id"])


def _updates() -> None:
    op.create_table(
        "event_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("given_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("given_how", sa.String(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"given_how IN ({WAYS})", name=op.f("ck_event_update_given_how")),
        sa.CheckConstraint(
            f"ended_because IN ({ENDED})", name=op.f("ck_event_update_ended_because")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["key_event.id"], name=op.f("fk_event_update_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_event_update_victim_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_event_update_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["account.id"], name=op.f("fk_event_update_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_update")),
        sa.UniqueConstraint(
            "event_id",
            "victim_id",
            "number",
            name=op.f("uq_event_update_event_id_victim_id_number"),
        ),
    )
    op.create_index("ix_event_update_victim_id", "event_update", ["victim_id"])
    op.create_index(
        "ix_event_update_open", "event_update", ["due_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def _declines() -> None:
    op.create_table(
        "decline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_decline_reason")),
        sa.CheckConstraint(
            "decision IN ('confirmed', 'sent_back', 'withdrawn')", name=op.f("ck_decline_decision")
        ),
        sa.CheckConstraint(
            "decision <> 'confirmed' OR decided_by <> proposed_by",
            name=op.f("ck_decline_two_people"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_decline_task_id")),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_decline_sentence_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decline_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_decline_proposed_by")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_decline_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decline")),
    )
    for name in ("task_id", "sentence_id"):
        op.create_index(f"ix_decline_{name}", "decline", [name])
    op.create_index("ix_decline_review", "decline", ["decision", "reviewed_at", "review_on"])
    op.create_index(
        "uq_decline_waiting",
        "decline",
        ["task_id"],
        unique=True,
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_table("decline")
    op.execute("UPDATE task SET kind = 'question' WHERE kind = 'decline_review'")
    drop_words("task", "kind", KINDS)
    op.drop_table("event_update")
    with op.batch_alter_table("key_event") as table:
        for name in EMBARGO_BY:
            table.drop_constraint(op.f(f"fk_key_event_{name}"), type_="foreignkey")
        for name in (*EMBARGO_BY, *EMBARGO_AT, *EMBARGO_SEALED):
            table.drop_column(name)
    op.drop_column("key_event", "offers_asked_on")
    op.drop_column("key_event", "over_at")
