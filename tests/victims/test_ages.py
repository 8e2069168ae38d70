"""A child whose age nobody knows is no adult; an adult whose birth nobody recorded is one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.test_victim_to_choice import approve, draft
from tests.journeys.world import World, a_victim, told
from tests.victims.test_family import MOTHER, TUESDAY_24, asked, born, family, linked
from vcs.errors import NotValid
from vcs.post.gate import LetterHeld
from vcs.victims.family.ages import says_child
from vcs.victims.family.records import LinkKind


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("She is a child, ring her aunt", True),
        ("Aged 9. Her aunt answers", True),
        ("Amy Canary (child)", True),
        ("They are only 15.", True),
        ("he is 17 years old", True),
        ("Child victim", True),
        ("Do not ring while her child is at home", False),
        ("Her son is 9", False),
        ("She is 45", False),
        ("They are 1 of three sisters", False),
        ("Ask for the ward. She is in bed 9", False),
        ("", False),
    ],
)
def test_which_words_say_that_somebody_is_a_child(words: str, *, says: bool) -> None:
    assert says_child(words) is says


def in_doubt(world: World) -> dict[str, bool]:
    return {one.name: one.age_in_doubt for one in family(world).members}


def test_a_child_of_unknown_age_is_no_adult_until_the_birth_is_known(world: World) -> None:
    """Her mother acts for one of two victims by name; an adult's letter waits for nobody."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    adult = world.refer(entry=a_victim(name="Ann Kestrel"))
    approve(world, draft(world, adult))
    child = world.refer(entry=a_victim(name="Tom Canary"))
    assert set(in_doubt(world).values()) == {False}
    mother = world.refer(entry=a_victim(**MOTHER, about="mother of Tom Canary"))
    assert in_doubt(world) == {"Ann Kestrel": False, "Tom Canary": True, "Mary Canary": False}
    assert asked(world) == ["turning_18"]
    letter = draft(world, child)
    with pytest.raises(LetterHeld, match="is or may be under 18"):
        approve(world, letter)
    with pytest.raises(NotValid, match="not known whether they are 18"):
        linked(world, LinkKind.LEAD, child)
    assert linked(world, LinkKind.SPEAKS, child, mother)
    approve(world, letter)
    born(world, child, date(2001, 3, 2))
    assert in_doubt(world)["Tom Canary"] is False
    assert [one.kind for one in world.tasks() if one.kind == "turning_18"] == []
    assert linked(world, LinkKind.LEAD, child)
    assert world.problems() == []


def test_a_note_that_says_child_is_asked_about_when_it_is_written(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    child = world.refer(entry=a_victim(safe_contact_notes="She is a child: ring her aunt"))
    assert [one.kind for one in world.tasks()].count("turning_18") == 1
    with pytest.raises(LetterHeld, match="is or may be under 18"):
        approve(world, draft(world, child))
