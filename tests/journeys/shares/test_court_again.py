"""A court decides again on a sentence that has a referral, or corrects its day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from api.example.messages import Json, result
from tests.journeys.shares.court_again import (
    ALLOWED,
    BOTH_COUNTS,
    CONVICTION_GONE,
    CORRECTED,
    CORRECTED_BACK,
    CORRECTED_WITH_ITS_HEARING,
    DISMISSED,
    GRIEVOUS,
    MONDAY_30_MARCH,
    ONE_COUNT_GONE,
    ORIGINAL,
    ROBBERY,
    SHORTER,
    STILL_LONG,
    THURSDAY_19_MARCH,
    count,
    decided_again,
    prison,
    sentenced,
)
from tests.journeys.test_victim_to_choice import approve, draft
from tests.journeys.world import FRIDAY_20_MARCH, World, told
from vcs.access.restrictions.records import Restriction
from vcs.consequences.moves.move import move_restrictions
from vcs.terms import Outcome, Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)

"""The day after the referral was due."""


def decide(world: World, outcome: Outcome) -> None:
    (task,) = world.tasks()
    world.decide(task.reference, outcome)


def subjects(world: World) -> list[str]:
    """Return the references of what the manager's digests told of as missed, each once."""
    return world.misses_told()


@pytest.mark.parametrize("later", [CONVICTION_GONE, ALLOWED, SHORTER])
@pytest.mark.parametrize("late", [False, True])
def test_what_was_taken_back_goes_to_a_person_and_no_missed_referral_is_told_of(
    world: World, later: bytes, late: bool
) -> None:
    for body in (later, ORIGINAL) if late else (ORIGINAL, later):
        world.court_tells(body)
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"
    assert "allowed" in task.question
    assert "a referral was owed, due by Tuesday 7 April 2026" in task.question
    assert task.due_on == date(2026, 3, 27)
    headline = world.headline()
    assert (headline.unaccounted, headline.being_decided) == (1, 1)
    assert world.view().status == "awaiting"
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    (subject,) = subjects(world)
    assert subject == world.tasks()[0].reference
    assert world.problems() == []


def test_a_victim_stays_until_a_person_closes(world: World) -> None:
    world.court_tells(ORIGINAL)
    victim = world.refer()
    world.court_tells(CONVICTION_GONE)
    view = world.view()
    assert (view.status, [one.reference for one in view.victims]) == ("referred", [victim])
    decide(world, Outcome.NOT_ELIGIBLE)
    assert (world.view().status, world.tasks()) == ("closed", ())
    world.court_tells(CONVICTION_GONE)
    assert world.tasks() == ()
    assert world.problems() == []


def test_what_a_person_upholds_is_owed_by_its_old_day(world: World) -> None:
    world.court_tells(ORIGINAL, CONVICTION_GONE)
    decide(world, Outcome.STATUTORY)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    (subject,) = subjects(world)
    assert subject == world.only_referral()


@pytest.mark.parametrize("later", [DISMISSED, STILL_LONG])
def test_what_leaves_a_sentence_owed_asks_nothing_and_opens_no_second_referral(
    world: World, later: bytes
) -> None:
    world.court_tells(ORIGINAL)
    world.court_tells(later)
    assert (len(world.referrals()), world.tasks()) == (1, ())
    assert (world.headline().unaccounted, world.headline().being_decided) == (1, 0)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert len(subjects(world)) == 1
    assert world.problems() == []


@pytest.mark.parametrize(
    "before", [result("COEW", FRIDAY_20_MARCH), prison("8 Months", FRIDAY_20_MARCH)]
)
def test_a_count_that_a_later_decision_makes_owed_is_owed_by_itself(
    world: World, before: Json
) -> None:
    world.court_tells(
        sentenced(count(GRIEVOUS, prison("3 Years", FRIDAY_20_MARCH)), count(ROBBERY, before))
    )
    world.refer()
    assert world.headline().unaccounted == 0
    world.clock.move_to(MONDAY_30_MARCH)
    world.court_tells(
        decided_again("Sentenced anew", count(ROBBERY, prison("18 Months", MONDAY_30_MARCH)))
    )
    assert (len(world.referrals()), world.headline().unaccounted) == (2, 1)
    assert world.problems() == []


def test_what_was_closed_and_cannot_be_told_any_more_is_asked_again(world: World) -> None:
    world.court_tells(ORIGINAL)
    world.court_tells(_shared_again("8 Months", "13:00:00"))
    decide(world, Outcome.NOT_ELIGIBLE)
    assert (world.view().status, world.tasks()) == ("closed", ())
    world.court_tells(_shared_again("", "15:00:00"))
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"
    assert world.problems() == []


