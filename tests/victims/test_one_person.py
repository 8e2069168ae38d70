"""Somebody in two referrals is one person: what is known of them counts in both at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from tests.journeys.program import Program, program
from tests.journeys.world import (
    CARDIFF,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    WALES,
    World,
    a_victim,
    told,
)
from vcs.access.actors import Actor
from vcs.errors import NotFound
from vcs.post import letters, opening
from vcs.post.cases.case import case_of_victim
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.post.gate import HoldKind, LetterCase, Step, holds
from vcs.post.letters import MadeLetter
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice, Language, Role, VictimRelation
from vcs.victims.contact import choices
from vcs.victims.details import add, amend
from vcs.victims.details.amend import Stale
from vcs.victims.entries import VictimEntry, version_of
from vcs.victims.identity.join import join
from vcs.victims.records import FormerDetails, PersonRecord, Victim

REFUGE: dict[str, Any] = {"address_lines": ("2 Refuge Close", "Leeds"), "postcode": "LS3 9ZX"}

PRINT = "to print and post it"


def two_referrals(world: World, **second: Any) -> tuple[str, str]:
    """Tell of two sentences, by default of two offenders in Leeds; return their referrals."""
    world.court_tells(told())
    told_of = {"urn": "13EX0000226"} | second
    message = told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE), **told_of)
    world.court_tells(message.replace(b"1 Example Street", b"7 Other Road").replace(b"EX1", b"EX7"))
    first, other = world.referrals()
    return first, other


def joined(world: World, entry: VictimEntry | None = None, **second: Any) -> tuple[str, str]:
    """Have one person referred in two referrals; return them as a victim in each."""
    first, other = two_referrals(world, **second)
    victim = world.refer(first)
    return victim, known(world, other, victim, entry or a_victim())


def known(world: World, referral: str, victim: str, entry: VictimEntry) -> str:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        return add.add_known_victim(work, referral, victim, entry).reference


def change(world: World, victim: str, who: Actor | None = None, **details: Any) -> None:
    """Change the details that are held, as an officer who has just opened them."""
    with world.db.writing() as session:
        work = world.work(session, who or world.people[Role.VLO])
        held = amend.reveal_details(work, victim, "to mend the details")
        amend.amend_victim(work, victim, held.version, replace(held.entry, **details))


def held(world: World, victim: str, who: Actor | None = None) -> VictimEntry:
    with world.db.writing() as session:
        work = world.work(session, who or world.people[Role.VLO])
        return amend.reveal_details(work, victim, "to check the address").entry


def approved(world: World, victim: str) -> str:
    """Have a first letter approved; return its reference."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = letters.draft_letter(work, victim, INITIAL_CONTACT, Language.ENGLISH)
        made = MadeLetter(b"%PDF-1.7", "1", "{}")
        return letters.save_approved_letter(work, letter.reference, made).reference


