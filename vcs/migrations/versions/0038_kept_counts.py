"""The states of sentences and their counts are kept as they change.

``env.py`` fills them once every migration has run, and has the database mark each change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_REFERRED = sa.text("referral_id IS NOT NULL")

_LOOKED_FOR = sa.text("look_again_on IS NOT NULL")

_INDEXES = {
    "region": ["region_code", "state", "sentenced_on", "sentence_id"],
    "state": ["state", "sentenced_on", "sentence_id"],
    "day": ["sentenced_on", "sentence_id"],
    "court": ["court_code", "sentenced_on", "sentence_id"],
    "referral_id": ["referral_id"],
}

_LISTS = {"region": "region_code", "area": "police_area", "officer": "officer_id"}


def upgrade() -> None:
    _make_sentences()
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_kept_sentence_{name}", "kept_sentence", columns)
    op.create_index(
        "ix_kept_sentence_look",
        "kept_sentence",
        ["look_again_on"],
        sqlite_where=_LOOKED_FOR,
        postgresql_where=_LOOKED_FOR,
    )
    for name, column in _LISTS.items():
        op.create_index(
            f"ix_kept_sentence_list_{name}",
            "kept_sentence",
            [column, "rank", "due_on", "sentenced_on", "referral_id"],
            sqlite_where=_REFERRED,
            postgresql_where=_REFERRED,
        )
    words = ("axis", "key", "region", "area", "state")
    op.create_table(
        "kept_count",
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("n", "missing", "deciding")),
        sa.PrimaryKeyConstraint(*words, name="pk_kept_count"),
    )
    op.create_table(
        "kept_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=True),
        sa.Column("message_status", sa.String(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_kept_mark"),
    )
    op.create_index("ix_kept_mark_sentence_id", "kept_mark", ["sentence_id"])


def _make_sentences() -> None:
    op.create_table(
        "kept_sentence",
        sa.Column("sentence_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("region_code", "police_area", "court_code")
        ),
        sa.Column("sentenced_on", sa.Date(), nullable=False),
        sa.Column("missing", sa.Boolean(), nullable=False),
        sa.Column("deciding", sa.Boolean(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sentence_id", name="pk_kept_sentence"),
    )


def downgrade() -> None:
    for table in ("kept_mark", "kept_count", "kept_sentence"):
        op.drop_table(table)
