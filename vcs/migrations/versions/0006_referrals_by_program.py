"""Referrals by witness care units' programs: what they sent, and what was held before a change."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _feed_client()
    _task_kinds()
    op.create_index("ix_sentence_case_reference", "sentence", ["case_reference"])
    _former_details()
    _referral_request()
    _request_victim()


def _feed_client() -> None:
    with op.batch_alter_table("feed_client") as table:
        table.add_column(sa.Column("police_area", sa.String(), nullable=True))
        table.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_feed_client_account_id"), "account", ["account_id"], ["id"]
        )


def _task_kinds() -> None:
    """Nothing points at a task, so SQLite may build the table anew."""
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(
            op.f("ck_task_kind"),
            "kind IN ('decide', 'discretion', 'question', 'sentence_changed', 'sentence_gone', "
            "'route', 'set_aside', 'alert_not_sent', 'referral_to_match', 'witness_care_says', "
            "'address_to_check')",
        )


def _former_details() -> None:
    op.create_table(
        "former_details",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("safe_to_post", sa.Boolean(), nullable=True),
        sa.Column("address_confirmed_on", sa.Date(), nullable=True),
        sa.Column("replaced_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_former_details_victim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_details")),
    )
    op.create_index("ix_former_details_victim_id", "former_details", ["victim_id"])


def _referral_request() -> None:
    op.create_table(
        "referral_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("case_reference", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("chase_answer", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("read_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('referral', 'correction', 'change_of_address', 'opt_out', 'chase_answered')",
            name=op.f("ck_referral_request_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'waiting_for_sentence', 'attached', 'recorded', 'refused')",
            name=op.f("ck_referral_request_status"),
        ),
        sa.CheckConstraint(
            "chase_answer IN ('details_to_follow', 'being_traced', 'no_identifiable_victim', "
            "'refused_referral')",
            name=op.f("ck_referral_request_chase_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["referral_request.id"], name=op.f("fk_referral_request_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_request_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_request")),
        sa.UniqueConstraint(
            "client_id", "identity", name=op.f("uq_referral_request_client_id_identity")
        ),
        sa.UniqueConstraint("receipt", name=op.f("uq_referral_request_receipt")),
    )
    op.create_index(
        "ix_referral_request_status_case", "referral_request", ["status", "case_reference"]
    )
    op.create_index("ix_referral_request_parent_id", "referral_request", ["parent_id"])
    op.create_index("ix_referral_request_referral_id", "referral_request", ["referral_id"])


def _request_victim() -> None:
    op.create_table(
        "request_victim",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["referral_request.id"], name=op.f("fk_request_victim_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["victim_id"], ["victim.id"], name=op.f("fk_request_victim_victim_id")
        ),
        sa.PrimaryKeyConstraint(
            "request_id", "number", "victim_id", name=op.f("pk_request_victim")
        ),
    )


def downgrade() -> None:
    op.drop_table("request_victim")
    op.drop_table("referral_request")
    op.drop_table("former_details")
    op.drop_index("ix_sentence_case_reference", "sentence")
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_kind"), type_="check")
        table.create_check_constraint(
            op.f("ck_task_kind"),
            "kind IN ('decide', 'discretion', 'question', 'sentence_changed', 'sentence_gone', "
            "'route', 'set_aside', 'alert_not_sent')",
        )
    with op.batch_alter_table("feed_client") as table:
        table.drop_constraint(op.f("fk_feed_client_account_id"), type_="foreignkey")
        table.drop_column("account_id")
        table.drop_column("police_area")
