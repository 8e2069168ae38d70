"""An officer is away and another one covers: no referral is in nobody's hand on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.journeys.world import FRIDAY_20_MARCH, WALES, World, told
from vcs.access.account_changes import account_version
from vcs.access.accounts import AccountEntry, enable_account
from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.consequences.moves.handover import change_account, disable_account
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.ledger.worklists.in_hand import BesideMine, beside_mine
from vcs.ledger.worklists.worklist import worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.officers.leave import Away, change_cover, end_leave, record_leave
from vcs.referrals.officers.reads import leave_in, leave_rows, leave_version
from vcs.referrals.officers.records import Absence
from vcs.terms import Role

SUNDAY_22, MONDAY_23, TUESDAY_24 = date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 24)

WEDNESDAY_25, FRIDAY_27, SATURDAY_28 = date(2026, 3, 25), date(2026, 3, 27), date(2026, 3, 28)


@pytest.fixture
def anna(world: World) -> Actor:
    """Return an officer of Leeds who has the only referral."""
    anna = world.hire(Role.VLO, "Anna Away")
    world.court_tells(told())
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        assign_vlo(manager, world.only_referral(), anna.account_id)
    return anna


@pytest.fixture
def ben(world: World) -> Actor:
    return world.hire(Role.VLO, "Ben Beside")


def leave(
    world: World,
    who: Actor,
    cover: Actor | None,
    days: tuple[date, date] = (MONDAY_23, FRIDAY_27),
    by: Actor | None = None,
) -> int:
    away = Away(who.account_id, cover.account_id if cover else None, *days)
    with world.db.writing() as session:
        return record_leave(world.work(session, by or who), away).id


def refused(world: World, *asked: object, **by: Actor) -> dict[str, str]:
    with pytest.raises(NotValid) as refusal:
        leave(world, *asked, **by)  # type: ignore[arg-type]  # as leave() takes them
    return dict(refusal.value.fields)


def listed(world: World, who: Actor, show: str = "mine") -> list[str]:
    """Return who covers for each referral on somebody's list; "" where its officer is at work."""
    with world.db.reading() as session:
        asked = WorklistAsked(show)  # type: ignore[arg-type]  # a word of the filter
        rows = worklist(session, world.sealer, who, world.today, asked).rows
    return [(row.cover.by or "managers") if row.cover else "" for row in rows]


def version(session: Session, absence: int) -> str:
    """Return the version of a leave as its page shows it."""
    return leave_version(leave_in(session.get_one(Absence, absence)))


def cover_tasks(world: World) -> list[str]:
    return [row.question for row in world.tasks() if "no officer covers" in row.question]


def disabled(world: World, who: Actor) -> None:
    with world.db.writing() as session:
        disable_account(
            session, world.people[Role.ADMINISTRATOR], who.account_id, world.clock.now()
        )


@pytest.mark.parametrize(
    ("today", "covered"),
    [
        (SUNDAY_22, False),
        (MONDAY_23, True),
        (FRIDAY_27, True),
        (SATURDAY_28, False),
    ],
)
def test_the_cover_has_the_referral_from_the_first_day_to_the_last(
    world: World, anna: Actor, ben: Actor, today: date, covered: bool
) -> None:
    leave(world, anna, ben)
    world.clock.move_to(today)
    assert listed(world, ben) == (["Ben Beside"] if covered else [])
    assert listed(world, anna) == (["Ben Beside"] if covered else [""])
    with world.db.reading() as session:
        beside = beside_mine(session, ben, today)
    assert (beside.unassigned, beside.of_others) == (0, 0 if covered else 1)
    cover = world.view().cover
    assert (cover.by if cover else None) == ("Ben Beside" if covered else None)
    assert world.view().vlo_name == "Anna Away"


def test_a_circle_is_refused_with_the_reason_and_names_the_day(
    world: World, anna: Actor, ben: Actor
) -> None:
    leave(world, anna, ben)
    fields = refused(world, ben, anna, (WEDNESDAY_25, SATURDAY_28))
    assert list(fields) == ["cover"]
    assert "Anna Away is away" in fields["cover"] or "Anna Away cannot cover" in fields["cover"]
    assert "Wednesday 25 March 2026" in fields["cover"]
    cora = world.hire(Role.VLO, "Cora Circle")
    leave(world, ben, cora, (WEDNESDAY_25, SATURDAY_28))
    assert list(refused(world, cora, anna, (FRIDAY_27, FRIDAY_27))) == ["cover"]
    leave(world, cora, anna, (SATURDAY_28, SATURDAY_28))


def test_who_covers_the_cover_has_the_referral(world: World, anna: Actor, ben: Actor) -> None:
    cora = world.hire(Role.VLO, "Cora Circle")
    leave(world, anna, ben)
    leave(world, ben, cora, (WEDNESDAY_25, WEDNESDAY_25))
    world.clock.move_to(TUESDAY_24)
    assert (listed(world, ben), listed(world, cora)) == (["Ben Beside"], [])
    world.clock.move_to(WEDNESDAY_25)
    assert (listed(world, ben), listed(world, cora)) == ([], ["Cora Circle"])


