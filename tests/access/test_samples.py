"""A sample is drawn once from what both may see; its inspector sees that and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.access.test_restrictions import restricted
from tests.journeys.world import CARDIFF, World, told
from vcs.access.actors import Actor
from vcs.access.emergency.opened import with_what_they_see
from vcs.access.inspection.records import InspectionSample, SampledReferral
from vcs.access.rules import may_see, seen_by
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.referrals.inspection.draw import LARGEST, OPEN_FOR, SampleEntry, draw_sample
from vcs.referrals.inspection.look import note_inspected
from vcs.referrals.inspection.reads import sample_page, samples
from vcs.referrals.records import Referral
from vcs.terms import Role


def draw(world: World, size: int = 50, who: Role = Role.MANAGER, **days: date) -> str:
    """Draw a sample of what was opened today, by default; return its reference."""
    asked = {"from_on": world.today, "to_on": world.today} | days
    inspector = world.people[Role.INSPECTOR].account_id
    with world.db.writing() as session:
        work = world.work(session, world.people[who])
        return draw_sample(work, SampleEntry(inspector, size, **asked)).reference


def sees(world: World, who: Actor) -> set[str]:
    """Return the referrals that somebody sees, by the rule in SQL and in Python alike."""
    with world.db.reading() as session:
        actor = with_what_they_see(session, replace(who), world.clock.now())
        by_query = set(session.exec(select(Referral.reference).where(seen_by(actor, Referral))))
        every = session.exec(select(Referral)).all()
    assert by_query == {one.reference for one in every if may_see(actor, one)}
    return by_query


@pytest.fixture
def cases(world: World) -> list[str]:
    """Return the referrals of three cases of the region; one of another region came as well."""
    world.court_tells(told(), told(urn="13EX0000226"), told(urn="13EX0000326"))
    ours = world.referrals()
    world.court_tells(told(court=CARDIFF, urn="62EX0000126"))
    return ours


def test_an_inspector_sees_what_was_drawn_until_the_sample_ends(
    world: World, cases: list[str]
) -> None:
    inspector = world.people[Role.INSPECTOR]
    assert sees(world, inspector) == set()
    sample = draw(world, size=2)
    drawn = sees(world, inspector)
    assert len(drawn) == 2
    assert drawn < set(cases)
    assert sees(world, world.hire(Role.INSPECTOR, "Other Inspector")) == set()
    last = world.today + OPEN_FOR
    for day, seen in ((last, drawn), (last + timedelta(days=1), set())):
        world.clock.move_to(day)
        assert sees(world, inspector) == seen
    with world.db.reading() as session:
        row = session.exec(select(InspectionSample)).one()
        assert (row.reference, row.size, row.out_of) == (sample, 2, 3)


def test_looking_draws_nothing(world: World, cases: list[str]) -> None:
    sample = draw(world, size=2)

    def rows() -> list[tuple[int, int]]:
        with world.db.reading() as session:
            found = session.exec(select(SampledReferral).order_by("place"))
            return [(one.place, one.referral_id) for one in found]

    before = rows()
    for role in (Role.INSPECTOR, Role.MANAGER, Role.HEAD):
        with world.db.reading() as session:
            who = with_what_they_see(session, world.people[role], world.clock.now())
            assert len(samples(session, who, world.today)) == 1
            page = sample_page(session, who, sample, world.today)
            assert [place for place, _, _ in page.referrals] == [1, 2]
    assert rows() == before


def test_what_is_restricted_is_not_drawn(world: World, cases: list[str]) -> None:
    restricted(world, world.people[Role.MANAGER], reference=cases[0])
    draw(world)
    assert sees(world, world.people[Role.INSPECTOR]) == set(cases[1:])


def test_only_who_decides_draws_and_only_from_days_with_referrals(
    world: World, cases: list[str]
) -> None:
    for role in Role:
        if role not in (Role.MANAGER, Role.HEAD):
            with pytest.raises(NotAllowed):
                draw(world, who=role)
    day = timedelta(days=1)
    wrong: tuple[tuple[int, dict[str, Any]], ...] = (
        (0, {}),
        (LARGEST + 1, {}),
        (1, {"from_on": world.today - 2 * day, "to_on": world.today - day}),
        (1, {"from_on": world.today, "to_on": world.today - day}),
        (1, {"to_on": world.today + day}),
    )
    for size, days in wrong:
        with pytest.raises(NotValid):
            draw(world, size, **days)


def test_a_look_is_kept_and_nothing_outside_the_sample_opens(
    world: World, cases: list[str]
) -> None:
    sample = draw(world, size=1)
    (seen,) = sees(world, world.people[Role.INSPECTOR])
    for reference in cases:
        with world.db.writing() as session:
            who = with_what_they_see(session, world.people[Role.INSPECTOR], world.clock.now())
            work = world.work(session, who)
            if reference == seen:
                note_inspected(work, sample, reference)
            else:
                with pytest.raises(NotFound):
                    note_inspected(work, sample, reference)
    line = world.view(seen).history[0]
    assert (line.event, line.who) == ("referral.inspected", "Inspector")
