"""Forms kept for somebody whose sign-in ended while they typed; the words of offenders' names.

The scheduler lists the names of the sentences that are here already, some at each tick.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_kept_form_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
        sa.UniqueConstraint("browser", "path", name=op.f("uq_kept_form_browser_path")),
    )
    op.create_index(op.f("ix_kept_form_account_id"), "kept_form", ["account_id"])
    op.create_index(op.f("ix_kept_form_kept_at"), "kept_form", ["kept_at"])
    op.create_table(
        "name_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digested_as", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
        sa.UniqueConstraint("digest", name=op.f("uq_name_word_digest")),
    )
    op.create_index(op.f("ix_name_word_digested_as"), "name_word", ["digested_as"])
    op.create_table(
        "name_word_key",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["name_word.id"], name=op.f("fk_name_word_key_word_id")
        ),
        sa.PrimaryKeyConstraint("digest", "word_id", name=op.f("pk_name_word_key")),
    )
    op.create_index(op.f("ix_name_word_key_word_id"), "name_word_key", ["word_id"])
    op.create_table(
        "sentence_name",
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_sentence_name_sentence_id")
        ),
        sa.ForeignKeyConstraint(
            ["word_id"], ["name_word.id"], name=op.f("fk_sentence_name_word_id")
        ),
        sa.PrimaryKeyConstraint("sentence_id", "word_id", name=op.f("pk_sentence_name")),
    )
    op.create_index("ix_sentence_name_word", "sentence_name", ["word_id", "sentence_id"])
    op.add_column(
        "sentence",
        sa.Column("name_listed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_sentence_name_not_listed",
        "sentence",
        ["id"],
        sqlite_where=sa.text("name_listed = 0"),
        postgresql_where=sa.text("NOT name_listed"),
    )


def downgrade() -> None:
    op.drop_index("ix_sentence_name_not_listed", "sentence")
    op.drop_column("sentence", "name_listed")
    op.drop_table("sentence_name")
    op.drop_table("name_word_key")
    op.drop_table("name_word")
    op.drop_table("kept_form")