def test_a_cover_who_leaves_puts_the_referral_with_the_managers_at_once(
    world: World, anna: Actor, ben: Actor
) -> None:
    leave(world, anna, ben)
    world.clock.move_to(WEDNESDAY_25)
    assert cover_tasks(world) == []
    disabled(world, ben)
    (question,) = cover_tasks(world)
    assert "Anna Away is away until Friday 27 March 2026" in question
    assert "Open referrals are with the managers" in question
    assert listed(world, world.people[Role.MANAGER], "unassigned") == ["managers"]
    disabled(world, ben)
    world.sweep()
    world.clock.move_to(FRIDAY_27)
    world.sweep()
    assert len(cover_tasks(world)) == 1
    world.clock.move_to(SATURDAY_28)
    world.sweep()
    assert cover_tasks(world) == []
    assert listed(world, anna) == [""]


def test_the_question_closes_when_somebody_else_covers(
    world: World, anna: Actor, ben: Actor
) -> None:
    absence = leave(world, anna, ben)
    disabled(world, ben)
    assert len(cover_tasks(world)) == 1
    cora = world.hire(Role.VLO, "Cora Circle")
    world.clock.move_to(TUESDAY_24)
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        change_cover(manager, absence, cora.account_id, version(session, absence))
    assert cover_tasks(world) == []
    assert listed(world, cora) == ["Cora Circle"]
    with world.db.writing() as session:
        enable_account(session, None, "ben.beside@example.org", world.clock.now())
    assert listed(world, ben) == []


def test_leave_with_no_cover_is_the_managers_from_its_first_day(world: World, anna: Actor) -> None:
    leave(world, anna, None)
    assert len(cover_tasks(world)) == 1
    assert listed(world, world.people[Role.MANAGER], "unassigned") == []
    world.clock.move_to(MONDAY_23)
    assert listed(world, world.people[Role.MANAGER], "unassigned") == ["managers"]
    with world.db.reading() as session:
        assert beside_mine(session, anna, MONDAY_23) == BesideMine(0, 0)
        assert beside_mine(session, world.people[Role.VLO], MONDAY_23) == BesideMine(1, 0)


def test_a_gap_that_begins_later_is_asked_about_beforehand(
    world: World, anna: Actor, ben: Actor
) -> None:
    leave(world, anna, ben)
    leave(world, ben, None, (WEDNESDAY_25, WEDNESDAY_25))
    (question,) = cover_tasks(world)
    assert "from Wednesday 25 March 2026 no officer covers" in question


def test_somebody_back_early_has_the_referral_again_on_that_day(
    world: World, anna: Actor, ben: Actor
) -> None:
    absence = leave(world, anna, ben)
    world.clock.move_to(TUESDAY_24)
    with world.db.writing() as session, pytest.raises(NotValid):
        end_leave(world.work(session, anna), absence, MONDAY_23, version(session, absence))
    with world.db.writing() as session:
        end_leave(world.work(session, anna), absence, WEDNESDAY_25, version(session, absence))
    assert listed(world, ben) == ["Ben Beside"]
    world.clock.move_to(WEDNESDAY_25)
    assert (listed(world, anna), listed(world, ben)) == ([""], [])
    leave(world, anna, ben, (WEDNESDAY_25, WEDNESDAY_25))
    assert listed(world, ben) == ["Ben Beside"]


def test_leave_that_meets_another_of_the_same_officer_is_refused(
    world: World, anna: Actor, ben: Actor
) -> None:
    leave(world, anna, ben)
    assert list(refused(world, anna, ben, (FRIDAY_27, SATURDAY_28))) == ["first_on"]
    leave(world, anna, ben, (SATURDAY_28, SATURDAY_28))


def test_who_may_cover_and_who_may_say_so(world: World, anna: Actor, ben: Actor) -> None:
    elsewhere = world.hire(Role.VLO, "Elis Elsewhere", region=WALES)
    assert list(refused(world, anna, elsewhere)) == ["cover"]
    assert list(refused(world, anna, anna)) == ["cover"]
    assert list(refused(world, anna, ben, (date(2026, 3, 19), FRIDAY_27))) == ["first_on"]
    assert list(refused(world, anna, ben, (FRIDAY_27, MONDAY_23))) == ["last_on"]
    assert list(refused(world, anna, ben, by=ben)) == ["officer"]
    manager = world.people[Role.MANAGER]
    assert list(refused(world, elsewhere, None, by=manager)) == ["officer"]
    absence = leave(world, anna, ben, by=manager)
    with world.db.writing() as session, pytest.raises(NotFound):
        end_leave(world.work(session, ben), absence, MONDAY_23, version(session, absence))
    with pytest.raises(NotAllowed):
        leave(world, anna, ben, (SATURDAY_28, SATURDAY_28), world.people[Role.WITNESS_CARE])
    disabled(world, ben)
    assert list(refused(world, anna, ben, (SATURDAY_28, SATURDAY_28))) == ["cover"]


