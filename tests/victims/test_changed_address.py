"""The first letter to a changed address takes a second person (K-06)."""

from __future__ import annotations

import pytest

from tests.journeys.program import program
from tests.journeys.world import World, a_victim, told
from tests.victims.test_one_person import (
    REFUGE,
    abroad,
    approved,
    change,
    joined,
    open_letter,
)
from tests.victims.test_preferences import kinds
from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.post import letters
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, LetterHeld
from vcs.post.opening import open_for_printing
from vcs.post.records import LetterQuestion
from vcs.terms import Language, Role
from vcs.victims.details.address_history import address_history
from vcs.victims.find import visible_victim
from vcs.victims.preferences.records import HowKnown

__all__ = ["abroad"]

HELD = HoldKind.FIRST_TO_CHANGED_ADDRESS


def referred(world: World, **details: object) -> str:
    world.court_tells(told())
    return world.refer("", a_victim(**details))


def drafted(world: World, victim: str) -> str:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = letters.draft_letter(work, victim, INITIAL_CONTACT, Language.ENGLISH)
        return letter.reference


def looked(world: World, letter: str, role: Role) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        decide(work, letter, LetterQuestion.CHANGED_ADDRESS, "She told me on the phone")


def test_an_address_as_it_was_referred_needs_nobody_more(world: World) -> None:
    victim = referred(world)
    change(world, victim, phone="0113 496 0888")
    change(world, victim, address_lines=("1, Canary  Lane", "LEEDS"))
    assert HELD not in kinds(world, victim)
    approved(world, victim)


def test_an_address_that_was_missing_and_is_entered_is_no_change_of_one(world: World) -> None:
    victim = referred(world, address_lines=(), postcode="")
    change(world, victim, **REFUGE)
    assert HELD not in kinds(world, victim)


def test_it_takes_somebody_who_neither_entered_the_address_nor_began_the_letter(
    world: World,
) -> None:
    victim = referred(world)
    change(world, victim, world.people[Role.MANAGER], **REFUGE)
    change(world, victim, world.people[Role.MANAGER], safe_to_post=True)
    letter = drafted(world, victim)
    with pytest.raises(LetterHeld):
        approved(world, victim)
    for role in (Role.VLO, Role.MANAGER):
        with pytest.raises(NotAllowed):
            looked(world, letter, role)
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Another Manager")
    looked(world, letter, Role.MANAGER)
    assert approved(world, victim) == letter
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        assert open_for_printing(work, letter, "to check what was sent").pdf is not None
    assert HELD in kinds(world, victim)
    assert open_letter(world, letter) is None
    assert HELD not in kinds(world, victim)


def test_the_decision_lapses_when_the_address_is_changed_again(world: World) -> None:
    victim = referred(world)
    change(world, victim, **REFUGE)
    letter = drafted(world, victim)
    looked(world, letter, Role.MANAGER)
    change(world, victim, address_lines=("9 Elsewhere Road", "Leeds"))
    with pytest.raises(LetterHeld):
        approved(world, victim)


def test_an_address_emptied_and_entered_anew_is_a_changed_one(world: World) -> None:
    victim = referred(world)
    change(world, victim, address_lines=(), postcode="")
    change(world, victim, **REFUGE)
    assert HELD in kinds(world, victim)


def test_a_move_told_in_one_referral_holds_the_letter_of_the_other(world: World) -> None:
    first, second = joined(world)
    change(world, first, **REFUGE)
    assert HELD in kinds(world, second)


def test_a_move_that_a_program_tells_takes_a_person_of_the_unit(
    world: World,
) -> None:
    victim = referred(world, safe_to_post=True)
    new = {"address_lines": ["2 Refuge Close", "Leeds"], "postcode": "LS3 9ZX"}
    told_of = {"kind": "change_of_address", "victim_reference": victim, "new_address": new}
    program(world).send(told_of)
    change(world, victim, safe_to_post=True)
    letter = drafted(world, victim)
    assert HELD in kinds(world, victim)
    looked(world, letter, Role.MANAGER)
    assert approved(world, victim) == letter


def history(world: World, victim: str) -> list[tuple[str, str, str | None, bool]]:
    """Return each address with who entered it, how it is known, and whether it is held now."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        held = visible_victim(session, victim, work.actor)
        found = address_history(work, held)
    return [(one.lines[0], one.entered_by, one.how_known, one.until is None) for one in found]


def test_each_address_is_dated_with_how_it_is_known_and_by_whom(world: World) -> None:
    victim = referred(world)
    change(world, victim, phone="0113 496 0888", address_how_known=HowKnown.WITNESS_CARE)
    change(world, victim, **REFUGE, address_how_known=HowKnown.THEM)
    change(world, victim, safe_to_post=False)
    assert history(world, victim) == [
        ("2 Refuge Close", "Vlo", "they said so", True),
        ("1 Canary Lane", "", "witness care said so", False),
    ]


def test_who_moved_them_in_a_referral_that_the_reader_may_not_see_is_not_named(
    world: World, abroad: tuple[str, str, Actor]
) -> None:
    first, second, officer = abroad
    change(world, second, officer, **REFUGE)
    assert history(world, first)[0][1] == "Somebody else"


def test_a_change_of_address_by_a_program_is_known_from_witness_care(world: World) -> None:
    victim = referred(world)
    new = {"address_lines": ["2 Refuge Close", "Leeds"], "postcode": "LS3 9ZX"}
    program(world).send(
        {"kind": "change_of_address", "victim_reference": victim, "new_address": new}
    )
    assert history(world, victim)[0][2] == "witness care said so"
