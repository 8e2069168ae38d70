"""What was said about reaching a person: what counts now, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.person import records_of
from vcs.victims.preferences.allowed import Preference, Preferences
from vcs.victims.preferences.records import HowKnown, PreferenceRecord, Rule, Way


def standing_rows(session: Session, person_id: int) -> list[PreferenceRecord]:
    """Return the answers that count now, of a record and of every one that was joined to it."""
    query = select(PreferenceRecord).where(
        col(PreferenceRecord.person_id).in_(records_of(session, person_id)),
        col(PreferenceRecord.ended_at).is_(None),
    )
    return list(session.exec(query.order_by(col(PreferenceRecord.id))))


def standing_preferences(
    session: Session, sealer: Sealer, person_id: int, names: Mapping[int, str] | None = None
) -> Preferences:
    """Return what counts now about reaching a person. ``names`` are those of accounts, by id."""
    rows = standing_rows(session, person_id)
    order = {way: at for at, way in enumerate((Way.ANYTHING, *Way))}
    lines = (_opened(sealer, row, names or {}) for row in rows)
    return Preferences(tuple(sorted(lines, key=lambda one: (order[one.way], one.id))))


def earlier_preferences(
    session: Session, sealer: Sealer, person_id: int, names: Mapping[int, str]
) -> tuple[Preference, ...]:
    """Return what was said before and counts no longer, the newest first."""
    query = select(PreferenceRecord).where(
        col(PreferenceRecord.person_id).in_(records_of(session, person_id)),
        col(PreferenceRecord.ended_at).is_not(None),
    )
    rows = session.exec(query.order_by(col(PreferenceRecord.id).desc()))
    return tuple(_opened(sealer, row, names) for row in rows)


def _opened(sealer: Sealer, row: PreferenceRecord, names: Mapping[int, str]) -> Preference:
    """Open an answer. What cannot be opened still forbids what it forbids."""
    told: dict[str, Any] = shown(sealer.open_json, row.sealed, {"words": UNOPENED})
    return Preference(
        row.id,
        row.person_id,
        Way(row.way),
        Rule(row.rule),
        row.since_on,
        HowKnown(row.how_known),
        row.withheld_number,
        times=told.get("times", ""),
        not_to_say=told.get("not_to_say", ""),
        via_whom=told.get("via_whom", ""),
        words=told.get("words", ""),
        recorded_at=row.recorded_at,
        recorded_by=names.get(row.recorded_by, ""),
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by or 0, ""),
    )
