"""How far lists agree with ours, of the places that the headline beside it is of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from tests.journeys.world import WALES, YORKSHIRE, World
from tests.lists.listed import QUILL, line, match, probation, told
from vcs.access.actors import Actor
from vcs.lists.reads import Checked, coverage, coverage_for
from vcs.lists.records import ListRun
from vcs.terms import Role

CANARY = {"pnc": "2019/9000402J", "surname": "CANARYNAME", "forename": "ADA"}


def beside(world: World, who: Actor) -> Checked:
    with world.db.reading() as session:
        (found,) = coverage_for(session, who)
    return found


def test_each_region_reads_its_own_and_the_regions_add_up(world: World) -> None:
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL))
    in_wales = line(**CANARY, court="Cardiff Crown Court")
    nowhere = line(pnc="2019/9000403K", surname="NOWHERE", court="")
    match(world, probation(line(), in_wales, nowhere))
    with world.db.reading() as session:
        (whole,) = coverage(session)
    counted = {code: tuple(both) for code, both in (whole.by_region or {}).items()}
    assert counted == {YORKSHIRE: (1, 1), WALES: (0, 1), "": (0, 1)}
    assert (whole.in_both, whole.in_either) == (1, 3)

    leeds = beside(world, world.people[Role.MANAGER])
    wales = beside(world, world.hire(Role.HEAD, "In Wales", region=WALES))
    london = beside(world, world.hire(Role.MANAGER, "In London", region="N07"))
    counts = [(one.in_both, one.in_either, one.is_of_more) for one in (leeds, wales, london)]
    assert counts == [(1, 1, False), (0, 1, False), (0, 0, False)]
    assert beside(world, world.people[Role.ADMINISTRATOR]) == whole
    care = beside(world, world.people[Role.WITNESS_CARE])
    assert (care.tenths, care.is_of_more, care.in_tenths) == (3, True, True)


def test_a_list_from_before_says_that_it_is_of_all_regions(world: World) -> None:
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL))
    match(world, probation(line(), line(**CANARY)))
    with world.db.writing() as session:
        session.execute(update(ListRun).values(by_region=None))
    leeds = beside(world, world.people[Role.MANAGER])
    assert (leeds.in_both, leeds.in_either, leeds.is_of_more) == (1, 2, True)
