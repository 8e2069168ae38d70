"""A letter to one of two people who are alike and were kept apart: a manager decides, for it alone.

A mother and a daughter of one name, in one referral; one of them wants no contact.
"""

from __future__ import annotations

import pytest

from tests.journeys.world import World, a_victim, told
from tests.victims.test_changed_address import drafted
from tests.victims.test_known import answered, asked_about
from tests.victims.test_one_person import case_of
from tests.victims.test_preferences import kinds
from vcs.consequences.people.sameness import Sameness, decide_same_person
from vcs.errors import NotAllowed, NotValid
from vcs.post.cases.case import case_of_letter
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, LetterHeld, Step, holds
from vcs.post.letters import MadeLetter, draft_letter, save_approved_letter
from vcs.post.records import LetterQuestion
from vcs.terms import Choice, Language, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.identity.known import SOMEBODY_ELSE

HERS, ALIKE = {"phone": "0113 496 0888"}, LetterQuestion.KEPT_APART


def said_no(world: World, victim: str, choice: Choice = Choice.OPT_OUT) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_choice(work, victim, choice, world.today, "by phone")


def may_go(world: World, letter: str, role: Role, reason: str = "I met both of them") -> None:
    with world.db.writing() as session:
        decide(world.work(session, world.people[role]), letter, ALIKE, reason)


def approve(world: World, letter: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        save_approved_letter(work, letter, MadeLetter(b"%PDF-1.7", "v1", "{}"))


@pytest.fixture
def two_alike(world: World) -> tuple[str, str]:
    """Return a mother who said no, and her daughter, whom a manager knows to be another."""
    mother, daughter = _on_witness_cares_word(world)
    _two_people(world)
    return mother, daughter


def _on_witness_cares_word(world: World) -> tuple[str, str]:
    world.court_tells(told())
    mother = world.refer()
    daughter = answered(world, world.only_referral(), a_victim(**HERS), SOMEBODY_ELSE)
    said_no(world, mother)
    return mother, daughter


def _two_people(world: World) -> None:
    (task,) = asked_about(world)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        decide_same_person(work, task.reference, Sameness.TWO, "I met both of them")


def test_on_the_word_of_whoever_entered_them_the_no_of_one_is_the_others_too(world: World) -> None:
    mother, daughter = _on_witness_cares_word(world)
    assert HoldKind.OPTED_OUT in kinds(world, daughter, Step.DRAFT)
    assert len(asked_about(world)) == 1
    _two_people(world)
    assert HoldKind.OPTED_OUT in kinds(world, mother, Step.DRAFT)
    assert kinds(world, daughter, Step.DRAFT) == set()


def test_whoever_is_entered_after_a_no_as_somebody_else_is_a_managers_question(
    world: World,
) -> None:
    world.court_tells(told())
    said_no(world, world.refer())
    daughter = answered(world, world.only_referral(), a_victim(**HERS), SOMEBODY_ELSE)
    assert HoldKind.OPTED_OUT in kinds(world, daughter, Step.DRAFT)
    assert len(asked_about(world)) == 1


def test_the_no_of_one_holds_the_letter_of_the_other_until_a_manager_decides(
    world: World, two_alike: tuple[str, str]
) -> None:
    mother, daughter = two_alike
    assert HoldKind.OPTED_OUT in kinds(world, mother)
    assert kinds(world, daughter, Step.DRAFT) == set()
    letter = drafted(world, daughter)
    with pytest.raises(LetterHeld, match="Somebody on record"):
        approve(world, letter)
    with pytest.raises(NotAllowed):
        may_go(world, letter, Role.VLO)
    with pytest.raises(NotValid):
        may_go(world, letter, Role.MANAGER, " ")
    may_go(world, letter, Role.MANAGER)
    approve(world, letter)


def test_the_decision_is_for_this_letter_and_lapses_with_another_no(
    world: World, two_alike: tuple[str, str]
) -> None:
    mother, daughter = two_alike
    letter = drafted(world, daughter)
    may_go(world, letter, Role.HEAD)
    assert _held(world, letter) == set()
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        another = draft_letter(work, daughter, "initial-contact", Language.WELSH).reference
    assert HoldKind.KEPT_APART in _held(world, another)
    said_no(world, mother, Choice.OPT_IN)
    assert HoldKind.KEPT_APART not in {h.kind for h in holds(case_of(world, daughter), Step.OPEN)}
    said_no(world, mother)
    assert _held(world, letter) == {HoldKind.KEPT_APART}


def test_one_who_may_be_the_same_still_has_her_no_and_nobody_decides_it_away(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    said_no(world, victim)
    assert HoldKind.OPTED_OUT in kinds(world, victim, Step.DRAFT)
    assert HoldKind.KEPT_APART not in kinds(world, victim)


def _held(world: World, letter: str) -> set[HoldKind]:
    with world.db.reading() as session:
        who = world.people[Role.VLO]
        case = case_of_letter(session, world.sealer, who, letter, world.today)
    return {hold.kind for hold in holds(case, Step.APPROVE)}
