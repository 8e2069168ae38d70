"""A referral is offered to another region: nothing moves before it is accepted and introduced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.journeys.world import FRIDAY_20_MARCH, WALES, YORKSHIRE, World, told
from vcs.access.actors import Actor
from vcs.alerts.records import AlertRecord
from vcs.consequences.moves.handover import disable_account
from vcs.consequences.moves.transfer import (
    Introduction,
    TransferAnswer,
    answer_transfer,
    introduce_officer,
    offer_transfer,
    withdraw_transfer,
)
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.referrals.officers.assign import take_referral
from vcs.referrals.officers.transfer_reads import newest_transfer, offered_referral
from vcs.referrals.questions import task_reads
from vcs.referrals.questions.task_reads import TaskRow
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.terms import Role

WEDNESDAY_25, THURSDAY_26 = date(2026, 3, 25), date(2026, 3, 26)

TUESDAY_31, WEDNESDAY_1_APRIL = date(2026, 3, 31), date(2026, 4, 1)

NOTE = "Canary prefers calls after four. Ask for Canary."

KNOWN = Introduction(FRIDAY_20_MARCH, "We rang her together")


@pytest.fixture
def mair(world: World) -> Actor:
    """Return a manager of Wales."""
    return world.hire(Role.MANAGER, "Mair Manager", region=WALES)


@pytest.fixture
def owen(world: World) -> Actor:
    return world.hire(Role.VLO, "Owen Officer", region=WALES)


@pytest.fixture
def reference(world: World) -> str:
    """Return a referral of Leeds with an officer."""
    world.court_tells(told())
    with world.db.writing() as session:
        take_referral(world.work(session, world.people[Role.VLO]), world.only_referral())
    return world.only_referral()


def offered(world: World, reference: str, to: str = WALES, note: str = NOTE) -> None:
    with world.db.writing() as session:
        offer_transfer(world.work(session, world.people[Role.MANAGER]), reference, to, note)


def tasks(world: World, who: Actor, kind: str = "") -> list[TaskRow]:
    with world.db.reading() as session:
        rows = task_reads.tasks(session, who, world.today).rows
    return [row for row in rows if kind in ("", row.kind)]


def offer_task(world: World, mair: Actor) -> str:
    (row,) = tasks(world, mair, "transfer_offered")
    return row.reference


def answered(world: World, who: Actor, decision: str = "accepted", **more: Any) -> None:
    task = offer_task(world, who)
    with world.db.writing() as session:
        answer = TransferAnswer(decision, **more)
        answer_transfer(world.work(session, who), task, answer)


def held(world: World) -> tuple[str | None, int | None]:
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        return referral.region_code, referral.vlo_account_id


def due_days(world: World) -> list[tuple[str, date, date | None]]:
    with world.db.reading() as session:
        rows = session.exec(select(DeadlineRecord).order_by("id"))
        return [(row.duty, row.due_on, row.met_on) for row in rows]


def test_nothing_moves_until_the_other_region_accepts_and_the_victim_knows_the_officer(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    world.refer(reference)
    vera, before = world.people[Role.VLO], due_days(world)
    offered(world, reference)
    assert held(world) == (YORKSHIRE, vera.account_id)
    with world.db.reading() as session:
        shown = offered_referral(session, world.sealer, mair, offer_task(world, mair), world.today)
    assert (shown.transfer.note, shown.old_officer, shown.staff) == (
        NOTE,
        vera.name,
        {owen.account_id: "Owen Officer"},
    )
    answered(world, mair, vlo_account_id=owen.account_id)
    assert held(world) == (YORKSHIRE, vera.account_id)
    assert world.problems() == []
    (introduce,) = tasks(world, vera, "introduce_officer")
    assert "Owen Officer" in introduce.question
    with world.db.writing() as session, pytest.raises(NotValid):
        introduce_officer(world.work(session, vera), introduce.reference, Introduction())
    with world.db.writing() as session:
        introduce_officer(world.work(session, vera), introduce.reference, KNOWN)
    assert held(world) == (WALES, owen.account_id)
    assert due_days(world) == before
    assert tasks(world, vera) == []
    assert world.problems() == []


def test_who_knows_the_officer_already_or_is_not_there_yet_moves_at_once(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    offered(world, reference)
    answered(world, mair, vlo_account_id=owen.account_id)
    assert held(world) == (WALES, owen.account_id)
    world.refer(reference)
    with world.db.writing() as session:
        work = world.work(session, mair)
        offer_transfer(work, reference, YORKSHIRE, "She moved back")
    vera = world.people[Role.VLO]
    manager = world.people[Role.MANAGER]
    answered(world, manager, vlo_account_id=vera.account_id, introduced=KNOWN)
    assert held(world) == (YORKSHIRE, vera.account_id)
    assert world.problems() == []


def test_alerts_and_open_questions_go_with_the_referral(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    world.clock.move_to(date(2026, 4, 8))
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE deadline SET due_on = '2026-04-07'"))
    from vcs.alerts.causes.missed import mark_missed

    with world.db.writing() as session:
        (deadline,) = session.exec(select(DeadlineRecord)).all()
        assert mark_missed(session, deadline.id, world.today, world.clock.now())
    task = world.propose()
    offered(world, reference)
    answered(world, mair, vlo_account_id=owen.account_id)
    with world.db.reading() as session:
        assert session.exec(select(AlertRecord.region_code)).all() == [WALES]
    assert [row.reference for row in tasks(world, mair)] == [task]


def test_the_new_region_is_told_at_once_of_a_question_that_cannot_wait(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    """Her address may be his: the old unit was told, and cannot open the question any more."""
    with world.db.writing() as session:
        one = session.exec(select(Referral)).one()
        about = ("x", TaskKind.ADDRESS_TO_CHECK, "Is it his?", one.region_code, world.today)
        asked = Question(*about, one.sentence_id, one.id)
        open_tasks(session, [asked], world.today)
    world.sweep()
    assert {mail["To"] for mail in world.mail()} == {"manager@example.org", "vlo@example.org"}
    offered(world, reference)
    answered(world, mair, vlo_account_id=owen.account_id)
    world.sweep()
    told_now = [mail["To"] for mail in world.mail()]
    assert {"mair.manager@example.org", "owen.officer@example.org"} <= set(told_now)
    assert told_now.count("manager@example.org") == 1


def test_a_refusal_says_why_and_the_old_unit_hears_of_it(
    world: World, reference: str, mair: Actor
) -> None:
    offered(world, reference)
    with pytest.raises(NotValid) as refusal:
        answered(world, mair, "refused", why=" ")
    assert list(refusal.value.fields) == ["why"]
    answered(world, mair, "refused", why="Canary lives in Leeds")
    assert held(world)[0] == YORKSHIRE
    (row,) = [one for one in world.tasks() if "does not take" in one.question]
    assert "Canary" not in row.question
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        view = newest_transfer(session, world.sealer, referral.id)
    assert view is not None
    assert (view.decision, view.decided_words) == ("refused", "Canary lives in Leeds")
    offered(world, reference)
    with world.db.engine.connect() as connection:
        kept = repr(connection.execute(text("SELECT * FROM transfer")).all())
        kept += repr(connection.execute(text("SELECT * FROM audit_entry")).all())
    assert "Canary" not in kept


def test_an_offer_that_nobody_answers_is_asked_about_again_and_again(
    world: World, reference: str, mair: Actor
) -> None:
    offered(world, reference)

    def asked() -> int:
        world.sweep()
        return len([one for one in world.tasks() if "nobody there answered" in one.question])

    days = [date(2026, 3, 24), WEDNESDAY_25, THURSDAY_26, TUESDAY_31, WEDNESDAY_1_APRIL]
    counts = []
    for day in days:
        world.clock.move_to(day)
        counts.append(asked())
    assert counts == [0, 0, 1, 1, 2]
    answered(world, mair, "refused", why="No")
    assert asked() == 0


def test_an_offer_ends_when_it_is_withdrawn_or_the_referral_closes(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    offered(world, reference)
    with pytest.raises(Conflict):
        offered(world, reference)
    with world.db.writing() as session:
        withdraw_transfer(world.work(session, world.people[Role.MANAGER]), reference)
    assert tasks(world, mair) == []
    offered(world, reference)
    task = offer_task(world, mair)
    world.close_without_victim()
    assert tasks(world, mair) == []
    answer = TransferAnswer("accepted", owen.account_id)
    with world.db.writing() as session, pytest.raises(Conflict):
        answer_transfer(world.work(session, mair), task, answer)
    world.reopen()
    assert tasks(world, mair) == []
    assert world.problems() == []


def test_an_offer_that_no_task_asks_about_is_named_by_the_checks(
    world: World, reference: str
) -> None:
    offered(world, reference)
    assert world.problems() == []
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE task SET done_at = '2026-03-20 09:00:00+00:00'"))
    assert "no task asks about" in " ".join(world.problems())


def test_who_may_offer_and_who_may_accept(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    for to, note, field in (
        (YORKSHIRE, NOTE, "to_region"),
        ("X", NOTE, "to_region"),
        (WALES, " ", "note"),
    ):
        with pytest.raises(NotValid) as refusal:
            offered(world, reference, to, note)
        assert list(refusal.value.fields) == [field]
    with world.db.writing() as session, pytest.raises(NotFound):
        offer_transfer(world.work(session, mair), reference, WALES, NOTE)
    with world.db.writing() as session, pytest.raises(NotAllowed):
        offer_transfer(world.work(session, world.people[Role.VLO]), reference, WALES, NOTE)
    offered(world, reference)
    task = offer_task(world, mair)
    for who, refused in ((world.people[Role.MANAGER], NotFound), (owen, NotAllowed)):
        with world.db.writing() as session, pytest.raises(refused):
            answer_transfer(world.work(session, who), task, TransferAnswer("accepted", 1))
    vera = world.people[Role.VLO]
    with pytest.raises(NotValid) as wrong:
        answered(world, mair, vlo_account_id=vera.account_id)
    assert list(wrong.value.fields) == ["vlo_account_id"]
    late = Introduction(date(2026, 3, 21), "")
    with pytest.raises(NotValid) as wrong:
        answered(world, mair, vlo_account_id=owen.account_id, introduced=late)
    assert list(wrong.value.fields) == ["introduced_on", "how"]


def test_a_new_officer_who_left_before_the_introduction_is_asked_about(
    world: World, reference: str, mair: Actor, owen: Actor
) -> None:
    world.refer(reference)
    offered(world, reference)
    answered(world, mair, vlo_account_id=owen.account_id)
    vera, admin = world.people[Role.VLO], world.people[Role.ADMINISTRATOR]
    with world.db.writing() as session:
        disable_account(session, admin, owen.account_id, world.clock.now())
    (introduce,) = tasks(world, vera, "introduce_officer")
    with world.db.writing() as session:
        introduce_officer(world.work(session, vera), introduce.reference, KNOWN)
    assert held(world) == (WALES, None)
    assert ["needs" for row in tasks(world, mair) if "Assign another officer" in row.question]
