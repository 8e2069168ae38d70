"""Two records that were joined are two again: what was forbidden meanwhile counts for both."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.victims.find import parts_of
from vcs.victims.preferences.records import PreferenceRecord, Rule
from vcs.victims.records import PersonRecord, Victim


def keep_forbidden(work: Work, kept: PersonRecord, back: Victim, joined_at: datetime) -> None:
    """Bring what was recorded while two people were one in line with their being two.

    An answer is about one way and of whoever gave it, and nobody knows which of the two that was:
    what forbids counts for both, and what allows undoes nothing that the other one had forbidden.
    What was allowed through the other one's part allows nothing of this one.
    """
    forbids = col(PreferenceRecord.rule) != str(Rule.ALLOWED)
    theirs = {part.id for part, _ in parts_of(work.session, back.person_id)}
    _end_allowed(work, kept, theirs, joined_at)
    ended = select(PreferenceRecord).where(
        PreferenceRecord.person_id == back.person_id,
        col(PreferenceRecord.ended_at) >= joined_at,
        forbids,
    )
    for row in work.session.exec(ended):
        _reopen(work, row)
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


def _end_allowed(
    work: Work, kept: PersonRecord, theirs: Collection[int], joined_at: datetime
) -> None:
    """End what the other one allowed since, and forbid again what that had ended of this one's.

    What they allowed twice ended their own first answer, so those that have ended count as well;
    not where this one allowed the way in their own words.
    """
    allowed = select(PreferenceRecord).where(
        PreferenceRecord.person_id == kept.id,
        PreferenceRecord.recorded_at >= joined_at,
        PreferenceRecord.rule == str(Rule.ALLOWED),
    )
    every = work.session.exec(allowed).all()
    own = {one.way for one in every if one.victim_id not in theirs and one.ended_at is None}
    for row in every:
        if row.victim_id not in theirs or row.way in own:
            continue
        before = select(PreferenceRecord).where(
            PreferenceRecord.person_id == kept.id,
            PreferenceRecord.way == row.way,
            PreferenceRecord.rule != str(Rule.ALLOWED),
            PreferenceRecord.ended_at == row.recorded_at,
        )
        for one in work.session.exec(before).all():
            _reopen(work, one)
        if row.ended_at is None:
            row.ended_at, row.ended_by = work.now, work.actor.account_id
            work.session.add(row)


def _reopen(work: Work, row: PreferenceRecord) -> None:
    row.ended_at, row.ended_by, row.ended_sealed = None, None, None
    work.session.add(row)
