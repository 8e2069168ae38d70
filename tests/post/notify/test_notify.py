"""GOV.UK Notify over HTTP: never two letters, never none, whatever fails and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from api.print_batches import begin
from scheduler.jobs import Sweep
from scheduler.post import letters as job
from tests.journeys.test_victim_to_choice import open_letter
from tests.journeys.world import World
from tests.post.batches.a_batch import OPERATOR, a_pdf, approved, making, office
from tests.post.batches.test_batches import letter_id, victim_of
from tests.post.notify.notify_stub import KEY, Stub, notify_stub
from tests.victims.test_first_contact import met_on
from tests.victims.test_one_person import REFUGE, change, rows
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.notify import deliver, give
from vcs.post.notify.deliver import NOTIFY, Told
from vcs.post.notify.records import NotifyLetter, NotifyStatus
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.records import ReturnedLetter
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.records import PostedLetter


@pytest.fixture
def stub() -> Iterator[Stub]:
    with notify_stub() as found:
        yield found


@pytest.fixture
def given(world: World) -> str:
    """Return a letter that was approved and given to Notify."""
    office(world)
    letter = approved(world, "Ann Rees")
    hand_over(world)
    return letter


def hand_over(world: World) -> int:
    with world.db.writing() as session:
        work = Work(session, world.sealer, OPERATOR, world.clock.now())
        return give.give(work, None).taken


def sweep(world: World, stub: Stub, minutes: int = 0) -> None:
    """Let the scheduler's two jobs run, some minutes later."""
    world.clock.minutes(minutes)
    settings = world.settings.model_copy(update={"notify_api_key": KEY, "notify_url": stub.url})
    hand = Sweep(settings, world.db, world.sealer, world.clock.now)
    job.send_letters(hand)
    job.ask_about_letters(hand)


def status(world: World) -> str:
    (row,) = rows(world, NotifyLetter)
    return str(row.status)


def tasks(world: World) -> list[Task]:
    return [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]


def told(world: World, letter: str, what: str, left_on: date | None = None) -> None:
    with world.db.writing() as session:
        work = Work(session, world.sealer, NOTIFY, world.clock.now())
        deliver.tell(work, letter, Told("from-a-callback", what, left_on))


def test_a_letter_goes_once_and_meets_its_duty_only_when_it_was_posted(
    world: World, stub: Stub, given: str
) -> None:
    for _ in range(3):
        sweep(world, stub)
    (sent,) = stub.of(given)
    assert sent["pdf"] == a_pdf(given)
    assert (status(world), met_on(world)) == (NotifyStatus.ACCEPTED, None)
    sent["status"], sent["sent_at"] = "received", f"{world.today}T18:00:00.000000Z"
    sweep(world, stub, 61)
    assert (status(world), met_on(world)) == (NotifyStatus.LEFT, world.today)
    assert world.problems() == []


@pytest.mark.parametrize("how", ["hang", "409+"])
def test_what_it_took_without_saying_so_is_found_and_not_sent_again(
    world: World, stub: Stub, given: str, how: str
) -> None:
    stub.plan = [how]
    sweep(world, stub)
    sweep(world, stub, 2)
    assert len(stub.of(given)) == 1
    assert status(world) == NotifyStatus.ACCEPTED
    assert tasks(world) == []


@pytest.mark.parametrize("how", ["drop", "429", "500", "503", "403"])
def test_what_may_pass_is_tried_again_until_it_is_there_once(
    world: World, stub: Stub, given: str, how: str
) -> None:
    stub.plan = [how, how]
    sweep(world, stub)
    assert status(world) == NotifyStatus.WAITING
    tries = len(stub.asked)
    sweep(world, stub)
    assert len(stub.asked) == tries
    sweep(world, stub, 2)
    sweep(world, stub, 5)
    assert len(stub.of(given)) == 1
    assert status(world) == NotifyStatus.ACCEPTED


def test_while_nobody_can_look_whether_it_is_there_nothing_is_sent_again(
    world: World, stub: Stub, given: str
) -> None:
    stub.plan, stub.is_down = ["hang"], True
    for _ in range(4):
        sweep(world, stub, 40)
    assert len([one for one in stub.asked if one.startswith("POST")]) == 1
    assert len(stub.of(given)) == 1
    sweep(world, stub, 60 * 24 * 6)
    assert status(world) == NotifyStatus.UNKNOWN
    (task,) = tasks(world)
    assert "Look for this reference" in task.question
    assert hand_over(world) == 0


@pytest.mark.parametrize("how", ["400", "413"])
def test_a_refusal_for_good_is_a_task_and_the_letter_can_be_printed(
    world: World, stub: Stub, given: str, how: str
) -> None:
    stub.plan = [how]
    for _ in range(3):
        sweep(world, stub, 40)
    assert status(world) == NotifyStatus.FAILED
    (task,) = tasks(world)
    assert given in task.question
    assert stub.of(given) == []
    assert begin(making(world), None)


