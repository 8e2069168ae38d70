"""Every table the first version needs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _account()
    _audit_entry()
    _court_message()
    _feed_client()
    _form_receipt()
    _sentence()
    _sweep_run()
    _unit()
    _decision()
    _referral()
    _sign_in()
    _task()
    _victim()
    _choice()
    _deadline()
    _letter()
    _alert()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("police_area", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "role IN ('witness_care', 'vlo', 'manager', 'administrator')",
            name=op.f("ck_account_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_index("ix_account_region_code", "account", ["region_code"])


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"])


def _court_message() -> None:
    op.create_table(
        "court_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("received_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("hearing_id", sa.String(), nullable=True),
        sa.Column("hearing_day", sa.Date(), nullable=True),
        sa.Column("shared_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("read_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("result_json", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'read', 'set_aside', 'older_than_held')",
            name=op.f("ck_court_message_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_message")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_court_message_content_hash")),
        sa.UniqueConstraint("receipt", name=op.f("uq_court_message_receipt")),
    )
    op.create_index(
        "ix_court_message_hearing", "court_message", ["hearing_id", "hearing_day", "shared_at"]
    )
    op.create_index("ix_court_message_status_id", "court_message", ["status", "id"])


def _feed_client() -> None:
    op.create_table(
        "feed_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('court', 'witness_care')", name=op.f("ck_feed_client_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_client")),
        sa.UniqueConstraint("client_id", name=op.f("uq_feed_client_client_id")),
    )


def _form_receipt() -> None:
    op.create_table(
        "form_receipt",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("used_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_form_receipt")),
    )


def _sentence() -> None:
    op.create_table(
        "sentence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_reference", sa.String(), nullable=False),
        sa.Column("court_code", sa.String(), nullable=True),
        sa.Column("court_name", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("police_area", sa.String(), nullable=True),
        sa.Column("offender_name", sa.LargeBinary(), nullable=False),
        sa.Column("offender_address", sa.LargeBinary(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("sentenced_on", sa.Date(), nullable=False),
        sa.Column("hearing_id", sa.String(), nullable=True),
        sa.Column("hearing_day", sa.Date(), nullable=True),
        sa.Column("shared_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("facts_hash", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('statutory', 'notification_scheme', 'cannot_tell', "
            "'discretionary', 'not_eligible')",
            name=op.f("ck_sentence_outcome"),
        ),
        sa.CheckConstraint(
            "route IN ('section-35', 'hospital-restricted', "
            "'hospital-unrestricted', 'hospital-direction', "
            "'victim-notification-scheme', 'schedule-6a-part-2')",
            name=op.f("ck_sentence_route"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentence")),
        sa.UniqueConstraint("key", name=op.f("uq_sentence_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_sentence_reference")),
    )
    op.create_index("ix_sentence_hearing", "sentence", ["hearing_id", "hearing_day"])
    op.create_index("ix_sentence_region_outcome", "sentence", ["region_code", "outcome"])


def _sweep_run() -> None:
    op.create_table(
        "sweep_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("started_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("finished_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep_run")),
    )
    op.create_index("ix_sweep_run_job_finished", "sweep_run", ["job", "finished_at"])
    op.create_index("ix_sweep_run_started_at", "sweep_run", ["started_at"])


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_unit")),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('statutory', 'notification_scheme', 'cannot_tell', "
            "'discretionary', 'not_eligible')",
            name=op.f("ck_decision_outcome"),
        ),
        sa.CheckConstraint(
            "route IN ('section-35', 'hospital-restricted', "
            "'hospital-unrestricted', 'hospital-direction', "
            "'victim-notification-scheme', 'schedule-6a-part-2')",
            name=op.f("ck_decision_route"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_message.id"], name=op.f("fk_decision_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_decision_sentence_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["decision.id"], name=op.f("fk_decision_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_sentence_id", "decision", ["sentence_id"])


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("police_area", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("vlo_account_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "basis IN ('statutory', 'notification_scheme', 'discretionary')",
            name=op.f("ck_referral_basis"),
        ),
        sa.CheckConstraint(
            "status IN ('awaiting', 'referred', 'closed')", name=op.f("ck_referral_status")
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_referral_sentence_id")
        ),
        sa.ForeignKeyConstraint(
            ["vlo_account_id"], ["account.id"], name=op.f("fk_referral_vlo_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_reference")),
        sa.UniqueConstraint("sentence_id", name=op.f("uq_referral_sentence_id")),
    )
    op.create_index("ix_referral_area_status", "referral", ["police_area", "status"])
    op.create_index("ix_referral_region_status", "referral", ["region_code", "status"])


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"])


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('decide', 'discretion', 'question', 'sentence_changed', 'sentence_gone', "
            "'route', 'set_aside', 'alert_not_sent')",
            name=op.f("ck_task_kind"),
        ),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_task_done_by")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_message.id"], name=op.f("fk_task_message_id")
        ),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_task_referral_id")),
        sa.ForeignKeyConstraint(["sentence_id"], ["sentence.id"], name=op.f("fk_task_sentence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("key", name=op.f("uq_task_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_task_reference")),
    )
    op.create_index("ix_task_open", "task", ["done_at", "region_code", "due_on"])
    op.create_index("ix_task_sentence_id", "task", ["sentence_id"])


def _victim() -> None:
    op.create_table(
        "victim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("format_needs", sa.String(), nullable=False),
        sa.Column("safe_to_post", sa.Boolean(), nullable=True),
        sa.Column("address_confirmed_on", sa.Date(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("referred_by_account_id", sa.Integer(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_victim_language")),
        sa.CheckConstraint(
            "standing IN ('victim', 'parent, guardian or carer', 'next of kin', "
            "'nominated family spokesperson')",
            name=op.f("ck_victim_standing"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_victim_referral_id")
        ),
        sa.ForeignKeyConstraint(
            ["referred_by_account_id"],
            ["account.id"],
            name=op.f("fk_victim_referred_by_account_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim")),
        sa.UniqueConstraint("reference", name=op.f("uq_victim_reference")),
    )
    op.create_index("ix_victim_referral_id", "victim", ["referral_id"])


def _choice() -> None:
    op.create_table(
        "choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("recorded_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "choice IN ('opt_in', 'opt_out', 'not_now', 'no_reply')", name=op.f("ck_choice_choice")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_choice_recorded_by")
        ),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_choice_victim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    op.create_index("ix_choice_victim_id", "choice", ["victim_id"])


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=True),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("owed_by", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        sa.Column("provision", sa.String(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("missed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "owed_by IN ('court', 'witness care unit', 'victim liaison unit')",
            name=op.f("ck_deadline_owed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_deadline_referral_id")
        ),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_deadline_victim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("key", name=op.f("uq_deadline_key")),
    )
    op.create_index("ix_deadline_open_due", "deadline", ["met_on", "missed_on", "due_on"])
    op.create_index("ix_deadline_referral_id", "deadline", ["referral_id"])


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("victim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("template_version", sa.String(), nullable=True),
        sa.Column("drafted_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'cy')", name=op.f("ck_letter_language")),
        sa.CheckConstraint("status IN ('draft', 'approved')", name=op.f("ck_letter_status")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_letter_approved_by")
        ),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_letter_drafted_by")),
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_letter_victim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("reference", name=op.f("uq_letter_reference")),
    )
    op.create_index("ix_letter_victim_id", "letter", ["victim_id"])


def _alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("owed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("next_try_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("sent_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("failed_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_alert_deadline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alert_message_id")),
    )
    op.create_index("ix_alert_deadline_id", "alert", ["deadline_id"])
    op.create_index("ix_alert_owed", "alert", ["sent_at", "failed_reason", "next_try_at"])


def downgrade() -> None:
    for table in (
        "alert",
        "letter",
        "deadline",
        "choice",
        "victim",
        "task",
        "sign_in",
        "referral",
        "decision",
        "unit",
        "sweep_run",
        "sentence",
        "form_receipt",
        "feed_client",
        "court_message",
        "audit_entry",
        "account",
    ):
        op.drop_table(table)
