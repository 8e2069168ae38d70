"""What a letter tells besides the sentence, as it is known now: a change of it makes it stale.

Every fact of the letter's row that data holds is compared, whoever wrote the words of it. One of
which nothing is kept was written for one letter alone, and cannot change behind it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlmodel import col, select

from vcs.clock import london_date
from vcs.events.catalogue import WHEREABOUTS_KINDS
from vcs.events.planned import planned_release_of
from vcs.events.records import EventKind, KeyEvent
from vcs.post.cases.case_parts import CasePart
from vcs.post.cases.letter_case import Wanted
from vcs.post.cases.who_and_when import TELLS_OF
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import LetterPolicy
from vcs.post.subjects.facts import known_facts, told_events_since
from vcs.post.subjects.subject import OF_AN_END, Around
from vcs.terms import Choice
from vcs.victims.records import ChoiceRecord

HELD_BY_DATA: Final = (
    "stage",
    "kind",
    "first_letter_on",
    "released_month",
    "parole_month",
    "ended_on",
    "changed_on",
    "still_in_scheme",
    "decline_reason",
    "conditions",
    "answers",
)
"""The facts that ``subjects.facts`` finds and that can become untrue after the letter was made.

That somebody was told, and who the officer was before, stay true.
"""

_MONTH: Final = "_month"


def told_now(part: CasePart, about: LetterRecord | Wanted, row: LetterPolicy) -> str:
    """Return what a letter would tell today, in one canonical form."""
    told = [_facts(part, about, row), _event(part, about.occasion), _since(part, row)]
    return json.dumps(told, sort_keys=True)


def _facts(part: CasePart, about: LetterRecord | Wanted, row: LetterPolicy) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(about, LetterRecord):
        known = known_facts(part.session, part.sealer, about, part.victim, _morning(part.today))
        names = [name for name in HELD_BY_DATA if name in row.facts]
        found = {name: _plain(name, known.get(name)) for name in names}
    if "year_events" in row.facts:
        found["year"] = _year(part, about)
    if row.trigger in OF_AN_END:
        found["ended"] = [part.referral.status, part.referral.closed_reason]
    if "release_month" in row.facts:
        planned = planned_release_of(part.session, part.sealer, part.sentence, part.today)
        found["release_month"] = _plain("release_month", planned)
    if "chosen_on" in row.facts:
        found["chosen_on"] = _chosen_on(part)
    return found


def _plain(name: str, value: object) -> object:
    """Return a fact as JSON has it: of a month, a letter tells no day."""
    if isinstance(value, date):
        return f"{value:%Y-%m}" if name.endswith(_MONTH) else value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(name, one) for key, one in value.items()}
    return [_plain(name, one) for one in value] if isinstance(value, (list, tuple)) else value


def _morning(day: date) -> datetime:
    """Return the first moment of a day: news under embargo until that day is not told of yet."""
    return datetime.combine(day, time.min, UTC)


def _around(part: CasePart) -> Around:
    now = _morning(part.today)
    return Around(part.session, part.sealer, part.victim, part.referral, part.sentence, now)


def _year(part: CasePart, about: LetterRecord | Wanted) -> list[list[str]]:
    """Return what happened in the year that an annual letter speaks of.

    That year does not move on while the letter waits to leave.
    """
    approved_at = about.approved_at if isinstance(about, LetterRecord) else None
    day = london_date(approved_at) if approved_at else part.today
    from_day = day.replace(year=day.year - 1, day=1)
    events = told_events_since(_around(part), from_day)
    return [[one.kind, f"{one.happened_on:%Y-%m}"] for one in events]


def _event(part: CasePart, occasion: str) -> list[str | None] | None:
    """Return the event that a letter is about as it stands; None for a letter about none."""
    query = select(KeyEvent).where(KeyEvent.reference == occasion)
    event = part.session.exec(query).first() if occasion else None
    if event is None:
        return None
    taken_back = event.taken_back_at.isoformat() if event.taken_back_at else None
    return [event.kind, event.happened_on.isoformat(), taken_back]


def _since(part: CasePart, row: LetterPolicy) -> str | None:
    """Return the latest event that overtakes a letter: where the offender is, or that they died.

    A letter about no such thing is overtaken by a death alone, and one that ends contact by
    nothing. What may not be told yet is no such event.
    """
    tells_of = row.trigger in TELLS_OF
    kinds = (*WHEREABOUTS_KINDS, EventKind.DIED) if tells_of else (EventKind.DIED,)
    if not (tells_of or row.contact_goes_on):
        return None
    events = [
        one for one in _around(part).events if one.kind in kinds and one.happened_on <= part.today
    ]
    latest = max(events, key=lambda one: (one.happened_on, one.id), default=None)
    return latest.reference if latest else None


def _chosen_on(part: CasePart) -> str | None:
    query = (
        select(col(ChoiceRecord.chosen_on))
        .where(
            ChoiceRecord.victim_id == part.victim.id,
            ChoiceRecord.choice != str(Choice.NO_REPLY),
        )
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    chosen = part.session.exec(query).first()
    return chosen.isoformat() if chosen else None
