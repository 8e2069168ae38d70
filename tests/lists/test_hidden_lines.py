"""A line of a case that is kept from somebody is in the list they read as another region's is."""

from __future__ import annotations

from dataclasses import replace

from tests.access.test_exclusions import excluded, seen_as
from tests.journeys.world import WALES, World
from tests.lists.listed import QUILL, line, match, probation, told
from tests.lists.test_lists import MONDAY_12_OCTOBER
from vcs.access.actors import Actor
from vcs.lists.ended_lines import LineRow, LinesAsked, line_page, line_rows
from vcs.lists.reads import run_view
from vcs.lists.records import ListRun
from vcs.tables import table_of
from vcs.terms import Role


def lines_seen(world: World, actor: Actor) -> list[LineRow]:
    """Return the lines that somebody is shown, on the page and in the file alike."""
    who = seen_as(world, actor)
    with world.db.reading() as session:
        reference = str(session.execute(table_of(ListRun).select()).one().reference)
        on_page = line_page(session, who, reference, LinesAsked()).rows
        in_file = list(line_rows(session, who, reference))
        assert run_view(session, who, reference).adds_up
    assert list(on_page) == in_file
    return in_file


def test_a_manager_who_is_excluded_reads_a_line_that_names_nothing_of_the_case(
    world: World,
) -> None:
    """A line that was left out would be missing by its number: it would be the hidden one."""
    world.clock.move_to(MONDAY_12_OCTOBER)
    world.court_tells(told(QUILL))
    other = line(pnc="", surname="OTHER", on="2026-10-05")
    match(world, probation(line(), other))
    second = world.second_manager
    assert [one.row for one in lines_seen(world, second)] == [1, 2]
    world.people[Role.VLO] = second
    excluded(world, Role.VLO, world.referrals()[0])
    hidden, shown = lines_seen(world, second)
    assert (hidden.row, shown.row) == (1, 2)
    named = (hidden.sentence_reference, hidden.case_reference, hidden.task_reference)
    assert (*named, hidden.region_code, hidden.owner_region) == (None,) * 5
    far = seen_as(world, world.hire(Role.MANAGER, "Mair", region=WALES))
    elsewhere = lines_seen(world, far)[0]
    assert replace(elsewhere, region_code=None, owner_region=None) == hidden
    assert lines_seen(world, world.people[Role.MANAGER])[0].sentence_reference
