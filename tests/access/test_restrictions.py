"""Only named people may see a case, and no restriction leaves a case to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.access.test_exclusions import excluded, give, officer_of, seen_as, sees
from tests.journeys.world import World, a_victim, told
from tests.victims.test_one_person import approved
from vcs.access.actors import Actor
from vcs.access.exclusions.hidden import hidden_from
from vcs.access.records import AuditEntry
from vcs.access.restrictions.records import Restriction
from vcs.consequences.hidden.restricting import (
    RestrictionEntry,
    lift_restriction,
    restrict,
    restriction_version,
)
from vcs.consequences.moves.handover import disable_account
from vcs.consequences.moves.transfer import offer_transfer
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.ledger.figures.headline import headline
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.post.drafts.beside import beside
from vcs.post.letters import draft_letter
from vcs.post.records import LetterRecord
from vcs.referrals.officers.records import Absence
from vcs.referrals.records import Referral
from vcs.terms import Language, Role
from vcs.victims.details.add import add_known_victim
from vcs.victims.records import PostedLetter

WHY = "Canary's mother works here"


def restricted(
    world: World, *named: Actor, by: Actor | None = None, why: str = WHY, reference: str = ""
) -> int:
    """Have a manager restrict a case to some people; return the restriction."""
    with world.db.writing() as session:
        work = world.work(session, by or world.people[Role.MANAGER])
        where = reference or world.referrals()[0]
        of_case = select(Referral.sentence_id).where(Referral.reference == where)
        seen = restriction_version(session, session.exec(of_case).one())
        entry = RestrictionEntry(frozenset(one.account_id for one in named), why, seen)
        return restrict(work, where, entry).id


def lift(world: World, number: int, by: Actor, why: str = "She has left") -> None:
    with world.db.writing() as session:
        lift_restriction(world.work(session, by), world.referrals()[0], number, why)


def away(world: World, actor: Actor, days: int = 3) -> None:
    """Record that somebody is away from today on."""
    last = world.today + timedelta(days=days)
    with world.db.writing() as session:
        session.add(
            Absence(
                account_id=actor.account_id,
                first_on=world.today,
                last_on=last,
                recorded_at=world.clock.now(),
                recorded_by=actor.account_id,
            )
        )


@pytest.fixture
def other(world: World) -> Actor:
    """Return a second manager of the region, once a case with two sentences and another came."""
    eligible = ("IMP", "3 Years")
    world.court_tells(
        told(world.today, ("One", *eligible), ("Two", *eligible)), told(urn="13EX0000999")
    )
    return world.hire(Role.MANAGER, "Other Manager")


def test_only_those_who_are_named_see_the_case_and_all_see_the_rest(
    world: World, other: Actor
) -> None:
    first, second, third = world.referrals()
    manager, vlo = world.people[Role.MANAGER], world.people[Role.VLO]
    restricted(world, manager, vlo)
    assert sees(world, manager) == sees(world, vlo) == [first, second, third]
    assert sees(world, other) == sees(world, world.people[Role.WITNESS_CARE]) == [third]
    assert sees(world, world.hire(Role.VLO, "New Officer")) == [third]


def test_what_its_people_are_in_elsewhere_is_still_seen(world: World, other: Actor) -> None:
    """An exclusion hides it; a restriction must leave no other referral to nobody."""
    first, _, third = world.referrals()
    victim = world.refer(first)
    restricted(world, world.people[Role.MANAGER])
    alone = seen_as(world, other).hidden.people
    assert alone
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        add_known_victim(work, third, victim, a_victim())
    assert sees(world, other) == [third]
    assert seen_as(world, other).hidden.people == frozenset()


def test_a_letter_of_a_hidden_case_stands_beside_no_draft_of_another(
    world: World, other: Actor
) -> None:
    first, _, third = world.referrals()
    victim = world.refer(first)
    letter = approved(world, victim)
    with world.db.writing() as session:
        kept = session.exec(select(LetterRecord).where(LetterRecord.reference == letter)).one()
        posted = PostedLetter(
            letter_id=kept.id,
            victim_id=kept.victim_id,
            posted_on=world.today,
            recorded_at=world.clock.now(),
        )
        session.add(posted)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        part = add_known_victim(work, third, victim, a_victim()).reference
        draft = draft_letter(work, part, INITIAL_CONTACT, Language.ENGLISH).reference
    restricted(world, world.people[Role.MANAGER], reference=first)

    def sent(who: Actor) -> int:
        with world.db.writing() as session:
            return len(beside(world.work(session, seen_as(world, who)), draft).sent)

    assert (sent(world.people[Role.MANAGER]), sent(other)) == (1, 0)


def test_it_is_hidden_from_counts_as_well_but_not_from_those_that_are_published(
    world: World, other: Actor
) -> None:
    assert world.headline().unaccounted == 3
    restricted(world, world.people[Role.MANAGER])
    with world.db.reading() as session:
        assert headline(session, seen_as(world, other), world.today).unaccounted == 1
        administrator = seen_as(world, world.people[Role.ADMINISTRATOR])
        assert headline(session, administrator, world.today).unaccounted == 3


def test_an_officer_who_is_not_named_loses_the_referral_at_once(world: World, other: Actor) -> None:
    vlo, first = world.people[Role.VLO], world.referrals()[0]
    give(world, first, vlo)
    restricted(world, other)
    assert officer_of(world, first) is None
    with world.db.reading() as session:
        assert hidden_from(session, vlo.account_id, world.today).sentences
    with pytest.raises((NotValid, NotFound)):
        give(world, first, vlo)
    assert world.problems() == []


def test_a_manager_or_head_must_be_named_and_nobody_who_is_excluded(
    world: World, other: Actor
) -> None:
    vlo, stranger = world.people[Role.VLO], world.hire(Role.MANAGER, "Welsh", region="N03")
    for named in ((), (vlo,), (stranger,), (other, stranger)):
        with pytest.raises(NotValid):
            restricted(world, *named)
    with pytest.raises(NotValid):
        restricted(world, other, why=" ")
    with pytest.raises(NotAllowed):
        restricted(world, other, by=vlo)
    excluded(world, Role.VLO)
    with pytest.raises(NotValid):
        restricted(world, other, vlo)


def test_other_people_are_named_and_the_restriction_is_lifted_with_reasons_in_the_trail(
    world: World, other: Actor
) -> None:
    manager, first = world.people[Role.MANAGER], world.referrals()[0]
    restricted(world, manager)
    with pytest.raises(NotFound):
        lift(world, 1, seen_as(world, other))
    number = restricted(world, manager, other, why="Two of us")
    assert first in sees(world, other)
    with pytest.raises(NotValid):
        lift(world, number, manager, " ")
    lift(world, number, manager)
    with pytest.raises(NotFound):
        lift(world, number, manager)
    assert first in sees(world, world.people[Role.VLO])
    with world.db.reading() as session:
        events = [one.event for one in session.exec(select(AuditEntry).order_by("seq"))]
        sealed = [one.sealed for one in session.exec(select(Restriction))]
    assert events[-3:] == ["restriction.added", "restriction.changed", "restriction.lifted"]
    assert not any(b"Canary" in one for one in sealed)


def test_a_missed_deadline_is_told_only_to_those_who_are_named(world: World, other: Actor) -> None:
    first, _, third = world.referrals()
    restricted(world, other)
    world.clock.move_to(world.today + timedelta(days=31))
    world.sweep()
    of_manager = set(world.misses_told("manager@example.org"))
    assert {first, third} & of_manager == {third}
    assert {first, third} <= set(world.misses_told("other.manager@example.org"))


def test_when_nobody_who_is_named_is_left_the_managers_of_the_region_are_let_in_and_told(
    world: World, other: Actor
) -> None:
    first, manager = world.referrals()[0], world.people[Role.MANAGER]
    restricted(world, other, world.people[Role.VLO])
    assert first not in sees(world, manager)
    with world.db.writing() as session:
        disable_account(session, None, other.account_id, world.clock.now())
    assert first in sees(world, manager)
    assert first not in sees(world, world.hire(Role.VLO, "New Officer"))
    assert world.hire(Role.MANAGER, "Welsh", region="N03").account_id
    world.sweep()
    world.sweep()
    asked = [one.question for one in world.tasks() if "restricted to named people" in one.question]
    assert len(asked) == 1
    assert first in asked[0]
    world.clock.move_to(world.today + timedelta(days=31))
    world.sweep()
    assert first in world.misses_told("manager@example.org")
    restricted(world, manager)
    assert first in sees(world, manager)


def test_while_the_only_one_named_is_away_the_managers_stand_in_and_no_longer(
    world: World, other: Actor
) -> None:
    first, manager = world.referrals()[0], world.people[Role.MANAGER]
    restricted(world, other)
    friday = world.today
    away(world, other, days=3)
    for days, seen in ((0, True), (3, True), (4, False)):
        world.clock.move_to(friday + timedelta(days=days))
        assert (first in sees(world, manager)) is seen, world.today


def test_one_that_is_restricted_is_not_offered_to_another_region(
    world: World, other: Actor
) -> None:
    first, manager = world.referrals()[0], world.people[Role.MANAGER]
    restricted(world, manager)
    with world.db.writing() as session, pytest.raises(Conflict, match="Lift the restriction"):
        offer_transfer(world.work(session, manager), first, "N03", "She moved")
    with world.db.writing() as session:
        offer_transfer(world.work(session, manager), world.referrals()[2], "N03", "She moved")
    with pytest.raises(Conflict, match="Withdraw"):
        restricted(world, manager, reference=world.referrals()[2])


def test_whoever_opened_it_in_an_emergency_decides_nothing_about_it(
    world: World, other: Actor
) -> None:
    restricted(world, other)
    hidden = seen_as(world, world.people[Role.MANAGER])
    with world.db.reading() as session:
        sentence = session.exec(select(Restriction.sentence_id)).one()
    opened = replace(hidden, opened=frozenset({sentence}))
    with pytest.raises(NotAllowed):
        restricted(world, world.people[Role.MANAGER], by=opened)


def test_it_follows_the_offender_and_ends_where_it_was_decided(world: World) -> None:
    """Known cases and new ones; not a namesake's, nor again where its manager ended it alone."""
    stranger = told(world.today, ("Other", "IMP", "3 Years"), urn="13EX0000777")
    world.court_tells(told(), told(urn="13EX0000999"), stranger)
    _, second, other = world.referrals()
    manager, officer = world.people[Role.MANAGER], world.people[Role.VLO]
    give(world, second, officer)
    restricted(world, manager)
    assert sees(world, officer) == [other]
    assert officer_of(world, second) is None
    world.court_tells(told(urn="13EX0000888"), told(urn="13EX0000888", shared_at="17:30:00"))
    assert sees(world, officer) == [other]
    with world.db.writing() as session:
        found = session.exec(select(Restriction).order_by(col(Restriction.id))).all()
        assert len(found) == 3
        lift_restriction(world.work(session, manager), second, found[1].id, "Somebody else")
    assert sees(world, officer) == [second, other]
    world.clock.move_to(world.today + timedelta(days=1))
    number = restricted(world, manager, world.second_manager)
    world.court_tells(told(urn="13EX0000999", shared_at="18:30:00"))
    assert sees(world, officer) == [second, other]
    lift(world, number, manager)
    assert len(sees(world, officer)) == 4
    assert world.problems() == []
