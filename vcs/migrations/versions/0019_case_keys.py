"""Case references in one form for comparing; further keys and marks of one sentence.

The form is worked out here as it was when this was released: see ``vcs/intake/identifiers.py``.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AT_A_TIME = 1000


def upgrade() -> None:
    op.add_column("sentence", sa.Column("case_key", sa.String(), nullable=False, server_default=""))
    op.add_column("referral_request", sa.Column("case_key", sa.String(), nullable=True))
    for table in ("sentence", "referral_request"):
        _fill(table)
    op.create_index("ix_sentence_case_key", "sentence", ["case_key", "sentenced_on"])
    op.create_index(
        "ix_referral_request_status_case_key", "referral_request", ["status", "case_key"]
    )
    for name in ("key", "mark"):
        _keyed(name)


def _keyed(name: str) -> None:
    """Add a table of what a sentence is known by."""
    table = f"sentence_{name}"
    keys = [name] if name == "key" else ["sentence_id", name]
    op.create_table(
        table,
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column(name, sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f(f"fk_{table}_sentence_id")
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
    )
    indexed = "sentence_id" if name == "key" else name
    op.create_index(f"ix_{table}_{indexed}", table, [indexed])


def downgrade() -> None:
    op.drop_table("sentence_mark")
    op.drop_table("sentence_key")
    op.drop_index("ix_referral_request_status_case_key", "referral_request")
    op.drop_index("ix_sentence_case_key", "sentence")
    op.drop_column("referral_request", "case_key")
    op.drop_column("sentence", "case_key")


def _fill(name: str) -> None:
    columns = ("id", "case_reference", "case_key")
    table, last = sa.table(name, *map(sa.column, columns)), 0
    rows = sa.select(table.c.id, table.c.case_reference).order_by(table.c.id).limit(AT_A_TIME)
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("row"))
        .values(case_key=sa.bindparam("form"))
    )
    named = table.c.case_reference.is_not(None)
    while found := op.get_bind().execute(rows.where(table.c.id > last, named)).all():
        op.get_bind().execute(
            change, [{"row": row.id, "form": _form(row.case_reference)} for row in found]
        )
        last = found[-1].id


def _form(text: str) -> str:
    raised = unicodedata.normalize("NFKC", text).upper()
    parts = [part for part in re.split("[^A-Z0-9]+", raised) if part]
    shaped = [*map(len, parts[:2]), *map(len, parts[3:])] == [2, 2, 2] and len(parts[2]) <= 5
    if shaped and parts[2].isdigit() and parts[3].isdigit():
        return f"{parts[0]}{parts[1]}{parts[2].zfill(5)}{parts[3]}"
    return "".join(c for c in raised if c.isalnum())
