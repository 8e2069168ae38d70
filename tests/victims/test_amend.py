"""Two change one victim: the second is told, and what makes her safer is never undone unseen."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from tests.journeys.program import Program, program, referral
from tests.journeys.world import World, a_victim, told
from vcs.errors import NotAllowed
from vcs.terms import Role
from vcs.victims.details import amend
from vcs.victims.details.amend import HeldDetails, Stale
from vcs.victims.details.safety import OF_THE_ADDRESS
from vcs.victims.entries import VictimEntry
from vcs.victims.records import FormerDetails

REFUGE: dict[str, Any] = {"address_lines": ("2 Refuge Close", "Leeds"), "postcode": "LS3 9ZX"}


@pytest.fixture
def wcu(world: World) -> Program:
    return program(world)


def opened(world: World, victim: str, role: Role = Role.VLO) -> HeldDetails:
    """Open the details as an officer does."""
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        return amend.reveal_details(work, victim, "to mend the details")


def save(
    world: World, victim: str, drawn_from: str, entry: VictimEntry, unsaid: tuple[str, ...] = ()
) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        amend.amend_victim(work, victim, drawn_from, entry, unsaid)


def formers(world: World) -> list[FormerDetails]:
    with world.db.reading() as session:
        return list(session.exec(select(FormerDetails).order_by("id")))


def asked(world: World) -> list[str]:
    return [one.kind for one in world.tasks() if "safely" in one.question]


def correct(wcu: Program, victim: str, **changes: Any) -> str:
    request = {"kind": "correction", "victim_reference": victim, "changes": changes}
    return wcu.send(request).status


def test_the_second_of_two_is_refused_and_learns_what_is_held_now(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    first, second = opened(world, victim), opened(world, victim, Role.MANAGER)
    save(world, victim, first.version, replace(first.entry, **REFUGE))
    older = replace(second.entry, phone="0113 496 0888")
    with pytest.raises(Stale) as refusal:
        save(world, victim, second.version, older)
    assert refusal.value.held.entry.address_lines == REFUGE["address_lines"]
    assert "Refuge" not in str(refusal.value)
    now = opened(world, victim)
    assert (now.entry.postcode, now.entry.phone) == ("LS3 9ZX", "0113 496 0777")
    assert len(formers(world)) == 1
    save(world, victim, now.version, replace(now.entry, phone="0113 496 0888"))
    assert opened(world, victim).entry.address_lines == REFUGE["address_lines"]


@pytest.mark.parametrize("version", ["", "1", "x" * 64])
def test_a_change_that_names_no_version_is_refused(world: World, version: str) -> None:
    world.court_tells(told())
    victim = world.refer()
    with pytest.raises(Stale):
        save(world, victim, version, a_victim(safe_to_post=False))
    assert formers(world) == []


@pytest.mark.parametrize(
    "change",
    [
        {"safe_to_post": False},
        {"safe_contact_notes": "Never ring"},
        {"format_needs": "Large print"},
        {"language": "cy"},
        {"standing": "next of kin"},
        {"email": ""},
    ],
)
def test_every_field_counts_for_the_version(world: World, change: dict[str, Any]) -> None:
    world.court_tells(told())
    victim = world.refer()
    before = opened(world, victim)
    save(world, victim, before.version, replace(before.entry, **change))
    assert opened(world, victim).version != before.version
    with pytest.raises(Stale):
        save(world, victim, before.version, before.entry)


def test_saving_what_is_held_changes_nothing(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    held = opened(world, victim)
    save(world, victim, held.version, held.entry)
    assert formers(world) == []


def test_what_was_held_is_kept_whole(world: World) -> None:
    world.court_tells(told())
    victim = world.refer(entry=a_victim(format_needs="Large print"))
    held = opened(world, victim)
    save(world, victim, held.version, replace(held.entry, format_needs=""))
    (former,) = formers(world)
    needs = world.sealer.open_text(former.format_needs_sealed or b"")
    assert (needs, former.standing, former.language) == (
        "Large print",
        "victim",
        "en",
    )


def test_of_two_who_save_at_the_same_moment_one_is_refused(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    held = opened(world, victim)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def go(phone: str) -> None:
        ready.wait()
        try:
            save(world, victim, held.version, replace(held.entry, phone=phone))
            outcomes.append("saved")
        except Stale:
            outcomes.append("refused")

    threads = [threading.Thread(target=go, args=[f"0113 496 000{n}"]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "saved"]
    assert len(formers(world)) == 1


def test_a_warning_from_a_program_is_not_undone_by_an_officer_who_did_not_see_it(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    victim = world.refer(entry=a_victim(safe_contact_notes="canary note"))
    held = opened(world, victim)
    correct(wcu, victim, safe_to_post=False, safe_contact_notes="He reads her post")
    assert asked(world) == ["witness_care_says"]
    with pytest.raises(Stale) as refusal:
        save(world, victim, held.version, replace(held.entry, phone="0113 496 0888"))
    now = refusal.value.held.entry
    assert now.safe_to_post is False
    assert now.safe_contact_notes == "canary note\nHe reads her post"
    assert opened(world, victim).entry == now


def test_a_program_changes_its_own_fields_and_no_other(world: World, wcu: Program) -> None:
    world.court_tells(told())
    victim = world.refer()
    held = opened(world, victim)
    save(world, victim, held.version, replace(held.entry, **REFUGE), OF_THE_ADDRESS)
    assert correct(wcu, victim, phone="0113 496 0888") == "recorded"
    now = opened(world, victim).entry
    moved = replace(held.entry, **REFUGE, phone="0113 496 0888")
    assert now == replace(moved, safe_to_post=None, address_confirmed_on=None)


@pytest.mark.parametrize("later", ["safe_to_post", "address"])
def test_what_an_officer_called_unsafe_no_program_calls_safe(
    world: World, wcu: Program, later: str
) -> None:
    world.court_tells(told())
    (_, victim) = wcu.send(referral()).victims[0]
    held = opened(world, victim)
    unsafe = replace(held.entry, safe_to_post=False, safe_contact_notes="Do not ring")
    save(world, victim, held.version, unsafe)
    if later == "address":
        new = {"address_lines": ["1 Mum Road"], "postcode": "LS4 9ZW", "safe_to_post": True}
        change = {"kind": "change_of_address", "victim_reference": victim, "new_address": new}
        assert wcu.send(change).status == "a_person_decides"
    else:
        changes = {"safe_to_post": True, "safe_contact_notes": ""}
        assert correct(wcu, victim, **changes) == "a_person_decides"
    now = opened(world, victim).entry
    assert (now.safe_to_post, now.safe_contact_notes) == (False, "Do not ring")
    assert now.postcode == ("LS4 9ZW" if later == "address" else "LS1 3AB")
    assert asked(world) == ["witness_care_says"]


def test_a_program_may_take_back_its_own_note_as_long_as_it_is_alone(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    (_, victim) = wcu.send(referral()).victims[0]
    correct(wcu, victim, safe_contact_notes="Away until May")
    assert correct(wcu, victim, safe_contact_notes="") == "recorded"
    assert opened(world, victim).entry.safe_contact_notes == ""
    assert asked(world) == []


def test_a_program_that_goes_back_to_safe_is_asked_about_and_unsafe_stays(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    (_, victim) = wcu.send(referral()).victims[0]
    correct(wcu, victim, safe_to_post=False)
    assert correct(wcu, victim, safe_to_post=True) == "a_person_decides"
    assert opened(world, victim).entry.safe_to_post is False


def test_a_weaker_word_within_a_stronger_one_is_not_taken_for_it(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    victim = world.refer(entry=a_victim(safe_contact_notes="Do not ring before 5"))
    correct(wcu, victim, safe_contact_notes="Do not ring")
    assert opened(world, victim).entry.safe_contact_notes == "Do not ring before 5\nDo not ring"
    correct(wcu, victim, safe_contact_notes="Do not ring ")
    assert opened(world, victim).entry.safe_contact_notes == "Do not ring before 5\nDo not ring"


def test_the_same_person_referred_again_as_unsafe_is_unsafe(world: World, wcu: Program) -> None:
    world.court_tells(told())
    sent = referral()
    (_, victim) = wcu.send(sent).victims[0]
    again = sent["victims"][0] | {"safe_to_post": False, "format_needs": "Interpreter"}
    (_, same) = wcu.send(referral(victims=[again])).victims[0]
    assert same == victim
    now = opened(world, victim).entry
    assert (now.safe_to_post, now.format_needs) == (False, "Interpreter")
    # And once more as before: what was said in between stands until a person looks.
    wcu.send(referral(victims=[sent["victims"][0]]), "another key")
    assert opened(world, victim).entry.safe_to_post is False


def test_a_look_at_both_is_kept_and_is_for_the_unit(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    held = opened(world, victim)
    save(world, victim, held.version, replace(held.entry, **REFUGE))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        found = amend.reveal_overtaking(work, victim, held.version, "to mend the details")
    assert (found.drawn, found.changed_by) == (held.entry, "Vlo")
    assert found.held.entry.postcode == "LS3 9ZX"
    assert world.view().history[0].event == "address.revealed"
    for role in (Role.WITNESS_CARE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            opened(world, victim, role)
