"""A recall of somebody who is not in custody; what a death of the offender ends."""

from alembic import op

from vcs.migrations.words import add_words, drop_words

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

KINDS = ["recall_ordered"]

DIED = ["offender_died"]


def upgrade() -> None:
    add_words("key_event", "kind", KINDS)
    add_words("event_line", "not_told_reason", DIED)
    add_words("event_update", "ended_because", DIED)


def downgrade() -> None:
    # It was a recall before; whoever was not to be told for this reason is told again.
    op.execute("UPDATE key_event SET kind = 'recalled' WHERE kind = 'recall_ordered'")
    op.execute(
        "UPDATE event_line SET not_told_reason = NULL, not_told_at = NULL "
        "WHERE not_told_reason = 'offender_died'"
    )
    op.execute(
        "UPDATE event_update SET ended_because = 'overtaken' WHERE ended_because = 'offender_died'"
    )
    drop_words("event_update", "ended_because", DIED)
    drop_words("event_line", "not_told_reason", DIED)
    drop_words("key_event", "kind", KINDS)