def test_callbacks_twice_and_out_of_order_record_one_posting(
    world: World, stub: Stub, given: str
) -> None:
    sweep(world, stub)
    for what in ("received", "sending", "received", "created"):
        told(world, given, what, world.today)
    assert status(world) == NotifyStatus.LEFT
    assert len(rows(world, PostedLetter)) == 1
    assert met_on(world) == world.today


def test_a_callback_that_comes_before_the_answer_is_kept(
    world: World, stub: Stub, given: str
) -> None:
    told(world, given, "sending")
    sweep(world, stub, 2)
    assert stub.of(given) == []
    assert status(world) == NotifyStatus.ACCEPTED


def test_it_left_whatever_was_said_of_it_before(world: World, stub: Stub, given: str) -> None:
    sweep(world, stub)
    told(world, given, "technical-failure")
    assert (status(world), met_on(world)) == (NotifyStatus.FAILED, None)
    told(world, given, "received", world.today)
    assert (status(world), met_on(world)) == (NotifyStatus.LEFT, world.today)
    assert len(tasks(world)) == 1


def test_what_became_unsafe_before_it_was_sent_is_stopped(
    world: World, stub: Stub, given: str
) -> None:
    change(world, victim_of(world, given), **REFUGE)
    sweep(world, stub)
    assert stub.letters == []
    assert status(world) == NotifyStatus.STOPPED


def test_what_notify_has_and_became_unsafe_is_asked_about_at_once(
    world: World, stub: Stub, given: str
) -> None:
    sweep(world, stub)
    change(world, victim_of(world, given), **REFUGE)
    sweep(world, stub, 61)
    (task,) = tasks(world)
    assert "Cancel it there" in task.question


def test_a_timed_out_letter_that_became_unsafe_is_looked_for_and_never_sent(
    world: World, stub: Stub, given: str
) -> None:
    stub.plan = ["drop"]
    sweep(world, stub)
    change(world, victim_of(world, given), **REFUGE)
    sweep(world, stub, 2)
    assert stub.letters == []
    assert status(world) == NotifyStatus.STOPPED


def test_a_kill_after_it_was_sent_sends_it_no_second_time(
    world: World, stub: Stub, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(deliver, "accepted", _killed)
        with pytest.raises(KeyboardInterrupt):
            sweep(world, stub)
    sweep(world, stub, 1)
    assert len(stub.asked) == 1
    sweep(world, stub, 5)
    assert len(stub.of(given)) == 1
    assert status(world) == NotifyStatus.ACCEPTED


def test_what_notify_has_is_not_printed_by_hand_as_well(
    world: World, stub: Stub, given: str
) -> None:
    sweep(world, stub)
    with pytest.raises(Conflict, match="Notify has this letter"):
        open_letter(world, given)


def test_what_came_back_to_notify_is_recorded_once(world: World, stub: Stub, given: str) -> None:
    sweep(world, stub)
    told(world, given, "received", world.today)
    for _ in range(2):
        with world.db.writing() as session:
            deliver.came_back(Work(session, world.sealer, NOTIFY, world.clock.now()), given)
    assert len(rows(world, ReturnedLetter)) == 1
    assert met_on(world) is None


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("by_callback", [True, False])
def test_one_that_was_withdrawn_and_left_all_the_same_is_recorded_and_asked_about(
    world: World, stub: Stub, given: str, by_callback: bool
) -> None:
    sweep(world, stub)
    (sent,) = stub.of(given)
    change(world, victim_of(world, given), **REFUGE)
    world.sweep()
    (letter, *_) = rows(world, LetterRecord)
    assert letter.status == LetterStatus.WITHDRAWN
    world.clock.move_to(world.today + timedelta(days=1))
    if by_callback:
        told(world, given, "received", world.today)
    else:
        sent["status"], sent["sent_at"] = "received", f"{world.today}T08:00:00.000000Z"
        sweep(world, stub, 61)
    assert status(world) == NotifyStatus.LEFT
    assert [one.posted_on for one in rows(world, PostedLetter)] == [world.today]
    assert [one.topic for one in tasks(world)] == [TaskTopic.MUST_STOP]


def test_one_letter_that_cannot_be_settled_keeps_no_other_from_being_asked_about(
    world: World, stub: Stub, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = approved(world, "Bea Pugh")
    hand_over(world)
    sweep(world, stub)
    for reference in (given, other):
        stub.of(reference)[0]["status"] = "received"
    tell = deliver.tell

    def fails(work: Work, reference: str, said: Told) -> None:
        if reference == given:
            raise Conflict("It cannot be settled.")
        tell(work, reference, said)

    monkeypatch.setattr(deliver, "tell", fails)
    sweep(world, stub, 61)
    found = {one.letter_id: one.status for one in rows(world, NotifyLetter)}
    assert found == {
        letter_id(world, given): NotifyStatus.ACCEPTED,
        letter_id(world, other): NotifyStatus.LEFT,
    }
