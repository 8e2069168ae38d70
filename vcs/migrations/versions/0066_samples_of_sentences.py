"""Samples for an inspector are drawn from all eligible sentences, and say how many there were."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

COPY = """
INSERT INTO sampled_sentence (sample_id, place, sentence_id)
SELECT sampled_referral.sample_id, sampled_referral.place, referral.sentence_id
FROM sampled_referral JOIN referral ON referral.id = sampled_referral.referral_id
"""

COPY_BACK = """
INSERT INTO sampled_referral (sample_id, place, referral_id)
SELECT sampled_sentence.sample_id, sampled_sentence.place, referral.id
FROM sampled_sentence JOIN referral ON referral.sentence_id = sampled_sentence.sentence_id
"""


def _sampled(of: str) -> None:
    table, column = f"sampled_{of}", f"{of}_id"
    op.create_table(
        table,
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(column, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["inspection_sample.id"], name=op.f(f"fk_{table}_sample_id")
        ),
        sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}")),
        sa.PrimaryKeyConstraint("sample_id", "place", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("sample_id", column, name=op.f(f"uq_{table}_sample_id_{column}")),
    )
    op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    with op.batch_alter_table("inspection_sample") as altered:
        altered.add_column(sa.Column("seed", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "sample_stratum",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("restricted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["inspection_sample.id"], name=op.f("fk_sample_stratum_sample_id")
        ),
        sa.PrimaryKeyConstraint("sample_id", "state", name=op.f("pk_sample_stratum")),
    )
    _sampled("sentence")
    op.execute(COPY)
    op.drop_table("sampled_referral")


def downgrade() -> None:
    _sampled("referral")
    op.execute(COPY_BACK)
    op.drop_table("sampled_sentence")
    op.drop_table("sample_stratum")
    with op.batch_alter_table("inspection_sample") as altered:
        altered.drop_column("seed")
