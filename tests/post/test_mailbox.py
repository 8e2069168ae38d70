"""Whose mailbox an email would reach: newer than their yes to email, or read by somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.journeys.world import World
from tests.post.sorts import BY_EMAIL_ALONE, the_victim
from tests.victims.test_one_person import change
from tests.victims.test_preferences import say
from vcs.access.records import Account
from vcs.intake.message import CasePlace, MessageRead
from vcs.intake.records import CourtMessage
from vcs.post.cases.mailbox import is_called_after
from vcs.post.gate import HoldKind, Step
from vcs.post.posting import record_posted
from vcs.post.records import LetterQuestion
from vcs.sentences.case_addresses import keep_addresses
from vcs.sentences.history.reports import MessageToRecord
from vcs.sentences.records import Sentence
from vcs.terms import FoundBy, Role
from vcs.victims.person import opened
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import PersonRecord

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CHANGED, SHARED = HoldKind.CHANGED_EMAIL, HoldKind.SHARED_MAILBOX


def held(world: World, letter: str) -> set[HoldKind]:
    return BY_EMAIL_ALONE.held_at(world, letter, Step.APPROVE)


def test_a_new_yes_to_email_is_about_the_mailbox_that_is_held_now(world: World) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    change(world, the_victim(world), email="new@example.org")
    assert held(world, letter) == {CHANGED}
    world.clock.minutes(1)
    # Whoever entered it does not also bear witness to it.
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED)
    assert held(world, letter) == {CHANGED}
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED, role=Role.MANAGER)
    assert held(world, letter) == set()


def test_a_first_mailbox_takes_the_place_of_none_and_needs_a_yes_alone(world: World) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    with world.db.writing() as session:
        # As if she had been referred without one.
        record = session.exec(select(PersonRecord)).one()
        person = replace(opened(world.sealer, record), email="")
        record.sealed = person.sealed(world.sealer, record.reference)
    change(world, the_victim(world), email="first@example.org")
    assert held(world, letter) == {CHANGED}
    world.clock.minutes(1)
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED)
    assert held(world, letter) == set()


def test_whoever_entered_the_new_address_does_not_decide_that_a_letter_goes_there(
    world: World,
) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    entered, second = world.people[Role.MANAGER], world.hire(Role.VLO, "A Colleague")
    change(world, the_victim(world), entered, email="new@example.org")
    question = LetterQuestion.CHANGED_EMAIL
    assert not BY_EMAIL_ALONE.decide(world, letter, question, entered)
    assert BY_EMAIL_ALONE.decide(world, letter, question, second)
    # The next change is another one.
    change(world, the_victim(world), entered, email="newer@example.org")
    assert held(world, letter) == {CHANGED}


def test_a_mailbox_that_a_letter_reached_is_new_no_more(world: World) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    change(world, the_victim(world), email="new@example.org")
    question = LetterQuestion.CHANGED_EMAIL
    assert BY_EMAIL_ALONE.decide(world, letter, question, world.hire(Role.VLO, "A Colleague"))
    BY_EMAIL_ALONE.approve(world, letter)
    with world.db.writing() as session:
        record_posted(world.work(session, world.people[Role.VLO]), letter, world.today)
    assert CHANGED not in held(world, letter)


@pytest.mark.parametrize(
    ("email", "is_held"),
    [
        ("nia@example.org", False),
        ("andrea.sandover@example.org", False),
        ("nia.and.dan@example.org", True),
        ("family.canary@example.org", True),
        ("info@example.org", True),
    ],
)
def test_a_mailbox_that_is_called_like_one_of_several_people_is_asked_about(
    world: World, email: str, is_held: bool
) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    change(world, the_victim(world), email=email)
    world.clock.minutes(1)
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED, role=Role.MANAGER)
    assert (SHARED in held(world, letter)) is is_held


def test_the_address_of_a_member_of_staff_is_no_victim_s_own(world: World) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    with world.db.reading() as session:
        email = session.exec(select(Account.email)).first() or ""
    change(world, the_victim(world), email=email.upper())
    world.clock.minutes(1)
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED, role=Role.MANAGER)
    assert held(world, letter) == {SHARED}


@pytest.mark.usefixtures("database_url")
@pytest.mark.parametrize(
    ("offender", "before_at", "is_called_so"),
    [
        ("Dan Canary", "dan.canary", True),
        ("Dan Canary", "canary_dan77", True),
        ("Dan Canary", "dancanary77", True),
        ("Dan Canary", "nia-dan", True),
        ("Dan Canary", "d.canary", True),
        ("Dan Canary", "dcanary", True),
        ("Dan Canary", "nia.canary", False),
        ("Dan Canary", "jordan.nia", False),
        ("Dan Canary", "the.canary", False),
        ("Nia Canary", "nia.canary", False),
        ("Ned Canary", "n.canary", False),
        ("", "nia", False),
    ],
)
def test_a_mailbox_that_is_called_like_the_offender_and_not_like_her(
    offender: str, before_at: str, is_called_so: bool
) -> None:
    assert is_called_after(offender, "Ms Nia Example", before_at) is is_called_so


def test_a_mailbox_that_is_called_like_the_offender_is_asked_about(world: World) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    with world.db.reading() as session:
        held = session.exec(select(Sentence)).one()
        first, *_, last = world.sealer.open_text(held.offender_name).split()
    change(world, the_victim(world), email=f"{first}.{last}@example.org")
    world.clock.minutes(1)
    say(world, the_victim(world), Way.EMAIL, Rule.ALLOWED, role=Role.MANAGER)
    assert BY_EMAIL_ALONE.held_at(world, letter, Step.APPROVE) == {SHARED}


def test_a_mailbox_that_a_court_gives_for_the_offender_is_held_until_a_manager_decided(
    world: World,
) -> None:
    letter = BY_EMAIL_ALONE.begin(world)
    assert held(world, letter) == set()
    with world.db.writing() as session:
        hers = opened(world.sealer, session.exec(select(PersonRecord)).one()).email
        case = session.exec(select(Sentence)).one().case_reference
        message_id = session.exec(select(CourtMessage.id)).first() or 0
        place = CasePlace(case, "", (hers.upper(),), FoundBy.EMAIL)
        read = MessageRead("", "read", places=(place,))
        message = MessageToRecord(message_id, "", "", read, (), None)
        keep_addresses(session, world.sealer, [message], world.clock.now())
    assert held(world, letter) == {SHARED}
    entered, manager = world.people[Role.VLO], world.people[Role.MANAGER]
    assert not BY_EMAIL_ALONE.decide(world, letter, LetterQuestion.SHARED_MAILBOX, entered)
    assert BY_EMAIL_ALONE.decide(world, letter, LetterQuestion.SHARED_MAILBOX, manager)
