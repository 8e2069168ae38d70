"""Which second fact of a day is another time at large, after the rule for one event took it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from vcs.custody.history.order import is_another_time
from vcs.custody.records import CustodyFact
from vcs.events.moments import DayAndTime
from vcs.events.records import EventKind, KeyEvent
from vcs.events.same_event import same_event

FRIDAY_20 = date(2026, 3, 20)

IN_CUSTODY = EventKind.BACK_IN_CUSTODY


def at(hour: str) -> datetime | None:
    return datetime.fromisoformat(f"2026-03-20T{hour}").replace(tzinfo=UTC) if hour else None


def happened(number: int, kind: EventKind, hour: str) -> KeyEvent:
    fields: dict[str, Any] = {"id": number, "kind": kind, "happened_on": FRIDAY_20}
    return KeyEvent(**fields, happened_at=at(hour))


@pytest.mark.parametrize(
    ("escaped", "returned", "again", "is_other"),
    [
        # The rule for one event has no hour for the return, and the escapes have the same.
        ("09:00", "", "09:00", True),
        # The return was in the minute of the fact: what is recorded is cut to the minute.
        ("09:30", "10:00", "10:00:30", True),
        ("", "10:00", "10:00", True),
        # One escape, told twice, before the return.
        ("09:30", "10:00", "09:40", False),
        ("09:30", "10:00", "09:30", False),
    ],
)
def test_two_times_at_large_that_are_taken_for_one_event_are_asked_about(
    escaped: str, returned: str, again: str, *, is_other: bool
) -> None:
    events = [happened(1, EventKind.ESCAPED, escaped), happened(2, IN_CUSTODY, returned)]
    told: dict[str, Any] = {"happened_on": FRIDAY_20, "happened_at": at(again)}
    fact = CustodyFact(**told)
    held = same_event(events, EventKind.ESCAPED, DayAndTime(FRIDAY_20, at(again[:5])))
    assert held is events[0]
    assert is_another_time(fact, held, events) is is_other
