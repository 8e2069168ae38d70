from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.journeys.world import FRIDAY_20_MARCH, World, a_victim, told
from vcs.errors import NotValid
from vcs.terms import Choice, Role
from vcs.victims import entries
from vcs.victims.contact.choices import record_choice
from vcs.victims.details.amend import amend_victim
from vcs.victims.entries import VictimEntry
from vcs.victims.whereabouts.reveal import reveal_address

SATURDAY_21_MARCH = date(2026, 3, 21)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"postcode": "CF9"}, "postcode"),
        ({"email": "not an email"}, "email"),
        ({"email": "a@b.c\nBcc: evil@example.org"}, "email"),
        ({"phone": "12345"}, "phone"),
        ({"address_lines": ("x",) * 8}, "address_lines"),
        ({"address_lines": ("x" * 101,)}, "address_lines"),
        ({"safe_contact_notes": "x" * 2001}, "safe_contact_notes"),
        ({"address_confirmed_on": SATURDAY_21_MARCH}, "address_confirmed_on"),
    ],
)
def test_each_fault_is_named_and_not_repeated(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(NotValid) as refusal:
        entries.check(a_victim(**changes), FRIDAY_20_MARCH)
    assert list(refusal.value.fields) == [field]
    said = str(refusal.value) + str(refusal.value.fields)
    assert str(changes[field]) not in said


def test_a_fault_keeps_nothing(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(NotValid):
        world.refer(entry=a_victim(postcode="LS1"))
    assert world.view().victims == ()
    assert world.view().status == "awaiting"


def test_names_in_any_script_are_kept_as_they_are(world: World) -> None:
    world.court_tells(told())
    names = ["O'Brien", "Siân Ŵyn", "漢字", "Ö", "<b>Bold</b>", "{{ name }}", "null", "x" * 200]
    for name in names:
        world.refer(entry=a_victim(name=name))
    assert [victim.name for victim in world.view().victims] == names


def test_a_name_alone_is_enough_to_refer(world: World) -> None:
    world.court_tells(told())
    world.refer(entry=VictimEntry("Nia"))
    victim = world.view().victims[0]
    assert victim.safe_to_post is None
    assert not victim.has_address


def test_a_postcode_is_kept_in_capitals(world: World) -> None:
    world.court_tells(told())
    victim = world.refer(entry=a_victim(postcode=" ls1 3ab "))
    with world.db.writing() as session:
        found = reveal_address(
            world.work(session, world.people[Role.VLO]),
            victim,
            "to write",
        )
    assert found.postcode == "LS1 3AB"


@pytest.mark.parametrize("day", [date(2026, 3, 19), date(2026, 3, 25)])
def test_a_choice_lies_between_referral_and_today(world: World, day: date) -> None:
    world.court_tells(told())
    victim = world.refer()
    world.clock.move_to(date(2026, 3, 24))
    with world.db.writing() as session, pytest.raises(NotValid) as refusal:
        record_choice(
            world.work(session, world.people[Role.VLO]), victim, Choice.OPT_IN, day, "by phone"
        )
    assert list(refusal.value.fields) == ["chosen_on"]


def test_an_amendment_is_kept_and_noted(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        amend_victim(work, victim, entries.version_of(a_victim()), a_victim(name="Nia New"))
    assert world.view().victims[0].name == "Nia New"
    assert world.view().history[0].event == "victim.amended"
    assert world.problems() == []
