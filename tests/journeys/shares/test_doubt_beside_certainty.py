"""A doubtful offence beside a certain one may have another victim: a person is asked about it."""

from __future__ import annotations

from datetime import date

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.journeys.world import FRIDAY_20_MARCH, LEEDS, World
from vcs.consequences.answers import dealt_with
from vcs.terms import Outcome, Role


def wounding_and_burglary(shared_at: str = "16:30:00", length: str = "3 Years") -> bytes:
    """Return a message: wounding is certain, burglary depends on the intent."""
    counts = [
        offence(code, title, [result("IMP", FRIDAY_20_MARCH, length)], date(2025, 9, 1))
        for code, title in (("OF61131", "Wounding"), ("TH68034", "Burglary"))
    ]
    offender = person("Colin", "Madeup", date(1990, 2, 14), counts)
    return as_bytes(hearing("13EX0000226", LEEDS, FRIDAY_20_MARCH, [offender], shared_at))


def test_the_referral_opens_and_the_doubt_is_a_task_of_its_own(world: World) -> None:
    world.court_tells(wounding_and_burglary())

    (task,) = world.tasks()
    assert world.view().decision.outcome == Outcome.STATUTORY
    assert task.kind == "question"
    assert "Was the burglary charged with intent" in task.question
    assert task.due_on == date(2026, 4, 7)  # Tuesday, when the referral is due


def test_answering_the_doubt_leaves_the_referral_as_it_is(world: World) -> None:
    world.court_tells(wounding_and_burglary())
    (task,) = world.tasks()
    with world.db.writing() as session:
        dealt_with(
            world.work(session, world.people[Role.MANAGER]),
            task.reference,
            "The indictment says theft only.",
        )

    assert world.tasks() == ()
    assert world.view().status == "awaiting"
    assert world.problems() == []


def test_a_newer_message_asks_anew_and_overtakes_the_older_question(world: World) -> None:
    world.court_tells(wounding_and_burglary("12:00:00"))
    world.court_tells(wounding_and_burglary("13:00:00", "4 Years"))

    (task,) = world.tasks()
    assert task.kind == "question"
