"""Once the day of a release has come it is planned news no more: nobody waits for others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.events.told import TUESDAY_24, decide, happens, line, page, refer, tell
from tests.journeys.world import World
from vcs.errors import Conflict
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.events.sets.number import show_numbers
from vcs.terms import Role

THURSDAY_26 = TUESDAY_24 + timedelta(days=2)


def of_kind(kind: EventKind, day: date, *, only_month: bool = False) -> EventEntry:
    return EventEntry(kind, day, EventSource.PRISON, only_month=only_month)


@pytest.mark.parametrize("kind", [EventKind.RELEASED, EventKind.TEMPORARY_RELEASE])
def test_she_is_rung_at_once_though_nobody_has_decided_how_another_is_told(
    case: World, kind: EventKind
) -> None:
    first, second = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, of_kind(kind, TUESDAY_24))
    assert page(case, event).may_tell
    tell(case, event, first)
    assert line(case, event, first).told_at
    assert not line(case, event, second).told_at
    assert case.problems() == []


def test_the_hold_of_a_temporary_release_ends_on_its_day_with_no_scheduler(case: World) -> None:
    first, _ = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, of_kind(EventKind.TEMPORARY_RELEASE, THURSDAY_26))
    decide(case, event, first, "phone")
    with pytest.raises(Conflict, match="told together"):
        tell(case, event, first)
    case.clock.move_to(THURSDAY_26)
    assert page(case, event).may_tell
    with case.db.writing() as session:
        show_numbers(case.work(session, case.people[Role.VLO]), event, first)
    tell(case, event, first)
    assert case.problems() == []


def test_a_sweep_ends_the_hold_on_that_day(case: World) -> None:
    refer(case, "Ann Lis"), refer(case, "Bea Pike")
    happens(case, of_kind(EventKind.TEMPORARY_RELEASE, THURSDAY_26))
    assert _held(case)
    case.clock.move_to(THURSDAY_26)
    case.sweep()
    assert not _held(case)


def test_a_release_that_is_planned_or_of_which_only_the_month_is_known_is_held(
    case: World,
) -> None:
    refer(case, "Ann Lis"), refer(case, "Bea Pike")
    month = happens(case, of_kind(EventKind.TEMPORARY_RELEASE, date(2026, 3, 1), only_month=True))
    planned = happens(case, of_kind(EventKind.RELEASE_PLANNED, date(2026, 12, 1)))
    case.clock.move_to(date(2026, 3, 30))
    assert not page(case, month).may_tell
    case.clock.move_to(date(2026, 12, 1))
    assert not page(case, planned).may_tell


def _held(case: World) -> bool:
    with case.db.reading() as session:
        return session.exec(select(KeyEvent.may_tell_at)).one() is None
