"""From the referral to the victim's choice, as the staff live it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import TUESDAY_7_APRIL, World, a_victim, told
from vcs.access import trail
from vcs.errors import Conflict, NotAllowed, NotFound
from vcs.law.deadlines.due import State
from vcs.post import letters, opening
from vcs.post.letters import MadeLetter
from vcs.post.opening import OpenedLetter
from vcs.post.posting import record_posted
from vcs.post.reads import letter_contents, letter_facts, letter_page
from vcs.referrals.officers.assign import assign_vlo
from vcs.terms import Choice, Language, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.contact.contacts import ContactEntry, record_contact

PDF = b"%PDF-1.7 made by the press"

CONTENTS = '{"salutation": "Ms Canary-Name"}'


def test_a_victim_is_referred_written_to_and_chooses(world: World) -> None:
    world.court_tells(told())
    reference = world.only_referral()

    world.clock.move_to(date(2026, 3, 24))
    victim = world.refer()
    refer, contact = world.view().deadlines
    assert (refer.state, refer.met_on) == (State.MET, date(2026, 3, 24))
    assert (contact.duty, contact.due_on) == ("first-contact", date(2026, 4, 23))

    vlo, manager = world.people[Role.VLO], world.people[Role.MANAGER]
    with world.db.writing() as session:
        assign_vlo(world.work(session, manager), reference, vlo.account_id)

    world.clock.move_to(date(2026, 3, 26))
    letter = draft(world, victim)
    assert draft(world, victim) == letter
    approve(world, letter)
    view = world.view()
    assert (view.deadlines[1].met_on, view.victims[0].contacted_on) == (None, None)
    assert view.letters[0].approved_by == "Vlo"
    post(world, letter, date(2026, 3, 26))
    assert world.view().deadlines[1].state is State.MET
    assert world.view().victims[0].posted_on == date(2026, 3, 26)

    world.clock.move_to(TUESDAY_7_APRIL)
    tried(world, victim, date(2026, 3, 30), "by phone")
    tried(world, victim, date(2026, 4, 1), "by email")
    choose(world, victim, Choice.NO_REPLY, date(2026, 4, 1))
    choose(world, victim, Choice.OPT_IN, TUESDAY_7_APRIL)
    told_choice = world.view().victims[0]
    assert told_choice.choice == Choice.OPT_IN
    assert [one.choice for one in told_choice.choices] == [Choice.OPT_IN, Choice.NO_REPLY]

    events = [line.event for line in world.view().history]
    assert events[0] == "choice.recorded"
    assert {"referral.opened", "victim.added", "vlo.assigned", "letter.approved"} <= set(events)
    assert world.problems() == []
    with world.db.reading() as session:
        assert trail.verify(session) is None


def draft(world: World, victim: str) -> str:
    with world.db.writing() as session:
        return letters.draft_letter(
            world.work(session, world.people[Role.VLO]), victim, "initial-contact", Language.ENGLISH
        ).reference


def approve(world: World, letter: str) -> None:
    with world.db.writing() as session:
        letters.save_approved_letter(
            world.work(session, world.people[Role.VLO]), letter, MadeLetter(PDF, "v1", CONTENTS)
        )


def open_letter(world: World, letter: str) -> OpenedLetter:
    with world.db.writing() as session:
        return opening.open_for_printing(
            world.work(session, world.people[Role.VLO]), letter, "to print and post it"
        )


def post(world: World, letter: str, day: date) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_posted(work, letter, day)


def choose(world: World, victim: str, choice: Choice, day: date) -> None:
    with world.db.writing() as session:
        record_choice(world.work(session, world.people[Role.VLO]), victim, choice, day, "by phone")


def tried(world: World, victim: str, day: date, how: str) -> None:
    """Record an attempt that reached nobody."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_contact(work, victim, ContactEntry(day, how, reached=False))


def drafted(world: World) -> tuple[str, str]:
    world.court_tells(told())
    victim = world.refer()
    return victim, draft(world, victim)


def test_a_letter_is_approved_once_and_stays_as_it_was(world: World) -> None:
    _, letter = drafted(world)
    approve(world, letter)
    with pytest.raises(Conflict):
        approve(world, letter)
    vlo = world.people[Role.VLO]
    assert open_letter(world, letter).pdf == PDF
    with world.db.reading() as session:
        assert letter_contents(session, world.sealer, vlo, letter) == CONTENTS


def test_there_is_no_pdf_of_a_draft(world: World) -> None:
    _, letter = drafted(world)
    with pytest.raises(NotFound):
        open_letter(world, letter)


def test_witness_care_neither_writes_letters_nor_reads_them(world: World) -> None:
    victim, letter = drafted(world)
    wcu = world.people[Role.WITNESS_CARE]
    with world.db.writing() as session, pytest.raises(NotAllowed):
        letters.draft_letter(
            world.work(session, wcu),
            victim,
            "initial-contact",
            Language.WELSH,
        )
    with world.db.reading() as session, pytest.raises(NotAllowed):
        letter_page(session, world.sealer, wcu, letter)


def test_the_facts_of_a_letter_are_whole_once_an_officer_is_assigned(world: World) -> None:
    from letters.catalogue import INITIAL_CONTACT, compose, missing_facts

    world.court_tells(told())
    victim = world.refer()
    vlo, manager = world.people[Role.VLO], world.people[Role.MANAGER]
    with world.db.writing() as session:
        before = letter_facts(session, world.sealer, vlo, victim, world.today)
        assign_vlo(
            world.work(session, manager),
            world.only_referral(),
            vlo.account_id,
        )
        facts = letter_facts(session, world.sealer, vlo, victim, world.today)
    assert missing_facts(INITIAL_CONTACT, before) == (
        "the victim liaison officer's name",
        "the victim liaison officer's phone number",
    )
    assert missing_facts(INITIAL_CONTACT, facts) == ()
    letter = compose(INITIAL_CONTACT, Language.ENGLISH, facts)
    assert letter.window[0] == "Nia Canary-Name"
    assert letter.fact("sentence")


def test_two_victims_each_have_a_deadline_of_their_own(world: World) -> None:
    world.court_tells(told())
    first = world.refer()
    world.clock.move_to(date(2026, 3, 25))
    second = world.refer(entry=a_victim(name="Second Person"))
    owed = {one.victim_reference: one.due_on for one in world.view().deadlines}
    assert set(owed) == {None, first, second}
    assert owed[first] < owed[second]


def test_a_referral_without_a_victim_is_closed_and_accounted_for(world: World) -> None:
    world.court_tells(told())
    world.close_without_victim()
    assert world.headline().unaccounted == 0
    assert world.view().closed_reason == "no_identifiable_victim"
    with pytest.raises(Conflict):
        world.refer()
    world.clock.move_to(date(2026, 6, 1))
    world.sweep()
    assert world.misses_told() == []
