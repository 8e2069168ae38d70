"""Answers in victims' own words, letters read by two people, contacts against their wishes."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

MILESTONES = ("first_contact", "needs", "key_event", "licence", "release", "declined")

WAYS = (
    "by phone",
    "in person",
    "by video call",
    "by email",
    "by text message",
    "through somebody",
    "by letter",
)

THEMES = (
    "time",
    "listening",
    "safety",
    "information",
    "one_person",
    "promises",
    "licence",
    "other",
)

ALL_THREE = "(understood IS NULL) = (listened IS NULL) AND (listened IS NULL) = (kept IS NULL)"

# The trail noted it in the same moment and about the same victim.
AGAINST = """
UPDATE contact SET against_wishes = true WHERE EXISTS (
    SELECT 1 FROM audit_entry JOIN victim ON victim.id = contact.victim_id
    WHERE audit_entry.event = 'contact.against_wishes'
    AND audit_entry.at = contact.recorded_at AND audit_entry.detail = victim.reference
)
"""


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("contact") as altered:
        altered.add_column(
            sa.Column("against_wishes", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(AGAINST)
    op.create_table(
        "feedback",
        _id(),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("understood", sa.Integer(), nullable=True),
        sa.Column("listened", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Integer(), nullable=True),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("coded_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("coded_by", sa.Integer(), nullable=True),
        sa.Column("did_on", sa.Date(), nullable=True),
        sa.Column("did_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(_one_of("milestone", MILESTONES), name=op.f("ck_feedback_milestone")),
        sa.CheckConstraint(_one_of("how", WAYS), name=op.f("ck_feedback_how")),
        sa.CheckConstraint(_one_of("theme", THEMES), name=op.f("ck_feedback_theme")),
        sa.CheckConstraint(ALL_THREE, name=op.f("ck_feedback_all_three")),
        sa.CheckConstraint("(theme IS NULL) = (coded_at IS NULL)", name=op.f("ck_feedback_coded")),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_feedback_victim_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_feedback_recorded_by")
        ),
        sa.ForeignKeyConstraint(["coded_by"], ["account.id"], name=op.f("fk_feedback_coded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("reference", name=op.f("uq_feedback_reference")),
        sa.UniqueConstraint(
            "victim_id",
            "milestone",
            "asked_on",
            name=op.f("uq_feedback_victim_id_milestone_asked_on"),
        ),
    )
    op.create_index("ix_feedback_asked_on", "feedback", ["asked_on"])
    op.create_table(
        "dip_sample",
        _id(),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drawn_by"], ["account.id"], name=op.f("fk_dip_sample_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dip_sample")),
        sa.UniqueConstraint("reference", name=op.f("uq_dip_sample_reference")),
    )
    op.create_index("ix_dip_sample_region_code", "dip_sample", ["region_code"])
    op.create_table(
        "dipped_letter",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["dip_sample.id"], name=op.f("fk_dipped_letter_sample_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_dipped_letter_letter_id")
        ),
        sa.PrimaryKeyConstraint("sample_id", "place", name=op.f("pk_dipped_letter")),
        sa.UniqueConstraint(
            "sample_id", "letter_id", name=op.f("uq_dipped_letter_sample_id_letter_id")
        ),
    )
    op.create_index("ix_dipped_letter_letter_id", "dipped_letter", ["letter_id"])
    op.create_table(
        "dip_reading",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *(
            sa.Column(line, sa.Boolean(), nullable=False)
            for line in ("answered", "plain", "personal", "next_step")
        ),
        sa.Column("read_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["dip_sample.id"], name=op.f("fk_dip_reading_sample_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_dip_reading_account_id")
        ),
        sa.PrimaryKeyConstraint("sample_id", "place", "account_id", name=op.f("pk_dip_reading")),
    )


def downgrade() -> None:
    for table in ("dip_reading", "dipped_letter", "dip_sample", "feedback"):
        op.drop_table(table)
    with op.batch_alter_table("contact") as altered:
        altered.drop_column("against_wishes")
