"""However many dangers last, the newest is looked after as the oldest is."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlmodel import Session, select

from scheduler.victims import events
from tests.events.test_updates import told_of
from tests.events.told import IN_ERROR, asks_for, happens, refer, tell
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.events.updates.records import EventUpdate


def test_no_danger_waits_behind_those_that_last(
    case: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "SETS_AT_A_TIME", 1)
    told_of(case)
    case.court_tells(told(FRIDAY_20_MARCH, ("Otherone", *ELIGIBLE), urn="13EX0000926"))
    second = case.referrals()[-1]
    victim = refer(case, "Una Two", second)
    asks_for(case, victim, "ring")
    tell(case, happens(case, IN_ERROR, second), victim)
    with case.db.writing() as session:
        session.execute(delete(EventUpdate))
    case.sweep()
    with Session(case.db.engine) as session:
        found = {one.event_id for one in session.exec(select(EventUpdate))}
    assert len(found) == 2
