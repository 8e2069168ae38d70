"""What each message told of each sentence, so that order of arrival leaves no trace."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "court_message",
        sa.Column("hearing_deleted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("facts_hash", sa.String(), nullable=False),
        sa.Column("decision_hash", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("police_area", sa.String(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('statutory', 'notification_scheme', 'cannot_tell', "
            "'discretionary', 'not_eligible')",
            name=op.f("ck_telling_outcome"),
        ),
        sa.CheckConstraint(
            "route IN ('section-35', 'hospital-restricted', "
            "'hospital-unrestricted', 'hospital-direction', "
            "'transfer-restricted', 'transfer-unrestricted', 'handed-over-to-hospital', "
            "'victim-notification-scheme', 'schedule-6a-part-2')",
            name=op.f("ck_telling_route"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_telling_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_message.id"], name=op.f("fk_telling_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_telling_sentence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint(
            "sentence_id", "message_id", name=op.f("uq_telling_sentence_id_message_id")
        ),
    )
    op.create_index("ix_telling_message_id", "telling", ["message_id"])
    op.create_index("ix_referral_status_basis", "referral", ["status", "basis"])
    # What stands already was told by the message of its newest decision.
    op.execute(
        """
        INSERT INTO telling (sentence_id, message_id, decision_id, facts_hash, decision_hash,
                             outcome, route, region_code, police_area)
        SELECT sentence.id, decision.message_id, decision.id, sentence.facts_hash, '',
               decision.outcome, decision.route, sentence.region_code, sentence.police_area
        FROM sentence JOIN decision ON decision.id = (
            SELECT MAX(newest.id) FROM decision AS newest WHERE newest.sentence_id = sentence.id
        )
        WHERE decision.message_id IS NOT NULL
        """
    )


def downgrade() -> None:
    op.drop_index("ix_referral_status_basis", "referral")
    op.drop_table("telling")
    op.drop_column("court_message", "hearing_deleted")
