"""Key events, who is told of each, and how people are reached in danger."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OPEN = sa.text("told_at IS NULL AND not_told_reason IS NULL")


def upgrade() -> None:
    op.create_table(
        "key_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("only_month", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_knew_on", sa.Date(), nullable=True),
        sa.Column("source_knew_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("tell_by_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("may_tell_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("split_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("split_by", sa.Integer(), nullable=True),
        sa.Column("split_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("taken_back_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("undo_by_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('released_in_error', 'escaped', 'absconded', 'not_returned', 'time_served', 'release_planned', 'release_moved', 'released', 'temporary_release', 'recalled', 'back_in_custody', 'parole_review', 'parole_decision', 'open_conditions', 'to_hospital', 'from_hospital', 'removed', 'died', 'licence_changed', 'licence_ends', 'sentence_changed')",
            name=op.f("ck_key_event_kind"),
        ),
        sa.CheckConstraint(
            "source IN ('prison', 'offender_manager', 'police', 'parole_board', 'hospital', 'court', 'victim', 'other')",
            name=op.f("ck_key_event_source"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_key_event_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_key_event_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["split_by"], ["account.id"], name=op.f("fk_key_event_split_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["account.id"], name=op.f("fk_key_event_taken_back_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_event")),
        sa.UniqueConstraint("reference", name=op.f("uq_key_event_reference")),
    )
    op.create_index("ix_key_event_referral_id", "key_event", ["referral_id"])
    op.create_table(
        "event_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("undo", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("way_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("way_by", sa.Integer(), nullable=True),
        sa.Column("way_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("letters_only", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("told_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("told_how", sa.String(), nullable=True),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("heard_before", sa.Boolean(), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("not_told_reason", sa.String(), nullable=True),
        sa.Column("not_told_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("not_told_by", sa.Integer(), nullable=True),
        sa.Column("not_told_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "not_told_reason IN ('opted_out', 'deceased', 'not_wanted', 'another_offender', 'other')",
            name=op.f("ck_event_line_not_told_reason"),
        ),
        sa.CheckConstraint(
            "told_how IN ('phone', 'in_person', 'video', 'third_party', 'police', 'letter')",
            name=op.f("ck_event_line_told_how"),
        ),
        sa.CheckConstraint(
            "way IN ('phone', 'in_person', 'video', 'third_party', 'police', 'letter')",
            name=op.f("ck_event_line_way"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["key_event.id"], name=op.f("fk_event_line_event_id_key_event")
        ),
        sa.ForeignKeyConstraint(
            ["not_told_by"], ["account.id"], name=op.f("fk_event_line_not_told_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["told_by"], ["account.id"], name=op.f("fk_event_line_told_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_event_line_victim_id_victim")
        ),
        sa.ForeignKeyConstraint(
            ["way_by"], ["account.id"], name=op.f("fk_event_line_way_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_line")),
        sa.UniqueConstraint(
            "event_id", "victim_id", "undo", name=op.f("uq_event_line_event_id_victim_id_undo")
        ),
    )
    op.create_index("ix_event_line_victim_id", "event_line", ["victim_id"])
    op.create_index(
        "ix_event_line_open", "event_line", ["event_id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "if_out_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('ring', 'third_party', 'police', 'never')",
            name=op.f("ck_if_out_answer_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_if_out_answer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_if_out_answer_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_if_out_answer_victim_id_victim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_if_out_answer")),
    )
    op.create_index("ix_if_out_answer_person_id", "if_out_answer", ["person_id"])
    op.create_index("ix_if_out_answer_victim_id", "if_out_answer", ["victim_id"])


def downgrade() -> None:
    op.drop_table("if_out_answer")
    op.drop_table("event_line")
    op.drop_table("key_event")
