"""How somebody is told follows what was learned since it was decided, or since they were told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.events.told import (
    IN_ERROR,
    PLANNED,
    RANG,
    asks_for,
    chooses,
    decide,
    happens,
    line,
    refer,
    tell,
)
from tests.journeys.world import World
from tests.victims.test_one_person import change
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.catalogue import Because
from vcs.events.sets.not_told import record_not_to_be_told
from vcs.events.sets.number import show_numbers
from vcs.events.sets.ready import WayEntry, make_ready
from vcs.events.take_back import take_back
from vcs.terms import Choice, Role
from vcs.victims.find import visible_victim
from vcs.victims.preferences.change import PreferenceEntry, change_preference
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import HowKnown, Rule, Way


def undo(world: World, event: str) -> None:
    with world.db.writing() as session:
        take_back(world.work(session, world.people[Role.MANAGER]), event, "Another man")


def never_by_phone(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        person = visible_victim(session, victim, work.actor).person_id
        seen = standing_preferences(session, world.sealer, person).version
        entry = PreferenceEntry(Way.PHONE, Rule.NEVER, world.today, HowKnown.THEM)
        change_preference(work, victim, seen, entry)


def opened(world: World, event: str, victim: str) -> str | None:
    with world.db.writing() as session:
        return show_numbers(world.work(session, world.people[Role.VLO]), event, victim).phone


def test_who_is_not_safe_since_a_manager_chose_is_not_rung(case: World) -> None:
    """He is in the house by now, and answers her telephone."""
    victim = refer(case, "Ann Lis")
    event = happens(case, IN_ERROR)
    decide(case, event, victim, "phone")
    change(case, victim, safe_to_post=False)
    now = line(case, event, victim)
    assert (now.way, now.because) == ("police", Because.NOT_SAFE)
    assert opened(case, event, victim) is None
    with pytest.raises(NotValid):
        tell(case, event, victim)


def test_what_they_ask_for_since_goes_before_what_was_chosen(case: World) -> None:
    victim, other = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, IN_ERROR)
    decide(case, event, victim, "phone")
    asks_for(case, victim, "third_party", third_party="Her mother", third_party_number="0113 1")
    assert line(case, event, victim).way == "third_party"
    decide(case, event, other, "police")
    asks_for(case, other, "ring")
    assert line(case, event, other).way == "police", "what is safer stays"


def test_word_of_a_mistake_does_not_ring_who_is_not_safe_since(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    tell(case, event, victim)
    asks_for(case, victim, "police")
    undo(case, event)
    assert line(case, event, victim).way == "police"
    with pytest.raises(NotValid):
        tell(case, event, victim, replace(RANG, spoke_to="Ann herself"))


@pytest.mark.parametrize("since", ["opted out", "not safe", "never by phone"])
def test_of_news_that_was_a_mistake_a_manager_chooses_once_the_way_may_not_be_used(
    case: World, since: str
) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, PLANNED)
    decide(case, event, victim, "phone")
    tell(case, event, victim)
    case.clock.days(1)
    if since == "opted out":
        chooses(case, victim, Choice.OPT_OUT)
    elif since == "not safe":
        change(case, victim, safe_to_post=False)
    else:
        never_by_phone(case, victim)
    undo(case, event)
    assert line(case, event, victim).way is None
    with pytest.raises(Conflict):
        tell(case, event, victim)
    with pytest.raises(Conflict):
        opened(case, event, victim)
    _nobody_but_a_manager_chooses(case, event, victim)
    decide(case, event, victim, "police")
    assert line(case, event, victim).way == "police"


def _nobody_but_a_manager_chooses(world: World, event: str, victim: str) -> None:
    entry = WayEntry("phone", "I know her")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(NotAllowed):
            make_ready(work, event, victim, entry)


def test_who_wants_no_contact_need_not_be_told_that_it_was_a_mistake(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, PLANNED)
    decide(case, event, victim, "phone")
    tell(case, event, victim)
    chooses(case, victim, Choice.OPT_OUT)
    undo(case, event)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        record_not_to_be_told(work, event, victim, "opted_out", "She said so to me")
    assert not line(case, event, victim).is_open
    assert case.problems() == []
