from __future__ import annotations

import pytest
from sqlmodel import select

from tests.journeys.world import WALES, World, told
from vcs.access.accounts import enable_account
from vcs.access.records import AuditEntry
from vcs.consequences.moves.handover import disable_account
from vcs.consequences.moves.transfer import (
    TransferAnswer,
    answer_transfer,
    offer_transfer,
    withdraw_transfer,
)
from vcs.errors import Conflict, NotValid
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.records import DeadlineRecord
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role


def disabled(world: World, account_id: int) -> int:
    admin = world.people[Role.ADMINISTRATOR]
    with world.db.writing() as session:
        return disable_account(session, admin, account_id, world.clock.now())


def assigned(world: World, reference: str, account_id: int) -> None:
    with world.db.writing() as session:
        assign_vlo(
            world.work(session, world.people[Role.MANAGER]),
            reference,
            account_id,
        )


def due_days(world: World) -> list[object]:
    with world.db.reading() as session:
        return [one.due_on for one in session.exec(select(DeadlineRecord).order_by("id"))]


def officer_needed(world: World) -> list[str]:
    return [row.question for row in world.tasks() if "needs an officer" in row.question]


def test_each_referral_of_a_disabled_officer_is_with_the_manager_at_once(world: World) -> None:
    world.court_tells(told(), told(urn="13EX0000226"), told(urn="13EX0000326"))
    mine, also_mine, other = world.referrals()
    vera = world.people[Role.VLO]
    for reference in (mine, also_mine):
        assigned(world, reference, vera.account_id)
    before = due_days(world)
    assert disabled(world, vera.account_id) == 2
    questions = officer_needed(world)
    assert len(questions) == 2
    assert mine in questions[0]
    assert "2 open referrals" in questions[0]
    assert not [text for text in questions if other in text]
    assert world.view(mine).vlo_name is None
    assert due_days(world) == before
    assert all(row.due_on == world.today for row in world.tasks() if "officer" in row.question)


def test_disabling_twice_asks_once_and_ends_nothing_twice(world: World) -> None:
    world.court_tells(told())
    vera = world.people[Role.VLO]
    assigned(world, world.only_referral(), vera.account_id)
    assert disabled(world, vera.account_id) == 1
    assert disabled(world, vera.account_id) == 0
    assert len(officer_needed(world)) == 1
    with world.db.reading() as session:
        events = list(session.exec(select(AuditEntry.event)))
    assert events.count("account.disabled") == 1
    assert events.count("vlo.left") == 1


def test_assigning_another_officer_closes_the_question(world: World) -> None:
    world.court_tells(told())
    reference, vera = world.only_referral(), world.people[Role.VLO]
    assigned(world, reference, vera.account_id)
    disabled(world, vera.account_id)
    with pytest.raises(NotValid):
        assigned(world, reference, vera.account_id)
    other = world.hire(Role.VLO, "Olga Other")
    assigned(world, reference, other.account_id)
    assert officer_needed(world) == []
    assert world.view(reference).vlo_name == "Olga Other"


def test_an_account_that_came_back_and_left_again_asks_again(world: World) -> None:
    world.court_tells(told())
    reference = world.only_referral()
    vera = world.hire(Role.VLO, "Vera Returns")
    assigned(world, reference, vera.account_id)
    disabled(world, vera.account_id)
    with world.db.writing() as session:
        enable_account(session, None, "vera.returns@example.org", world.clock.now())
    assigned(world, reference, vera.account_id)
    assert officer_needed(world) == []
    assert disabled(world, vera.account_id) == 1
    assert len(officer_needed(world)) == 1


def test_a_refusal_to_disable_moves_no_referral(world: World) -> None:
    with pytest.raises(Conflict):
        disabled(world, world.people[Role.ADMINISTRATOR].account_id)


def test_nobody_introduces_an_officer_who_was_named_and_left(world: World) -> None:
    """Her new officer is somebody she will never speak to, unless the old unit hears of it."""
    world.court_tells(told())
    (reference,) = world.referrals()
    assigned(world, reference, world.people[Role.VLO].account_id)
    world.refer(reference)
    mair = world.hire(Role.MANAGER, "Mair Manager", region=WALES)
    owen = world.hire(Role.VLO, "Owen Officer", region=WALES)
    with world.db.writing() as session:
        offer_transfer(
            world.work(session, world.people[Role.MANAGER]), reference, WALES, "She moved"
        )
    with world.db.writing() as session:
        asked = select(Task.reference).where(Task.kind == TaskKind.TRANSFER_OFFERED)
        answer = TransferAnswer("accepted", vlo_account_id=owen.account_id)
        answer_transfer(world.work(session, mair), session.exec(asked).one(), answer)
    disabled(world, owen.account_id)
    (question,) = introductions_to_stop(world)
    assert "Owen Officer" in question
    with world.db.writing() as session:
        withdraw_transfer(world.work(session, world.people[Role.MANAGER]), reference)
    assert introductions_to_stop(world) == []


def introductions_to_stop(world: World) -> list[str]:
    return [one.question for one in world.tasks() if "Introduce them to nobody" in one.question]


@pytest.mark.parametrize("note", ["She moved to 1 Canary Lane", "Ring 0113 496 0777 after four"])
def test_a_hand_over_note_does_not_say_where_she_is(world: World, note: str) -> None:
    """The other region reads it before the referral is theirs, and no look at it is recorded."""
    world.court_tells(told())
    (reference,) = world.referrals()
    world.refer(reference)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        with pytest.raises(NotValid) as refusal:
            offer_transfer(work, reference, WALES, note)
    assert list(refusal.value.fields) == ["note"]
