"""Trials of another law or clock, asked for on a page and carried out by the scheduler."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wind_tunnel_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=True),
        sa.Column("least_months", sa.Integer(), nullable=True),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("last_reference", sa.String(), nullable=False),
        sa.Column("counted", sa.String(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_wind_tunnel_trial_asked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wind_tunnel_trial")),
        sa.UniqueConstraint("reference", name=op.f("uq_wind_tunnel_trial_reference")),
    )
    op.create_index(op.f("ix_wind_tunnel_trial_asked_by"), "wind_tunnel_trial", ["asked_by"])
    op.create_table(
        "wind_tunnel_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("sentence_reference", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("would_be", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["wind_tunnel_trial.id"], name=op.f("fk_wind_tunnel_move_trial_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wind_tunnel_move")),
    )
    op.create_index(op.f("ix_wind_tunnel_move_trial_id"), "wind_tunnel_move", ["trial_id"])


def downgrade() -> None:
    op.drop_table("wind_tunnel_move")
    op.drop_table("wind_tunnel_trial")
