from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from tests.journeys.world import World, told
from vcs.access.records import AuditEntry
from vcs.access.work import Work
from vcs.consequences.answers import dealt_with
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.intake import reading
from vcs.intake.records import MessageStatus
from vcs.intake.values.shapes import Json
from vcs.ledger.health import health
from vcs.sentences.set_aside import act as set_aside
from vcs.sentences.set_aside import reads as messages
from vcs.sentences.set_aside.reads import (
    message_text,
    set_aside_kinds,
    set_aside_message,
    set_aside_older_than,
)
from vcs.tasks.records import Task
from vcs.terms import Role

NO_HEARING, ALSO_NONE, A_LIST = b'{"hello": "court"}', b'{"hello": "again"}', b"[1]"

FRIDAY_20, MONDAY_23, TUESDAY_24 = date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)


def aside(world: World, body: bytes = NO_HEARING) -> str:
    (receipt,) = world.court_tells(body)
    assert receipt["status"] == "set_aside"
    return str(receipt["receipt"])


def tried_again(world: World, receipt: str) -> None:
    with world.db.writing() as session:
        set_aside.try_again(
            world.work(session, world.people[Role.ADMINISTRATOR]),
            receipt,
        )


def dismissed(world: World, receipt: str, note: str = "It was a test.") -> None:
    with world.db.writing() as session:
        set_aside.dismiss(
            world.work(session, world.people[Role.ADMINISTRATOR]),
            receipt,
            set_aside.HOLDS_NOTHING,
            note,
        )


def listed(world: World, **more: bool | str) -> list[str]:
    admin = world.people[Role.ADMINISTRATOR]
    with world.db.reading() as session:
        asked = messages.SetAsideAsked(**more)  # type: ignore[arg-type]
        found = messages.set_aside(session, admin, world.today, asked)
    return [row.receipt for row in found.rows]


def looks(world: World, receipt: str) -> list[str | None]:
    admin = world.people[Role.ADMINISTRATOR]
    with world.db.reading() as session:
        view = set_aside_message(session, world.sealer, admin, receipt, world.today)
    return [look.answer for look in view.looks]


def trail(world: World) -> list[tuple[str, str, str]]:
    with world.db.reading() as session:
        query = select(AuditEntry).order_by(col(AuditEntry.seq))
        return [(one.event, one.subject, one.detail) for one in session.exec(query)]


def mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mend the reader: what it could not read is read as a sentencing."""
    real = reading.parse
    body = told()

    def parse(found: bytes) -> Json:
        return real(body if found == NO_HEARING else found)

    monkeypatch.setattr(reading, "parse", parse)


def test_a_message_tried_again_before_a_mend_is_set_aside_again_with_a_fresh_task(
    world: World,
) -> None:
    receipt = aside(world)
    (first,) = world.tasks(Role.ADMINISTRATOR)
    tried_again(world, receipt)
    assert world.receipt(receipt)["status"] == "waiting"
    assert world.receipt(receipt)["problem"] is None
    assert world.tasks(Role.ADMINISTRATOR) == ()
    assert world.read() == 1
    (second,) = world.tasks(Role.ADMINISTRATOR)
    assert second.reference != first.reference
    assert looks(world, receipt) == ["tried again", None]
    assert world.problems() == []


def test_a_message_tried_again_after_a_mend_is_read_and_its_victim_is_owed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = aside(world)
    mended(monkeypatch)
    tried_again(world, receipt)
    assert world.read() == 1
    assert world.receipt(receipt)["status"] == "read"
    assert world.receipt(receipt)["problem"] is None
    assert len(world.referrals()) == 1
    assert world.tasks(Role.ADMINISTRATOR) == ()
    assert listed(world) == []
    assert world.problems() == []


def test_all_of_a_kind_are_tried_again_and_no_other(world: World) -> None:
    first, other, second = aside(world), aside(world, A_LIST), aside(world, ALSO_NONE)
    with world.db.writing() as session:
        count = set_aside.try_all_alike(
            world.work(session, world.people[Role.ADMINISTRATOR]), second
        )
    assert count == 2
    assert {world.receipt(one)["status"] for one in (first, second)} == {"waiting"}
    assert world.receipt(other)["status"] == "set_aside"
    assert [one for one in trail(world) if one[0] == "message.tried_again"] == [
        ("message.tried_again", first, ""),
        ("message.tried_again", second, ""),
    ]
    assert world.problems() == []


def test_a_message_is_dismissed_with_a_reason_and_counted_apart(world: World) -> None:
    receipt = aside(world)
    with pytest.raises(NotValid):
        dismissed(world, receipt, " ")
    dismissed(world, receipt)
    assert world.receipt(receipt)["status"] == MessageStatus.DISMISSED
    assert (listed(world), listed(world, dismissed=True)) == ([], [receipt])
    assert world.tasks(Role.ADMINISTRATOR) == ()
    with world.db.reading() as session:
        assert health(session, world.clock.now()).set_aside == 0
        task = session.exec(select(Task)).one()
    assert (task.answer, task.note) == (set_aside.HOLDS_NOTHING, "It was a test.")
    assert ("message.dismissed", receipt, set_aside.HOLDS_NOTHING) in trail(world)
    with pytest.raises(Conflict):
        dismissed(world, receipt)
    assert world.problems() == []


def test_a_reason_must_be_one_that_is_offered(world: World) -> None:
    receipt, admin = aside(world), world.people[Role.ADMINISTRATOR]
    with world.db.writing() as session, pytest.raises(NotValid):
        set_aside.dismiss(world.work(session, admin), receipt, "no reason", "x")


def test_a_message_dismissed_in_error_can_still_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = aside(world)
    dismissed(world, receipt)
    mended(monkeypatch)
    tried_again(world, receipt)
    world.read()
    assert len(world.referrals()) == 1
    assert world.problems() == []


def test_a_task_that_was_dealt_with_leaves_its_message_dismissed(world: World) -> None:
    receipt, admin = aside(world), world.people[Role.ADMINISTRATOR]
    (task,) = world.tasks(Role.ADMINISTRATOR)
    with world.db.writing() as session:
        dealt_with(world.work(session, admin), task.reference, "Read by hand.")
    assert listed(world, dismissed=True) == [receipt]
    tried_again(world, receipt)
    world.read()
    assert len(world.tasks(Role.ADMINISTRATOR)) == 1
    assert world.problems() == []


def test_what_was_read_is_no_message_set_aside(world: World) -> None:
    (read,) = world.court_tells(told())
    with pytest.raises(NotFound):
        tried_again(world, read["receipt"])
    with pytest.raises(NotFound):
        dismissed(world, read["receipt"])
    with pytest.raises(NotFound):
        looks(world, read["receipt"])


@pytest.mark.parametrize("role", [Role.WITNESS_CARE, Role.VLO, Role.MANAGER])
def test_nobody_but_an_administrator_has_to_do_with_them(world: World, role: Role) -> None:
    receipt, who, now = aside(world), world.people[role], world.clock.now()
    with world.db.writing() as session:
        for refused in (
            lambda: set_aside.try_again(Work(session, world.sealer, who, now), receipt),
            lambda: set_aside.try_all_alike(Work(session, world.sealer, who, now), receipt),
            lambda: set_aside.dismiss(
                Work(session, world.sealer, who, now), receipt, set_aside.READ_BY_HAND, "x"
            ),
            lambda: set_aside.note_look(Work(session, world.sealer, who, now), receipt, "to look"),
            lambda: messages.set_aside(session, who, world.today),
            lambda: set_aside_kinds(session, who),
            lambda: set_aside_message(session, world.sealer, who, receipt, world.today),
            lambda: message_text(session, world.sealer, who, receipt),
        ):
            with pytest.raises(NotAllowed):
                refused()


def test_the_list_tells_the_kinds_how_often_they_came_and_how_old_each_message_is(
    world: World,
) -> None:
    first, other, second = aside(world), aside(world, A_LIST), aside(world, ALSO_NONE)
    tried_again(world, first)
    world.read()
    world.clock.move_to(TUESDAY_24)
    admin = world.people[Role.ADMINISTRATOR]
    with world.db.reading() as session:
        often, seldom = set_aside_kinds(session, admin)
        rows = messages.set_aside(session, admin, world.today).rows
    assert (often.count, seldom.count) == (2, 1)
    assert "no hearing" in often.problem
    assert [row.receipt for row in rows] == [first, other, second]
    assert [row.times for row in rows] == [2, 1, 1]
    assert {row.working_days for row in rows} == {2}
    assert listed(world, like=second) == [first, second]


def test_old_messages_are_those_that_came_before_the_day(world: World) -> None:
    receipt = aside(world)
    read, _ = world.court_tells(told(), NO_HEARING)
    assert read["status"] == "read"
    with world.db.reading() as session:
        assert set_aside_older_than(session, FRIDAY_20) == ()
        (row,) = set_aside_older_than(session, MONDAY_23)
    assert row.receipt == receipt
    dismissed(world, receipt)
    with world.db.reading() as session:
        assert set_aside_older_than(session, MONDAY_23) == ()


def test_a_look_is_in_the_trail_with_its_reason_and_needs_one(world: World) -> None:
    receipt, admin, now = aside(world), world.people[Role.ADMINISTRATOR], world.clock.now()
    with world.db.writing() as session, pytest.raises(NotValid):
        set_aside.note_look(Work(session, world.sealer, admin, now), receipt, "")
    with world.db.writing() as session:
        set_aside.note_look(Work(session, world.sealer, admin, now), receipt, "to read it by hand")
    assert trail(world)[-1] == ("message.shown", receipt, "to read it by hand")
    with world.db.reading() as session:
        text, whole = message_text(session, world.sealer, admin, receipt)
    assert (text, whole) == (NO_HEARING.decode(), True)
