"""One line of time on the referral's page: what was, and the dates that will come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from api.staff.referrals.timeline import Timeline, timeline
from tests.api.office import Office
from tests.api.staff.events.test_key_events import PLANNED, recorded
from tests.api.staff.victims.test_contact import on
from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, told, world
from tests.victims.test_first_contact import contact
from tests.victims.test_no_reply import chose
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import ChoiceEntry
from vcs.victims.contact.contacts import ContactEntry

__all__ = ["world"]

MONDAY_23, TUESDAY_24, FRIDAY_27 = date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 27)


@pytest.fixture
def line(world: World) -> Timeline:
    """Return the line of a referral on Friday 27 March 2026."""
    world.court_tells(told())
    world.clock.move_to(MONDAY_23)
    victim = world.refer()
    world.clock.move_to(TUESDAY_24)
    contact(world, victim, ContactEntry(TUESDAY_24, "by phone", reached=False))
    letter = draft(world, victim)
    approve(world, letter)
    world.clock.move_to(FRIDAY_27)
    post(world, letter, FRIDAY_27)
    again = ChoiceEntry(Choice.NOT_NOW, FRIDAY_27, "by phone", ask_again_on=date(2029, 3, 20))
    chose(world, victim, again)
    return timeline(world.view(), world.today)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_runs_from_the_sentence_to_the_dates_that_will_come_in_their_order(
    line: Timeline,
) -> None:
    days = [mark.day for mark in line.marks]
    assert days == sorted(days)
    assert (line.marks[0].text, line.marks[0].day) == ("Sentenced", date(2026, 3, 20))
    told_of = [mark.text for mark in line.marks]
    for text in (
        "Attempt to reach Nia Canary-Name, by phone",
        "Letter to Nia Canary-Name approved",
        "Letter to Nia Canary-Name posted",
        "Nia Canary-Name: Not now: may be asked again",
    ):
        assert text in told_of
    assert [(one.text, one.day) for one in line.coming] == [
        ("Due: Ask the victim about every need of the standard", date(2026, 4, 28)),
        ("Ask Nia Canary-Name again", date(2029, 3, 20)),
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_day_is_drawn_in_its_place_and_no_more_years_are_named_than_can_be_read(
    world: World, line: Timeline
) -> None:
    places = [mark.at for mark in line.marks]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (30, 970)
    assert places[0] < line.today_at < places[-1]
    assert [year for year, _ in line.years] == [2027, 2028, 2029]
    view = world.view()
    old = replace(view, sentence=replace(view.sentence, sentenced_on=date(2003, 4, 4)))
    assert len(timeline(old, world.today).years) <= 9


def test_the_page_draws_it_says_it_in_words_and_names_offence_and_length(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, here = office.person(Role.VLO), f"/referrals/{reference}"
    said = {"choice": "not_now", "how": "by phone"}
    again = {**on("chosen_on"), **on("ask_again_on", year="2027")}
    officer.fill(f"{here}/victims/{victim}/choice", **said, **again)
    page = officer.get(here).text
    assert re.search("Next: [^<]*Due: Ask the victim about every need of the standard", page)
    assert re.search(r'<svg class="app-line__drawing"[^>]*role="img"[^>]*aria-label', page)
    assert "2 Mar 2027: Ask Nia Example again (to come)" in page
    summary = page[page.index("Offence and length") :]
    assert "Wounding or inflicting grievous bodily harm: imprisonment, 3 years" in summary
    assert page.index('class="app-rules') < page.index("Case reference")


def test_what_is_planned_and_the_clocks_are_on_the_line_for_whoever_may_see_them(
    office: Office,
) -> None:
    reference, victim, _ = recorded(office, **PLANNED)
    officer, here = office.person(Role.VLO), f"/referrals/{reference}"
    joined = {"choice": "opt_in", "how": "by phone", **on("chosen_on")}
    assert officer.fill(f"{here}/victims/{victim}/choice", **joined).status_code == 303
    page = officer.get(here).text
    assert "1 Dec 2026: Release planned (to come)" in page
    assert "Due: Write once a year to a victim who opted in (to come)" in page
    assert "Release planned" not in office.person(Role.WITNESS_CARE).get(here).text