def open_letter(world: World, letter: str) -> tuple[str, ...] | None:
    """Open a letter for printing; return why not, or None where it opened."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        found = opening.open_for_printing(work, letter, PRINT)
    return None if found.pdf else found.why_not


def case_of(world: World, victim: str) -> LetterCase:
    with world.db.reading() as session:
        return case_of_victim(session, world.sealer, world.people[Role.VLO], victim, world.today)


def rows(world: World, model: Any) -> list[Any]:
    with world.db.reading() as session:
        return list(session.exec(select(model).order_by(col(model.id))))


def test_one_person_in_two_referrals_is_one_record_with_a_part_in_each(world: World) -> None:
    first, second = joined(world, a_victim(standing=VictimRelation.NEXT_OF_KIN, about="her aunt"))
    (person,) = rows(world, PersonRecord)
    assert [one.person_id for one in rows(world, Victim)] == [person.id, person.id]
    here, there = held(world, first), held(world, second)
    assert (here.standing, here.about) == ("victim", "")
    assert (there.standing, there.about) == ("next of kin", "her aunt")
    assert replace(there, standing=here.standing, about="") == here
    assert world.problems() == []


def test_what_she_is_to_one_crime_is_nothing_to_the_other(world: World) -> None:
    first, second = joined(world)
    change(world, first, standing=VictimRelation.SPOKESPERSON, about="her sister")
    assert (held(world, second).standing, held(world, second).about) == ("victim", "")
    change(world, second, phone="0113 496 0888")
    assert (held(world, first).about, held(world, first).phone) == ("her sister", "0113 496 0888")


@pytest.mark.parametrize(
    "changed",
    [
        REFUGE,
        {"safe_to_post": False},
        {"safe_to_post": None},
        {"safe_contact_notes": "He reads her post"},
        {"format_needs": "Braille"},
        {"name": "Nia Otherwise"},
    ],
)
def test_what_is_recorded_in_one_referral_stops_the_letter_in_the_other(
    world: World, changed: dict[str, Any]
) -> None:
    first, second = joined(world)
    letter = approved(world, second)
    change(world, first, **changed)
    assert open_letter(world, letter)
    for name, value in changed.items():
        assert getattr(held(world, second), name) == value


def test_a_change_that_concerns_no_letter_leaves_the_other_letter_as_it_is(world: World) -> None:
    first, second = joined(world)
    letter = approved(world, second)
    change(world, first, phone="0113 496 0888", standing=VictimRelation.NEXT_OF_KIN)
    world.sweep()
    assert open_letter(world, letter) is None


def test_a_sweep_withdraws_the_letter_of_the_other_referral(world: World) -> None:
    first, second = joined(world)
    letter = approved(world, second)
    change(world, first, **REFUGE)
    world.sweep()
    (why,) = open_letter(world, letter) or ()
    assert "withdrawn" in why
    assert "the address changed" in why


def test_who_changes_her_through_one_referral_is_told_of_a_change_through_the_other(
    world: World,
) -> None:
    first, second = joined(world)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        seen = amend.reveal_details(work, second, "to mend the details")
    change(world, first, **REFUGE)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(Stale):
            amend.amend_victim(work, second, seen.version, replace(seen.entry, phone=""))
        both = amend.reveal_overtaking(work, second, seen.version, "to mend the details")
    assert (both.drawn, both.changed_by) == (seen.entry, "Vlo")
    assert both.held.entry.postcode == REFUGE["postcode"]


def test_of_two_who_save_at_once_through_two_referrals_one_is_refused(world: World) -> None:
    both, outcomes, ready = joined(world), [], threading.Barrier(2)
    entry = held(world, both[0])
    version = version_of(entry)

    def go(victim: str, phone: str) -> None:
        ready.wait()
        try:
            with world.db.writing() as session:
                work = world.work(session, world.people[Role.VLO])
                amend.amend_victim(work, victim, version, replace(entry, phone=phone))
            outcomes.append("saved")
        except Stale:
            outcomes.append("refused")

    threads = [
        threading.Thread(target=go, args=(victim, f"0113 496 000{n}"))
        for n, victim in enumerate(both)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "saved"]
    assert len(rows(world, FormerDetails)) == 1


@pytest.mark.parametrize(
    ("before", "entered", "after"),
    [
        ({"safe_to_post": False}, {"safe_to_post": True}, {"safe_to_post": False}),
        ({"safe_to_post": False}, REFUGE | {"safe_to_post": True}, {"safe_to_post": False}),
        ({"safe_to_post": True}, {"safe_to_post": False}, {"safe_to_post": False}),
        ({"safe_to_post": True}, {"safe_to_post": None}, {"safe_to_post": True}),
        ({"safe_to_post": True}, REFUGE | {"safe_to_post": None}, {"safe_to_post": None}),
        (
            {"safe_contact_notes": "Never ring"},
            {"safe_contact_notes": ""},
            {"safe_contact_notes": "Never ring"},
        ),
        (
            {"format_needs": "Braille"},
            {"format_needs": "A phone call"},
            {"format_needs": "Braille; A phone call"},
        ),
        ({}, {"address_lines": (), "postcode": ""}, {"postcode": "LS1 3AB"}),
        ({}, REFUGE, REFUGE),
        ({}, {"phone": "", "email": "new@example.org"}, {"phone": "0113 496 0777"}),
    ],
)
def test_a_second_entry_of_her_amends_and_undoes_no_safeguard(
    world: World, before: dict[str, Any], entered: dict[str, Any], after: dict[str, Any]
) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first, a_victim(**before))
    known(world, other, victim, a_victim(**entered))
    now_is = held(world, victim)
    assert {name: getattr(now_is, name) for name in after} == after


def test_somebody_who_is_in_the_referral_already_is_not_added_again(world: World) -> None:
    first, _ = two_referrals(world)
    victim = world.refer(first)
    assert known(world, first, victim, a_victim(**REFUGE)) == victim
    assert len(rows(world, Victim)) == 1
    assert held(world, victim).postcode == REFUGE["postcode"]


def test_the_trail_names_each_referral_of_hers(world: World) -> None:
    first, second = joined(world)
    change(world, first, **REFUGE)
    here, there = (world.view(one) for one in world.referrals())
    assert (here.history[0].event, here.history[0].detail) == ("victim.amended", first)
    found = next(one for one in there.history if one.event == "victim.amended_elsewhere")
    assert (found.who, found.detail) == ("Vlo", second)


@pytest.fixture
def abroad(world: World) -> tuple[str, str, Actor]:
    """Return her as a victim in Leeds and in Cardiff, and an officer in Cardiff."""
    first, second = two_referrals(world, court=CARDIFF)
    victim = world.refer(first)
    officer = world.hire(Role.VLO, "Ffion", WALES)
    wcu = world.hire(Role.WITNESS_CARE, "Wyn", area="62")
    with world.db.writing() as session:
        there = add.add_victim(world.work(session, wcu), second, a_victim())
    with world.db.writing() as session:
        people = session.exec(select(PersonRecord.id)).all()
        join(world.work(session, world.people[Role.MANAGER]), people[0], people[1])
    return victim, there.reference, officer


def test_an_officer_of_another_region_finds_her_through_her_own_referral_alone(
    world: World, abroad: tuple[str, str, Actor]
) -> None:
    leeds, cardiff, officer = abroad
    change(world, cardiff, officer, **REFUGE)
    assert held(world, leeds).postcode == REFUGE["postcode"]
    with pytest.raises(NotFound):
        change(world, leeds, officer, phone="")
    with pytest.raises(NotFound):
        change(world, cardiff, phone="")


def test_nothing_names_a_colleague_of_a_referral_that_the_reader_may_not_see(
    world: World, abroad: tuple[str, str, Actor]
) -> None:
    leeds, cardiff, officer = abroad
    before = held(world, leeds)
    change(world, cardiff, officer, **REFUGE)
    (line,) = [one for one in world.view(world.referrals()[0]).history if "amended" in one.event]
    assert (line.who, line.detail) == ("The system", leeds)
    assert line.event == "victim.amended_elsewhere"
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        version = version_of(before)
        both = amend.reveal_overtaking(work, leeds, version, "to mend the details")
    assert both.changed_by == "Somebody else"
    assert rows(world, FormerDetails)[-1].replaced_by == officer.who


def test_an_address_of_the_offender_of_one_referral_stops_the_letter_in_the_other(
    world: World,
) -> None:
    first, second = joined(world)
    assert not case_of(world, second).has_shared_address
    change(world, second, address_lines=("1 Example Street",), postcode="EX1 1EX")
    assert case_of(world, second).has_shared_address
    (task,) = [one for one in rows(world, Task) if one.kind == TaskKind.ADDRESS_TO_CHECK]
    assert task.victim_id == next(one.id for one in rows(world, Victim) if one.reference == first)


def test_a_no_in_another_case_of_the_offender_is_hers_under_whatever_name(world: World) -> None:
    world.court_tells(told())
    world.court_tells(told(urn="13EX0000226"))
    first, other = world.referrals()
    victim = world.refer(first)
    there = known(world, other, victim, a_victim(name="Nia Married"))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        choices.record_choice(work, victim, Choice.OPT_OUT, world.today, "by phone")
    kinds = [one.kind for one in holds(case_of(world, there), Step.DRAFT)]
    assert HoldKind.OPTED_OUT in kinds


def test_a_no_about_another_offender_is_shown_to_a_person_and_hides_no_new_offer(
    world: World,
) -> None:
    first, second = joined(world)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        choices.record_choice(work, first, Choice.OPT_OUT, world.today, "by phone")
    case = case_of(world, second)
    assert (case.opted_out_on, case.may_have_opted_out_on) == (None, (world.today,))
    (deadline,) = [
        one
        for one in world.view(world.referrals()[1]).deadlines
        if one.duty == "first-contact" and one.victim_reference == second
    ]
    assert deadline.met_on is None


def test_what_a_program_took_back_through_one_referral_holds_letters_in_both(
    world: World,
) -> None:
    wcu: Program = program(world)
    first, second = joined(world)
    for lines, code in ((["2 Refuge Close"], "LS3 9ZX"), (["1 Canary Lane", "Leeds"], "LS1 3AB")):
        new = {"address_lines": lines, "postcode": code, "safe_to_post": True}
        wcu.send({"kind": "change_of_address", "victim_reference": first, "new_address": new})
    assert case_of(world, first).is_instruction_asked_about
    assert case_of(world, second).is_instruction_asked_about


def test_a_safeguard_of_one_referral_is_not_undone_by_a_program_through_the_other(
    world: World,
) -> None:
    wcu = program(world)
    first, second = joined(world)
    change(world, first, safe_to_post=False, safe_contact_notes="Do not ring")
    changes = {"safe_to_post": True, "safe_contact_notes": ""}
    wcu.send({"kind": "correction", "victim_reference": second, "changes": changes})
    now_is = held(world, first)
    assert (now_is.safe_to_post, now_is.safe_contact_notes) == (False, "Do not ring")
