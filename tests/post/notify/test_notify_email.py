"""Plain text letters by email through GOV.UK Notify: once, and to nobody who did not say yes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from scheduler.jobs import Sweep
from scheduler.post import letters as job
from tests.journeys.test_victim_to_choice import CONTENTS, draft
from tests.journeys.world import World, a_victim
from tests.post.batches.a_batch import OPERATOR, office
from tests.post.notify.notify_stub import KEY, Stub, notify_stub
from tests.post.notify.test_notify import status, tasks, told
from tests.victims.test_first_contact import met_on
from tests.victims.test_one_person import change, rows
from tests.victims.test_preferences import say
from vcs.access.work import Work
from vcs.post import letters
from vcs.post.batches.unprinted import unprinted
from vcs.post.letters import MadeLetter
from vcs.post.notify.email import NOT_BY_EMAIL, give_emails
from vcs.post.notify.records import NotifyLetter, NotifyStatus
from vcs.post.records import LetterRecord
from vcs.terms import LetterFormat, Role
from vcs.victims.preferences.records import Rule, Way

TEMPLATE = "11111111-2222-4333-8444-555555555555"

WORDS = "Dear Ms Canary-Name\n\nThis is your letter."


@pytest.fixture
def stub() -> Iterator[Stub]:
    with notify_stub() as found:
        yield found


@pytest.fixture
def victim(world: World) -> str:
    office(world)
    return world.refer("", a_victim())


@pytest.fixture
def letter(world: World, victim: str) -> str:
    """Return an approved letter in plain text to somebody who has not spoken of email."""
    reference = draft(world, victim)
    with world.db.writing() as session:
        query = select(LetterRecord).where(col(LetterRecord.reference) == reference)
        session.exec(query).one().format = LetterFormat.TEXT
    with world.db.writing() as session:
        made = MadeLetter(WORDS.encode(), "v1", CONTENTS)
        letters.save_approved_letter(world.work(session, world.people[Role.VLO]), reference, made)
    return reference


def give(world: World) -> list[str]:
    """Give what may go by email to Notify; return why the others stay."""
    with world.db.writing() as session:
        work = Work(session, world.sealer, OPERATOR, world.clock.now())
        return [one.why for one in give_emails(work, None).held_back]


def sweep(world: World, stub: Stub, minutes: int = 0) -> None:
    world.clock.minutes(minutes)
    set_up = {"notify_api_key": KEY, "notify_url": stub.url, "notify_email_template": TEMPLATE}
    settings = world.settings.model_copy(update=set_up)
    hand = Sweep(settings, world.db, world.sealer, world.clock.now)
    job.send_letters(hand)
    job.ask_about_letters(hand)


def test_an_email_goes_once_to_whoever_said_yes_and_counts_when_it_was_delivered(
    world: World, stub: Stub, victim: str, letter: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    assert give(world) == []
    for _ in range(3):
        sweep(world, stub)
    (sent,) = stub.of(letter)
    assert (sent["to"], sent["template"]) == (a_victim().email, TEMPLATE)
    assert sent["said"] == {"subject": "A letter for you", "body": WORDS}
    assert (status(world), met_on(world)) == (NotifyStatus.ACCEPTED, None)
    told(world, letter, "delivered", world.today)
    told(world, letter, "sending")
    told(world, letter, "delivered", world.today)
    assert (status(world), met_on(world)) == (NotifyStatus.LEFT, world.today)
    assert tasks(world) == []


@pytest.mark.parametrize("how", ["hang", "409+"])
def test_an_email_that_it_took_without_saying_so_is_found_and_not_sent_again(
    world: World, stub: Stub, victim: str, letter: str, how: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    give(world)
    stub.plan = [how]
    sweep(world, stub)
    sweep(world, stub, 2)
    assert len(stub.of(letter)) == 1
    assert status(world) == NotifyStatus.ACCEPTED


@pytest.mark.parametrize("how", ["drop", "429", "500"])
def test_an_email_that_may_pass_later_is_tried_again_until_it_is_there_once(
    world: World, stub: Stub, victim: str, letter: str, how: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    give(world)
    stub.plan = [how]
    sweep(world, stub)
    assert status(world) == NotifyStatus.WAITING
    sweep(world, stub, 5)
    assert (len(stub.of(letter)), status(world)) == (1, NotifyStatus.ACCEPTED)


def test_an_address_that_does_not_exist_is_a_person_s_to_deal_with(
    world: World, stub: Stub, victim: str, letter: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    give(world)
    sweep(world, stub)
    told(world, letter, "permanent-failure")
    told(world, letter, "permanent-failure")
    assert (status(world), met_on(world), len(tasks(world))) == (NotifyStatus.FAILED, None, 1)


@pytest.mark.parametrize("rule", [None, Rule.NEVER])
def test_nobody_is_emailed_who_did_not_say_that_email_may_be_used(
    world: World, stub: Stub, victim: str, letter: str, rule: Rule | None
) -> None:
    if rule is not None:
        say(world, victim, Way.EMAIL, rule)
    assert give(world) == [NOT_BY_EMAIL]
    sweep(world, stub)
    assert (stub.letters, rows(world, NotifyLetter)) == ([], [])
    with world.db.reading() as session:
        assert [one.reference for one in unprinted(session, None, None)] == [letter]


def test_whoever_takes_the_yes_back_before_it_is_sent_is_sent_nothing(
    world: World, stub: Stub, victim: str, letter: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    give(world)
    say(world, victim, Way.EMAIL, Rule.NEVER)
    sweep(world, stub)
    assert (stub.letters, status(world)) == ([], NotifyStatus.STOPPED)


def test_what_the_gate_holds_is_not_emailed(
    world: World, stub: Stub, victim: str, letter: str
) -> None:
    say(world, victim, Way.EMAIL, Rule.ALLOWED)
    give(world)
    change(world, victim, salutation="Dr Canary-Name")
    sweep(world, stub)
    assert (stub.letters, status(world)) == ([], NotifyStatus.STOPPED)