def _shared_again(length: str, at: str) -> bytes:
    return sentenced(count(GRIEVOUS, prison(length, FRIDAY_20_MARCH)), at=at)


def test_a_count_that_is_gone_beside_one_that_stands_is_a_question_and_no_decision(
    world: World,
) -> None:
    world.court_tells(BOTH_COUNTS)
    world.court_tells(ONE_COUNT_GONE)
    (task,) = world.tasks()
    assert task.kind == "question"
    assert "Other counts stand" in task.question
    assert (len(world.referrals()), world.headline().being_decided) == (1, 0)
    assert world.problems() == []


@pytest.mark.parametrize("share", [CORRECTED, CORRECTED_WITH_ITS_HEARING])
def test_a_corrected_day_takes_victim_letter_officer_and_clock_with_it(
    world: World, share: bytes
) -> None:
    world.court_tells(ORIGINAL)
    reference = world.only_referral()
    letter = draft(world, world.refer())
    approve(world, letter)
    before = world.view()
    world.court_tells(share)
    after = world.view()
    assert after.reference == reference
    assert after.victims == before.victims
    (current,) = [one for one in world.sentences() if one.told_in_id is None]
    assert current.sentenced_on == THURSDAY_19_MARCH
    assert world.tasks() == ()
    assert world.problems() == []


@pytest.mark.parametrize("share", [CORRECTED, CORRECTED_WITH_ITS_HEARING])
def test_a_corrected_day_counts_the_clock_anew_and_tells_of_no_miss_twice(
    world: World, share: bytes
) -> None:
    world.court_tells(ORIGINAL)
    world.court_tells(share)
    (deadline,) = world.view().deadlines
    assert (deadline.starts_on, deadline.due_on) == (THURSDAY_19_MARCH, date(2026, 4, 2))
    world.court_tells(CORRECTED_BACK)
    (deadline,) = world.view().deadlines
    assert (deadline.starts_on, deadline.due_on) == (FRIDAY_20_MARCH, date(2026, 4, 7))
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert (len(subjects(world)), world.headline().unaccounted) == (1, 1)
    assert world.problems() == []


def test_a_miss_that_the_right_day_does_not_bear_out_is_not_told_of(world: World) -> None:
    from scheduler import jobs
    from scheduler.jobs import Sweep

    world.court_tells(CORRECTED)
    world.clock.move_to(date(2026, 4, 3))
    jobs.mark_missed(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    world.court_tells(CORRECTED_BACK)
    world.sweep()
    assert subjects(world) == []
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert len(subjects(world)) == 1
    assert world.problems() == []


def test_a_sentence_passed_afresh_after_an_appeal_opens_a_referral_where_none_was(
    world: World,
) -> None:
    from tests.journeys.shares.court_again import GRIEVOUS, count, decided_again, prison, sentenced

    world.court_tells(sentenced(count(GRIEVOUS, prison("8 Months", FRIDAY_20_MARCH))))
    longer = count(GRIEVOUS, prison("18 Months", MONDAY_30_MARCH))
    world.court_tells(decided_again("Sentence increased as unduly lenient", longer))
    (deadline,) = world.view().deadlines
    assert deadline.starts_on == MONDAY_30_MARCH
    assert world.problems() == []


def test_two_restrictions_that_meet_in_one_sentence_both_stay(world: World) -> None:
    world.court_tells(sentenced(count(GRIEVOUS, prison("3 Years", FRIDAY_20_MARCH))))
    world.court_tells(told(urn="13EX0000526"))
    was, target = world.sentences()
    now, who = world.clock.now(), world.people[Role.MANAGER].account_id
    with world.db.writing() as session:
        for one in (was, target):
            session.add(
                Restriction(sentence_id=one.id, restricted_at=now, restricted_by=who, sealed=b"")
            )
        session.flush()
        move_restrictions(session, was.id, target.id)
        stand = session.exec(select(Restriction.sentence_id).order_by("id")).all()
        assert list(stand) == [was.id, target.id]
        first = session.exec(select(Restriction).order_by("id").limit(1)).one()
        first.lifted_at = now
        session.add(first)
        session.flush()
        move_restrictions(session, was.id, target.id)
        stand = session.exec(select(Restriction.sentence_id).order_by("id")).all()
        assert list(stand) == [target.id, target.id]