def test_leave_names_from_when_nobody_covers(world: World, anna: Actor, ben: Actor) -> None:
    leave(world, anna, ben)
    leave(world, ben, None, (WEDNESDAY_25, FRIDAY_27))
    with world.db.reading() as session:
        rows = leave_rows(session, anna, FRIDAY_20_MARCH)
    assert [(row.officer, row.nobody_from) for row in rows] == [
        ("Anna Away", WEDNESDAY_25),
        ("Ben Beside", WEDNESDAY_25),
    ]
    assert world.problems() == []


def test_on_every_day_a_referral_is_in_exactly_one_hand(
    world: World, anna: Actor, ben: Actor
) -> None:
    """A is away and B covers; B is away too, A as their cover is refused, and B's account ends."""
    leave(world, anna, ben, (MONDAY_23, SATURDAY_28))
    refused(world, ben, anna, (WEDNESDAY_25, SATURDAY_28))
    leave(world, ben, None, (WEDNESDAY_25, SATURDAY_28))
    hands = []
    for day in range(20, 30):
        world.clock.move_to(date(2026, 3, day))
        world.sweep()
        if world.today == FRIDAY_27:
            disabled(world, ben)
        held = {"managers": listed(world, world.people[Role.MANAGER], "unassigned")}
        held |= {who.name: listed(world, who) for who in (anna, ben)}
        # Whoever is away sees their own still; it is in the hand of whoever answers.
        away = {"Anna Away"} if MONDAY_23 <= world.today <= SATURDAY_28 else set()
        hands.append([name for name, rows in held.items() if rows and name not in away])
    assert hands == (
        [["Anna Away"]] * 3 + [["Ben Beside"]] * 2 + [["managers"]] * 4 + [["Anna Away"]]
    )


def test_while_the_only_manager_is_away_alerts_go_to_the_head_who_covers(world: World) -> None:
    manager, head = world.people[Role.MANAGER], world.people[Role.HEAD]
    world.court_tells(told())
    days = (date(2026, 4, 7), date(2026, 4, 10))
    leave(world, manager, head, days)
    world.clock.move_to(date(2026, 4, 8))
    world.sweep()
    assert len(world.misses_told(Role.HEAD)) == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD])
def test_a_manager_or_head_is_covered_by_one_who_decides_and_not_in_a_circle(
    world: World, role: Role
) -> None:
    away, second = world.people[role], world.hire(Role.MANAGER, "Second Manager")
    for cover in (None, world.people[Role.VLO], away, world.hire(Role.HEAD, "Hal", region=WALES)):
        assert list(refused(world, away, cover, by=world.people[Role.MANAGER])) == ["cover"]
    assert list(refused(world, world.people[Role.VLO], second)) == ["cover"]
    leave(world, away, second, by=second)
    assert list(refused(world, second, away, (WEDNESDAY_25, WEDNESDAY_25))) == ["cover"]
    with world.db.reading() as session:
        (row,) = leave_rows(session, second, world.today)
    assert (row.officer, row.cover, row.nobody_from) == (away.name, "Second Manager", None)


def test_where_the_one_who_covers_for_a_manager_leaves_too_both_are_told(world: World) -> None:
    manager, head = world.people[Role.MANAGER], world.people[Role.HEAD]
    world.court_tells(told())
    leave(world, manager, head, (date(2026, 4, 7), date(2026, 4, 10)))
    disabled(world, head)
    world.clock.move_to(date(2026, 4, 8))
    world.sweep()
    readers = (Role.MANAGER, Role.ADMINISTRATOR)
    assert [len(world.misses_told(one)) for one in readers] == [1, 1]


@pytest.mark.parametrize("moved", [{"region_code": WALES}, {"role": Role.MANAGER}])
def test_who_works_elsewhere_or_otherwise_by_now_covers_for_nobody(
    world: World, anna: Actor, ben: Actor, moved: dict[str, Any]
) -> None:
    """Ben moves to Wales while he covers: he sees no referral of Leeds any more."""
    leave(world, anna, ben)
    world.clock.move_to(TUESDAY_24)
    assert (listed(world, ben), cover_tasks(world)) == (["Ben Beside"], [])
    change(world, ben, **moved)
    (question,) = cover_tasks(world)
    assert question.startswith("Anna Away is away")
    assert listed(world, world.people[Role.VLO], "unassigned") == ["managers"]
    with world.db.reading() as session:
        (row,) = leave_rows(session, anna, world.today)
    assert row.nobody_from == TUESDAY_24
    cover = world.hire(Role.VLO, "Cara Cover")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        change_cover(work, row.absence_id, cover.account_id, row.version)
    assert (listed(world, cover), cover_tasks(world)) == (["Cara Cover"], [])


def change(world: World, who: Actor, **moved: Any) -> None:
    with world.db.writing() as session:
        account = session.get_one(Account, who.account_id)
        entry = AccountEntry(
            account.email, account.name, "", Role(account.role), account.region_code, None, "1"
        )
        asked = (replace(entry, **moved), account_version(account))
        admin = world.people[Role.ADMINISTRATOR]
        change_account(session, admin, who.account_id, asked, world.clock.now())
