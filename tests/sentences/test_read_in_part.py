"""A message of which some was read and some was not: it counts, and a person looks at the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from scheduler import jobs
from scheduler.jobs import Sweep
from tests.journeys.world import ELIGIBLE, NOT_ELIGIBLE, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.sentences.test_set_aside import dismissed, listed, looks, tried_again
from vcs.consequences.answers import dealt_with
from vcs.consequences.past.replay import differences
from vcs.errors import Conflict
from vcs.intake import reading
from vcs.intake.records import CourtMessage
from vcs.ledger.health import health
from vcs.ledger.integrity.proof import prove
from vcs.sentences.set_aside.reads import set_aside_too_old
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Outcome, Role

KEPT_DAYS = 730

ONE, OTHER = ("One", *ELIGIBLE), ("Other", *ELIGIBLE)


def broken(body: bytes, change: Callable[[list[Any]], Any]) -> bytes:
    """Change the list of defendants of a message."""
    made = json.loads(body)
    change(made["hearing"]["prosecutionCases"][0]["defendants"])
    return json.dumps(made).encode()


def with_a_blank(body: bytes) -> bytes:
    return broken(body, lambda people: people.append(None))


def in_part(world: World, body: bytes | None = None) -> str:
    (receipt,) = world.court_tells(with_a_blank(told()) if body is None else body)
    assert (receipt["status"], bool(receipt["problem"])) == ("read", True)
    return str(receipt["receipt"])


def proved(world: World) -> tuple[str, ...]:
    with world.db.reading() as session:
        return prove(session, world.sealer, world.clock.now()).problems


def asked(world: World) -> list[Task]:
    with world.db.reading() as session:
        query = select(Task).where(col(Task.kind) == TaskKind.SET_ASIDE).order_by(col(Task.id))
        return list(session.exec(query))


def test_what_was_read_counts_and_a_person_is_asked_once_about_the_rest(world: World) -> None:
    receipt = in_part(world)

    assert len(world.referrals()) == 1
    (task,) = world.tasks(Role.ADMINISTRATOR)
    assert "only in part" in task.question
    assert "defendants[2]" in task.question
    assert "Madeup" not in task.question
    assert listed(world) == [receipt]
    assert (world.problems(), proved(world)) == ([], ())


def test_the_same_content_again_asks_nothing_more(world: World) -> None:
    in_part(world)
    (again,) = world.keep(with_a_blank(told()))
    assert again.already_held
    assert world.read() == 0
    assert list(differences(world.db, world.sealer)) == []
    assert len(asked(world)) == 1


def test_it_counts_among_what_is_set_aside_too_long(world: World) -> None:
    receipt = in_part(world)
    world.clock.days(7)
    with world.db.reading() as session:
        (row,) = set_aside_too_old(session, world.today)
        assert health(session, world.clock.now()).set_aside == 1
    assert (row.receipt, row.in_part) == (receipt, True)


def test_dismissed_with_a_reason_it_stays_read_and_is_listed_as_looked_at(world: World) -> None:
    receipt = in_part(world)
    dismissed(world, receipt)

    assert world.receipt(receipt)["status"] == "read"
    assert (listed(world), listed(world, dismissed=True)) == ([], [receipt])
    assert world.tasks(Role.ADMINISTRATOR) == ()
    assert len(world.referrals()) == 1
    with pytest.raises(Conflict):
        dismissed(world, receipt)
    assert (world.problems(), proved(world)) == ([], ())


def test_a_task_that_was_dealt_with_settles_it_as_well(world: World) -> None:
    receipt, admin = in_part(world), world.people[Role.ADMINISTRATOR]
    (task,) = world.tasks(Role.ADMINISTRATOR)
    with world.db.writing() as session:
        dealt_with(world.work(session, admin), task.reference, "Read by hand.")

    assert world.receipt(receipt)["status"] == "read"
    assert listed(world, dismissed=True) == [receipt]
    assert world.problems() == []


def test_tried_again_before_a_mend_it_is_asked_about_anew_and_nothing_is_lost(
    world: World,
) -> None:
    receipt = in_part(world)
    tried_again(world, receipt)
    assert world.receipt(receipt)["status"] == "waiting"
    assert world.read() == 1

    assert looks(world, receipt) == ["tried again", None]
    assert len(world.referrals()) == 1
    assert (world.problems(), proved(world)) == ([], ())


def test_tried_again_after_a_mend_the_rest_is_read_and_its_victim_is_owed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(FRIDAY, ONE, OTHER)
    receipt = in_part(world, broken(whole, lambda people: people.__setitem__(1, None)))
    assert len(world.referrals()) == 1
    real = reading.parse
    monkeypatch.setattr(reading, "parse", lambda _: real(whole))
    tried_again(world, receipt)
    world.read()

    assert world.receipt(receipt)["problem"] is None
    assert len(world.referrals()) == 2
    assert listed(world) == listed(world, dismissed=True) == []
    assert (world.problems(), proved(world)) == ([], ())


def test_its_body_is_kept_until_somebody_looked_and_its_time_counts_from_then(
    world: World,
) -> None:
    receipt = in_part(world)

    def kept() -> bool:
        jobs.remove_bodies(Sweep(world.settings, world.db, world.sealer, world.clock.now))
        with world.db.reading() as session:
            query = select(CourtMessage).where(CourtMessage.receipt == receipt)
            return session.exec(query).one().body is not None

    world.clock.days(2 * KEPT_DAYS)
    assert kept()
    dismissed(world, receipt)
    world.clock.days(KEPT_DAYS)
    assert kept()
    world.clock.days(1)
    assert not kept()


def test_whom_it_leaves_out_is_not_gone(world: World) -> None:
    whole = told(FRIDAY, ONE, OTHER)
    later = told(FRIDAY, ONE, OTHER, shared_at="17:30:00")
    world.court_tells(whole)
    in_part(world, broken(later, lambda people: people.__setitem__(1, None)))

    assert [one.gone for one in world.sentences()] == [False, False]
    assert len(world.referrals()) == 2
    assert world.tasks() == ()
    world.court_tells(told(FRIDAY, ONE, shared_at="18:30:00"))
    assert sorted(one.gone for one in world.sentences()) == [False, True]


def test_in_either_order_the_same_stands(world: World) -> None:
    later = told(FRIDAY, ONE, OTHER, shared_at="17:30:00")
    in_part(world, broken(later, lambda people: people.__setitem__(1, None)))
    world.court_tells(told(FRIDAY, ONE, OTHER))

    assert [one.gone for one in world.sentences()] == [False, False]
    assert len(world.referrals()) == 2
    assert world.problems() == []


def test_a_person_of_whom_a_part_was_lost_is_never_a_no(world: World) -> None:
    def lose(people: list[Any]) -> None:
        people[0]["offences"].append("an offence")

    in_part(world, broken(told(FRIDAY, ("One", *NOT_ELIGIBLE)), lose))
    (sentence,) = world.sentences()
    assert sentence.outcome == Outcome.CANNOT_TELL
    assert [task.kind for task in world.tasks()] == ["decide"]


def test_a_newer_message_that_lost_a_part_withdraws_nothing(world: World) -> None:
    def lose(people: list[Any]) -> None:
        people[0]["offences"][0]["judicialResults"] = {"item": "x"}

    world.court_tells(told())
    later = told(FRIDAY, ("Madeup", *ELIGIBLE), ("Other", *NOT_ELIGIBLE), shared_at="17:30:00")
    in_part(world, broken(later, lose))

    assert world.view().decision.outcome == Outcome.STATUTORY
    assert not world.view().sentence.gone
    assert world.problems() == []


def test_an_open_task_that_was_lost_is_found(world: World) -> None:
    in_part(world)
    with world.db.writing() as session:
        for task in session.exec(select(Task).where(col(Task.kind) == TaskKind.SET_ASIDE)):
            session.delete(task)
    assert any("read in part without a task" in one for one in world.problems())
