"""Clocks are kept as they change; what is only marked is worked out by whoever reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import Session, select

from tests.clocks.test_clocks import clock
from tests.journeys.world import World, told
from vcs.clocks import fold
from vcs.clocks.derive import clock_rows
from vcs.clocks.facts import facts_of
from vcs.clocks.records import ClockMark, ClockRecord
from vcs.database import try_lock
from vcs.referrals.records import Referral


@pytest.fixture
def cases(world: World) -> World:
    world.court_tells(*(told(urn=f"13EX00{n:05}") for n in range(5)))
    for reference in world.referrals()[:3]:
        world.refer(reference)
    return world


def kept(world: World) -> list[dict[str, Any]]:
    with world.db.reading() as session:
        found = session.exec(select(ClockRecord).order_by("key")).all()
        return [one.model_dump(exclude={"id"}) for one in found]


def worked_out(world: World) -> list[dict[str, Any]]:
    with world.db.reading() as session:
        ids = session.exec(select(Referral.id)).all()
        return sorted(clock_rows(facts_of(session, ids)), key=lambda row: row["key"])


def test_what_is_kept_is_what_is_worked_out(cases: World) -> None:
    assert kept(cases) == worked_out(cases)
    cases.clock.move_to(date(2026, 4, 8))
    cases.sweep()
    assert kept(cases) == worked_out(cases)
    with cases.db.reading() as session:
        assert session.exec(select(ClockMark)).all() == []


def lose_all(world: World) -> None:
    """Leave what an upgrade leaves: no clock is kept, and every referral is marked."""
    with world.db.engine.begin() as connection, Session(connection) as session:
        session.execute(delete(ClockRecord))
        fold.mark_all(session)
        session.commit()


def test_after_an_upgrade_pages_show_clocks_at_once_and_a_sweep_keeps_them(world: World) -> None:
    world.court_tells(told())
    lose_all(world)
    assert kept(world) == []
    assert clock(world, "court-tells-witness-care").due_on == date(2026, 3, 27)
    world.sweep()
    assert kept(world) == worked_out(world) != []


def test_whoever_finds_another_at_it_leaves_the_marks_and_waits_for_nobody(world: World) -> None:
    world.court_tells(told())
    if world.db.engine.dialect.name == "sqlite":
        return  # it has one writer, so that nobody is ever at it
    with world.db.writing() as first:
        assert try_lock(first, fold.LOCK)
        world.refer()
        with world.db.reading() as session:
            assert session.exec(select(ClockMark)).first() is not None
        assert clock(world, "allocate").starts_on == world.today
    world.sweep()
    assert kept(world) == worked_out(world)
