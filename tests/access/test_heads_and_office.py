"""A head of public protection is the second person; a unit administrator gives and posts."""

from __future__ import annotations

import pytest

from tests.journeys.world import World, a_victim, told
from vcs.access.rules import MAY, Act, may
from vcs.errors import NotAllowed, NotValid
from vcs.post import letters, opening
from vcs.post.letters import MadeLetter
from vcs.terms import Choice, Language, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.whereabouts.reveal import reveal_address

HEAD, OFFICE = Role.HEAD, Role.UNIT_ADMINISTRATOR

CASEWORK = {
    *(Act.ADD_VICTIM, Act.CHANGE_DETAILS, Act.CHANGE_PREFERENCES, Act.RECORD_CONTACT),
    *(Act.RECORD_CHOICE, Act.RECORD_IF_OUT, Act.RECORD_EVENT, Act.TELL_EVENT),
    *(Act.ASK_ABOUT_NEEDS, Act.RECORD_FAMILY, Act.ASK_FOR_CONDITION, Act.TRACE_VICTIM),
    *(Act.RECORD_CLOCK, Act.LET_PLACE_PAST),
    *(Act.WRITE_LETTER, Act.RECORD_POSTED, Act.RECORD_RETURNED),
    *(Act.WRITE_LETTER, Act.RECORD_POSTED, Act.RECORD_RETURNED, Act.RECORD_CLOCK),
    *(Act.RECORD_FEEDBACK,),
}
"""What a manager may do beside their officers, and a head leaves to them."""


def test_a_head_does_all_that_a_manager_does_but_their_casework_and_tries_another_law() -> None:
    of_managers = {act for act, roles in MAY.items() if Role.MANAGER in roles}
    of_heads = {act for act, roles in MAY.items() if HEAD in roles}
    assert of_heads == of_managers - CASEWORK | {Act.TRY_LAW}


def test_a_head_sees_what_a_manager_of_the_region_sees(world: World) -> None:
    world.court_tells(told())
    world.refer()
    assert world.headline(HEAD) == world.headline(Role.MANAGER)
    as_head, as_manager = world.view(role=HEAD), world.view(role=Role.MANAGER)
    assert as_head.victims == as_manager.victims
    assert as_head.decision == as_manager.decision


def test_a_head_is_the_second_person_where_a_manager_proposed(world: World) -> None:
    world.court_tells(told())
    manager, head = world.people[Role.MANAGER], world.people[HEAD]
    task = world.propose(who=manager)
    with pytest.raises(NotValid):
        world.answer_proposal(task, who=manager)
    world.answer_proposal(task, who=head)
    assert world.view().status == "closed"
    assert world.tasks(HEAD) == world.tasks(Role.MANAGER)


def test_the_office_enters_nothing_about_choices_or_safety_and_opens_no_address(
    world: World,
) -> None:
    assert not any(
        may(world.people[OFFICE], act)
        for act in (
            *(Act.RECORD_CHOICE, Act.CHANGE_PREFERENCES, Act.CHANGE_DETAILS, Act.SEE_ADDRESS),
            *(Act.RECORD_CONTACT, Act.ADD_NOTE, Act.SEE_CASEWORK, Act.OPEN_LETTER),
            *(Act.RECORD_IF_OUT, Act.TELL_EVENT, Act.SEARCH_VICTIMS),
        )
    )
    world.court_tells(told())
    victim = world.refer(entry=a_victim(safe_contact_notes="canary note"))
    office = world.people[OFFICE]
    shown = repr(world.view(role=OFFICE))
    assert "Canary-Name" in shown
    for secret in ("Canary Lane", "LS1 3AB", "0777", "canary.victim", "canary note"):
        assert secret not in shown
    with world.db.writing() as session:
        work = world.work(session, office)
        with pytest.raises(NotAllowed):
            reveal_address(work, victim, "to write")
        with pytest.raises(NotAllowed):
            record_choice(work, victim, Choice.OPT_IN, world.today, "by phone")


def test_the_office_opens_an_approved_letter_to_post_it_and_for_nothing_else(world: World) -> None:
    world.court_tells(told())
    victim, office = world.refer(), world.people[OFFICE]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = letters.draft_letter(work, victim, "initial-contact", Language.ENGLISH).reference
        letters.save_approved_letter(work, letter, MadeLetter(b"%PDF-1.7", "v1", "{}"))
    with world.db.writing() as session:
        work = world.work(session, office)
        with pytest.raises(NotAllowed):
            opening.note_look(work, letter, opening.TO_POST)
        for reason in (one for one in opening.REASONS if one != opening.TO_POST):
            with pytest.raises(NotAllowed):
                opening.open_for_printing(work, letter, reason)
        assert opening.open_for_printing(work, letter, opening.TO_POST).pdf == b"%PDF-1.7"
    line = world.view().history[0]
    assert (line.event, line.who) == ("letter.looked_at", "Unit Administrator")
