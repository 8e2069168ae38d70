"""Somebody is excluded from a case: at once, whole, and by the one rule of who may see what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.journeys.world import (
    CARDIFF,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    YORKSHIRE,
    World,
    a_victim,
    told,
)
from vcs.access.actors import NOTHING_HIDDEN, Actor
from vcs.access.exclusions.hidden import hidden_from
from vcs.access.exclusions.records import Exclusion
from vcs.access.exclusions.staff import staff_to_exclude
from vcs.access.rules import may_see, seen_by
from vcs.consequences.hidden.excluding import declare_conflict, exclude, lift_exclusion
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.ledger.figures.headline import headline
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.officers.of_region import vlos_of_region
from vcs.referrals.officers.workload_reads import workloads
from vcs.referrals.questions.task_reads import tasks
from vcs.referrals.records import Referral
from vcs.terms import Role
from vcs.victims.details.add import add_known_victim

WHY = "They are cousins"


def seen_as(world: World, actor: Actor) -> Actor:
    """Return somebody as their next request finds them."""
    with world.db.reading() as session:
        return replace(actor, hidden=hidden_from(session, actor.account_id, world.today))


def sees(world: World, actor: Actor) -> list[str]:
    """Return the referrals that somebody sees, by the rule in SQL and in Python alike."""
    who = seen_as(world, actor)
    with world.db.reading() as session:
        every = session.exec(select(Referral).order_by("id")).all()
        by_query = session.exec(select(Referral).where(seen_by(who, Referral)).order_by("id")).all()
    assert [one.id for one in by_query] == [one.id for one in every if may_see(who, one)]
    return [one.reference for one in by_query]


def excluded(world: World, role: Role, reference: str = "", by: Actor | None = None) -> int:
    """Have a manager exclude somebody; return the exclusion."""
    reference = reference or world.referrals()[0]
    with world.db.writing() as session:
        work = world.work(session, by or world.people[Role.MANAGER])
        return exclude(work, reference, world.people[role].account_id, WHY).id


def lift(world: World, number: int, by: Actor, why: str = "It was somebody else") -> None:
    with world.db.writing() as session:
        lift_exclusion(world.work(session, by), world.referrals()[0], number, why)


def give(world: World, reference: str, officer: Actor) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        assign_vlo(work, reference, officer.account_id)


def officer_of(world: World, reference: str) -> int | None:
    with world.db.reading() as session:
        query = select(Referral.vlo_account_id).where(Referral.reference == reference)
        return session.exec(query).one()


def test_it_hides_the_whole_case_and_nothing_else(world: World) -> None:
    eligible = ("IMP", "3 Years")
    world.court_tells(
        told(world.today, ("One", *eligible), ("Two", *eligible)),
        told(urn="13EX0000999"),
    )
    first, second, other = world.referrals()
    assert sees(world, world.people[Role.VLO]) == [first, second, other]
    excluded(world, Role.VLO)
    assert sees(world, world.people[Role.VLO]) == [other]
    assert sees(world, world.people[Role.MANAGER]) == [first, second, other]


def test_it_follows_the_offender_into_cases_that_are_known_and_that_come(world: World) -> None:
    """He is her officer's brother in every case, and not in that of a namesake's."""
    stranger = told(world.today, ("Other", "IMP", "3 Years"), urn="13EX0000777")
    world.court_tells(told(), told(urn="13EX0000999"), stranger)
    number = excluded(world, Role.VLO)
    other = world.referrals()[2]
    assert sees(world, world.people[Role.VLO]) == [other]
    world.court_tells(told(urn="13EX0000888"), told(urn="13EX0000888", shared_at="17:30:00"))
    assert sees(world, world.people[Role.VLO]) == [other]
    with world.db.reading() as session:
        assert len(session.exec(select(Exclusion)).all()) == 3
    lift(world, number, world.second_manager)
    assert len(sees(world, world.people[Role.VLO])) == 4
    assert world.problems() == []


ANOTHERS = told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE), urn="13EX0000999")
"""A case of another offender."""


def test_it_hides_the_people_of_the_case_wherever_they_are(world: World) -> None:
    world.court_tells(told(), ANOTHERS)
    first, second = world.referrals()
    victim = world.refer(first)
    excluded(world, Role.VLO, first)
    assert sees(world, world.people[Role.VLO]) == [second]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        add_known_victim(work, second, victim, a_victim())
    assert sees(world, world.people[Role.VLO]) == []


def test_the_referral_of_an_excluded_officer_is_handed_to_the_managers_at_once(
    world: World,
) -> None:
    world.court_tells(told())
    give(world, world.only_referral(), world.people[Role.VLO])
    excluded(world, Role.VLO)
    assert officer_of(world, world.only_referral()) is None
    assert [one.question for one in world.tasks() if "needs an officer" in one.question]
    assert world.problems() == []


def test_a_referral_that_comes_to_be_hidden_later_is_handed_over_by_the_next_sweep(
    world: World,
) -> None:
    world.court_tells(told(), ANOTHERS)
    first, second = world.referrals()
    victim = world.refer(first)
    excluded(world, Role.VLO, first)
    give(world, second, world.people[Role.VLO])
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        add_known_victim(work, second, victim, a_victim())
    world.sweep()
    assert officer_of(world, second) is None
    assert any(second in one.question for one in world.tasks())


def test_an_excluded_officer_is_not_offered_and_cannot_be_assigned(world: World) -> None:
    world.court_tells(told())
    reference, officer = world.only_referral(), world.people[Role.VLO]
    excluded(world, Role.VLO)
    with world.db.reading() as session:
        assert vlos_of_region(session, world.people[Role.MANAGER], reference, world.today) == ()
    with pytest.raises(NotValid):
        give(world, reference, officer)


def test_staff_declare_that_they_know_somebody_and_it_counts_at_once(world: World) -> None:
    world.court_tells(told())
    reference = world.only_referral()
    for role in (Role.WITNESS_CARE, Role.VLO, Role.MANAGER):
        who = world.people[role]
        with world.db.writing() as session, pytest.raises(NotValid):
            declare_conflict(world.work(session, who), reference, "")
        with world.db.writing() as session:
            assert declare_conflict(world.work(session, who), reference, WHY).declared
        assert sees(world, who) == []
    with world.db.reading() as session:
        reasons = [one.sealed for one in session.exec(select(Exclusion))]
    assert not any(WHY.encode() in one for one in reasons)


def test_excluding_somebody_twice_changes_nothing(world: World) -> None:
    world.court_tells(told())
    assert excluded(world, Role.VLO) == excluded(world, Role.VLO)


def test_nobody_lets_themselves_in_again_and_another_manager_can(world: World) -> None:
    world.court_tells(told())
    manager = world.people[Role.MANAGER]
    other = world.hire(Role.MANAGER, "Other Manager")
    number = excluded(world, Role.MANAGER, by=other)
    with pytest.raises(NotFound):
        lift(world, number, seen_as(world, manager))
    with pytest.raises(NotAllowed):
        # As if the page had been open since before.
        lift(world, number, manager)
    with pytest.raises(NotValid):
        lift(world, number, other, " ")
    lift(world, number, other)
    with pytest.raises(Conflict):
        lift(world, number, other)
    assert sees(world, manager) == world.referrals()


def test_officers_exclude_nobody_and_nobody_from_elsewhere_is_excluded(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(NotAllowed):
        excluded(world, Role.MANAGER, by=world.people[Role.VLO])
    stranger = world.hire(Role.VLO, "Welsh Officer", region="N03")
    world.people[Role.WITNESS_CARE] = stranger
    with pytest.raises(NotValid):
        excluded(world, Role.WITNESS_CARE)
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        offered = staff_to_exclude(session, world.people[Role.MANAGER], referral, world.today)
    assert set(offered.values()) == {
        *("Witness Care", "Vlo", "Manager", "Head Of Public Protection", "Unit Administrator")
    }


def test_no_email_about_the_case_goes_to_an_excluded_manager(world: World) -> None:
    other = world.hire(Role.MANAGER, "Other Manager")
    world.court_tells(told(), ANOTHERS)
    excluded(world, Role.MANAGER, by=other)
    world.clock.move_to(world.today + timedelta(days=31))
    world.sweep()
    first, second = world.referrals()
    assert set(world.misses_told("manager@example.org")) == {second}
    assert set(world.misses_told("other.manager@example.org")) == {first, second}
    assert first not in str(world.digests("manager@example.org"))


def test_a_head_gets_the_alerts_where_every_manager_is_excluded(world: World) -> None:
    world.court_tells(told())
    excluded(world, Role.MANAGER)
    assert world.tasks(Role.ADMINISTRATOR) == ()
    world.clock.move_to(world.today + timedelta(days=31))
    world.sweep()
    assert world.misses_told(Role.MANAGER) == []
    assert world.misses_told(Role.HEAD) == [world.only_referral()]
    (told_of,) = world.digests(Role.HEAD)
    assert "1 passed up to you" in told_of["Subject"]


def test_when_all_who_decide_are_excluded_administrators_are_asked_and_get_the_alerts(
    world: World,
) -> None:
    world.court_tells(told())
    excluded(world, Role.HEAD)
    excluded(world, Role.MANAGER)
    (asked,) = world.tasks(Role.ADMINISTRATOR)
    assert "Add another manager" in asked.question
    assert world.only_referral() not in asked.question
    world.clock.move_to(world.today + timedelta(days=31))
    world.sweep()
    assert world.misses_told(Role.MANAGER) == world.misses_told(Role.HEAD) == []
    assert world.misses_told(Role.ADMINISTRATOR) == [world.only_referral()]


def test_an_excluded_manager_counts_and_is_asked_as_if_there_were_no_case(world: World) -> None:
    world.court_tells(told(), told(court=CARDIFF, urn="62EX0000126"))
    world.propose(reference=world.referrals()[0])
    manager = world.people[Role.MANAGER]
    assert world.headline().unaccounted == 1
    excluded(world, Role.MANAGER, by=world.hire(Role.MANAGER, "Other Manager", YORKSHIRE))
    who = seen_as(world, manager)
    with world.db.reading() as session:
        assert headline(session, who, world.today).unaccounted == 0
        assert tasks(session, who, world.today).rows == ()
        administrator = seen_as(world, world.people[Role.ADMINISTRATOR])
        assert headline(session, administrator, world.today).unaccounted == 2
    assert seen_as(world, world.people[Role.VLO]).hidden == NOTHING_HIDDEN


def test_how_much_an_officer_has_to_do_counts_nothing_that_is_hidden(world: World) -> None:
    """Otherwise a manager who must not see a case knows that there is one, and who has it."""
    world.court_tells(told(), ANOTHERS)
    first, other = world.referrals()
    officer, outsider = world.people[Role.VLO], world.hire(Role.MANAGER, "Other Manager")
    with world.db.writing() as session:
        exclude(world.work(session, world.people[Role.MANAGER]), first, outsider.account_id, WHY)
    before = _open_of(world, outsider, officer)
    give(world, first, officer)
    assert _open_of(world, outsider, officer) == before == 0
    assert _open_of(world, world.people[Role.MANAGER], officer) == 1
    give(world, other, officer)
    assert _open_of(world, outsider, officer) == 1


def _open_of(world: World, manager: Actor, officer: Actor) -> int:
    with world.db.reading() as session:
        rows = workloads(session, seen_as(world, manager), world.today)
        return next(one.load.open for one in rows if one.account_id == officer.account_id)
