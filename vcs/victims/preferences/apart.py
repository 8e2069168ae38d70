"""Two records that were joined are two again: what was forbidden meanwhile counts for both."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.victims.preferences.records import PreferenceRecord, Rule
from vcs.victims.records import PersonRecord, Victim


def keep_forbidden(work: Work, kept: PersonRecord, back: Victim, joined_at: datetime) -> None:
    """Bring what was recorded while two people were one in line with their being two.

    An answer is about one way and of whoever gave it, and nobody knows which of the two that was:
    what forbids counts for both, and what allows undoes nothing that the other one had forbidden.
    """
    forbids = col(PreferenceRecord.rule) != str(Rule.ALLOWED)
    ended = select(PreferenceRecord).where(
        PreferenceRecord.person_id == back.person_id,
        col(PreferenceRecord.ended_at) >= joined_at,
        forbids,
    )
    for row in work.session.exec(ended):
        row.ended_at, row.ended_by, row.ended_sealed = None, None, None
        work.session.add(row)
    since = select(PreferenceRecord).where(
        PreferenceRecord.person_id == kept.id,
        PreferenceRecord.recorded_at >= joined_at,
        col(PreferenceRecord.ended_at).is_(None),
        forbids,
    )
    for row in work.session.exec(since).all():
        given = row.model_dump(exclude={"id", "person_id", "victim_id"})
        copy = PreferenceRecord(person_id=back.person_id, victim_id=back.id, **given)
        work.session.add(copy)
