"""Looks at people's details, counted; staff excluded from a case; alerts about one of the staff."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MOMENT = sqlmodel.UTCDateTime()

_TABLES = (
    "same_surname",
    "emergency_access",
    "exclusion",
    "lifted_limit",
    "unusual_reading",
    "personal_read",
)


def upgrade() -> None:
    _reading()
    _looks_before()
    _exclusion()
    _emergency_access()
    _same_surname()
    with op.batch_alter_table("alert") as alert:
        alert.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        alert.create_foreign_key(op.f("fk_alert_account_id"), "account", ["account_id"], ["id"])


def _reading() -> None:
    op.create_table(
        "personal_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        _of_account("personal_read", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_read")),
    )
    op.create_index("ix_personal_read_reader", "personal_read", ["account_id", "at"])
    op.create_index("ix_personal_read_subject", "personal_read", ["subject", "id"])
    op.create_table(
        "unusual_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.CheckConstraint("scope IN ('outside', 'all')", name=op.f("ck_unusual_reading_scope")),
        _of_account("unusual_reading", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unusual_reading")),
    )
    op.create_index("ix_unusual_reading_reader", "unusual_reading", ["account_id", "at"])
    op.create_index("ix_unusual_reading_told", "unusual_reading", ["told_at"])
    op.create_table(
        "lifted_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("lifted_at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _of_account("lifted_limit", "account_id"),
        _of_account("lifted_limit", "lifted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifted_limit")),
    )
    op.create_index("ix_lifted_limit_account_id", "lifted_limit", ["account_id"])


def _looks_before() -> None:
    """Take the looks at addresses and letters from the trail, so that their list begins with them.

    They count for no limit: the trail did not keep whose they were apart from the reference.
    """
    op.execute(
        """
        INSERT INTO personal_read
            (account_id, at, event, whose, subject, thing, reason, outside, refused)
        SELECT account.id, audit_entry.at, audit_entry.event, 'entry:' || audit_entry.seq,
            audit_entry.subject, substr(audit_entry.detail, 1, 13),
            substr(audit_entry.detail, 16), false, false
        FROM audit_entry JOIN account ON audit_entry.who = 'account:' || account.id
        WHERE audit_entry.event IN ('address.revealed', 'letter.looked_at')
        ORDER BY audit_entry.seq
        """
    )


def _exclusion() -> None:
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("excluded_at", _MOMENT, nullable=False),
        sa.Column("excluded_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lifted_at", _MOMENT, nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_sealed", sa.LargeBinary(), nullable=True),
        _of_account("exclusion", "account_id"),
        _of_account("exclusion", "excluded_by"),
        _of_account("exclusion", "lifted_by"),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_exclusion_sentence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index("ix_exclusion_account", "exclusion", ["account_id", "lifted_at"])
    op.create_index("ix_exclusion_sentence_id", "exclusion", ["sentence_id"])


def _emergency_access() -> None:
    op.create_table(
        "emergency_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        _of_account("emergency_access", "account_id"),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_emergency_access_sentence_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_emergency_access_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
    )
    op.create_index("ix_emergency_access_account", "emergency_access", ["account_id", "until"])
    op.create_index("ix_emergency_access_reference", "emergency_access", ["reference"])
    op.create_index("ix_emergency_access_told", "emergency_access", ["told_at"])


def _same_surname() -> None:
    op.create_table(
        "same_surname",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _of_account("same_surname", "account_id"),
        _of_account("same_surname", "confirmed_by"),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_same_surname_sentence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_surname")),
    )
    op.create_index("ix_same_surname_sentence_id", "same_surname", ["sentence_id"])


def _of_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["account.id"], name=name)


def downgrade() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.drop_constraint(op.f("fk_alert_account_id"), type_="foreignkey")
        alert.drop_column("account_id")
    for table in _TABLES:
        op.drop_table(table)
