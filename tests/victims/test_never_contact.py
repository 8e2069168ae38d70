"""*Never contact me about anything*: it stops everything, and what is owed stays owed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import World, a_victim, told
from tests.victims.test_joining import join, two
from tests.victims.test_one_person import (
    approved,
    joined,
    known,
    open_letter,
    two_referrals,
)
from tests.victims.test_preferences import kinds
from tests.victims.test_preferences import known as said
from vcs.consequences.answers import dealt_with
from vcs.consequences.offers.offers_owed import OfferAnswer, decide_offer_owed
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, Step
from vcs.post.records import LetterQuestion
from vcs.tasks.records import TaskKind
from vcs.terms import Role
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.preferences.anything import NeverContact, change_of_mind, record_never
from vcs.victims.preferences.change import OlderVersion
from vcs.victims.preferences.records import HowKnown

__all__ = ["two"]

WORDS = "Canary: leave me in peace, all of you"


def never(world: World, victim: str, role: Role = Role.VLO, words: str = WORDS) -> None:
    with world.db.writing() as session:
        answer = NeverContact(world.today, HowKnown.THEM, words)
        record_never(world.work(session, world.people[role]), victim, answer)


def changed(world: World, victim: str, drawn_from: str = "") -> None:
    with world.db.writing() as session:
        version = drawn_from or said(world, victim).version
        change_of_mind(world.work(session, world.people[Role.VLO]), victim, version)


def asked(world: World) -> list[str]:
    """Return the open tasks that ask how an offer is met."""
    return [one.reference for one in world.tasks() if one.kind == TaskKind.OFFER_OWED]


def test_whoever_heard_it_does_not_decide_alone_that_nothing_is_offered(world: World) -> None:
    first, _ = joined(world)
    never(world, first, Role.MANAGER)
    task, other = asked(world)
    with pytest.raises(NotValid, match="another manager"):
        answer(world, task, OfferAnswer.NOT_OFFERED)
    assert (owed(world, 0), owed(world, 1)) == ([True], [True])
    answer(world, other, OfferAnswer.ANOTHER_WAY)
    answer(world, task, OfferAnswer.NOT_OFFERED, Role.HEAD)
    assert sorted([*owed(world, 0), *owed(world, 1)]) == [False, True]


def answer(world: World, task: str, how: OfferAnswer, role: Role = Role.MANAGER) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        decide_offer_owed(work, task, how, "She told us on the phone, and again in writing")


def owed(world: World, referral: int = 0) -> list[bool]:
    view = world.view(world.referrals()[referral])
    return [one.is_open for one in view.deadlines if one.duty == "first-contact"]


def test_it_ends_every_letter_in_every_referral_and_nobody_can_overrule_it(world: World) -> None:
    first, second = joined(world)
    letter = approved(world, second)
    never(world, first)
    for victim in (first, second):
        assert HoldKind.NEVER_CONTACT in kinds(world, victim, Step.DRAFT)
    for question in LetterQuestion:
        with world.db.writing() as session, pytest.raises(Conflict):
            decide(world.work(session, world.people[Role.MANAGER]), letter, question, "But")
    why_not = open_letter(world, letter)
    assert why_not
    assert "never want to be contacted" in why_not[0]
    assert world.view(world.referrals()[1]).letters[0].status == "withdrawn"


def test_what_is_owed_stays_owed_in_each_referral_until_a_manager_decides(world: World) -> None:
    first, _ = joined(world)
    never(world, first)
    tasks = asked(world)
    assert len(tasks) == 2
    assert (owed(world, 0), owed(world, 1)) == ([True], [True])
    with pytest.raises(NotAllowed):
        answer(world, tasks[0], OfferAnswer.NOT_OFFERED, Role.VLO)
    with world.db.writing() as session, pytest.raises(NotValid):
        dealt_with(world.work(session, world.people[Role.MANAGER]), tasks[0], "Done")
    answer(world, tasks[0], OfferAnswer.NOT_OFFERED)
    answer(world, tasks[1], OfferAnswer.ANOTHER_WAY)
    assert sorted([*owed(world, 0), *owed(world, 1)]) == [False, True]
    assert asked(world) == []
    assert world.problems() == []


def test_a_referral_of_a_new_offender_asks_a_manager_before_anything_is_offered(
    world: World,
) -> None:
    first_referral, other = two_referrals(world)
    first = world.refer(first_referral)
    never(world, first)
    assert len(asked(world)) == 1
    second = known(world, other, first, a_victim())
    assert len(asked(world)) == 2
    assert HoldKind.NEVER_CONTACT in kinds(world, second, Step.DRAFT)
    assert owed(world, 1) == [True]


def test_one_click_undoes_it_and_what_was_not_offered_is_owed_again(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    never(world, victim)
    answer(world, asked(world)[0], OfferAnswer.NOT_OFFERED)
    assert owed(world) == [False]
    changed(world, victim)
    changed(world, victim)
    assert owed(world) == [True]
    assert HoldKind.NEVER_CONTACT not in kinds(world, victim)
    assert world.problems() == []
    never(world, victim)
    assert len(asked(world)) == 1
    changed(world, victim)
    assert asked(world) == []


def test_whoever_did_not_see_that_they_said_it_again_does_not_undo_it(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    never(world, victim)
    seen = said(world, victim).version
    changed(world, victim)
    never(world, victim)
    with pytest.raises(OlderVersion):
        changed(world, victim, seen)
    assert said(world, victim).anything


def test_an_email_about_a_missed_first_contact_is_not_sent_once_it_is_not_offered(
    world: World,
) -> None:
    world.court_tells(told())
    victim = world.refer()
    never(world, victim)
    answer(world, asked(world)[0], OfferAnswer.NOT_OFFERED)
    world.clock.move_to(date(2026, 6, 1))
    world.sweep()
    assert world.misses_told(duty="First contact") == []


def test_a_referral_that_is_opened_again_asks_again(world: World) -> None:
    world.court_tells(told())
    world.close_without_victim()
    world.reopen()
    victim = world.refer()
    never(world, victim)
    assert len(asked(world)) == 1


def test_nothing_is_asked_where_nothing_is_owed_and_twice_is_refused(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        spoke = ContactEntry(world.today, "by phone", reached=True, spoke_to="Nia")
        record_contact(work, victim, spoke)
    never(world, victim)
    assert asked(world) == []
    with pytest.raises(Conflict):
        never(world, victim)


def test_it_needs_their_words_and_not_witness_care(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with pytest.raises(NotValid):
        never(world, victim, words=" ")
    with pytest.raises(NotAllowed):
        never(world, victim, Role.WITNESS_CARE)


def test_a_call_all_the_same_needs_its_reason(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    never(world, victim)
    spoke = ContactEntry(world.today, "by phone", reached=True, spoke_to="Nia")
    with world.db.writing() as session, pytest.raises(NotValid) as refused:
        record_contact(world.work(session, world.people[Role.VLO]), victim, spoke)
    assert "emergency" in refused.value.fields


def test_two_who_are_joined_both_have_it_and_the_other_is_asked_about(
    world: World, two: tuple[str, str]
) -> None:
    first, second = two
    never(world, second)
    assert len(asked(world)) == 1
    join(world, first, second)
    assert HoldKind.NEVER_CONTACT in kinds(world, first)
    assert len(asked(world)) == 2
    assert world.problems() == []
