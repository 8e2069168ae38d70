"""A no that the law does not give: one manager proposes it, another confirms it, it comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.events.told import PLANNED, happens, refer
from tests.journeys.world import (
    CANNOT_TELL,
    CARDIFF,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    NOT_ELIGIBLE,
    World,
    told,
)
from vcs.access.actors import Actor
from vcs.access.reads import history
from vcs.consequences.answers import decide_by_hand
from vcs.consequences.closing.declining import Against
from vcs.consequences.hidden.excluding import exclude
from vcs.consequences.offers.offer import Offer, offer_contact
from vcs.errors import Conflict, NotValid
from vcs.ledger.figures.counts import ledger
from vcs.ledger.figures.parts import Axis, Cell
from vcs.referrals.questions.task_reads import TaskView, task_page
from vcs.terms import Outcome, Role, SentenceState

UNCLEAR = told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL))

NO = Outcome.NOT_ELIGIBLE

MONDAY_23_MARCH = date(2026, 3, 23)


def says(
    world: World,
    task: str,
    outcome: Outcome,
    who: Actor | None = None,
    against: Against | None = None,
) -> None:
    """Answer a task, by default as the first manager."""
    with world.db.writing() as session:
        work = world.work(session, who or world.people[Role.MANAGER])
        decide_by_hand(work, task, outcome, "Asked the court.", against or Against())


def asked(world: World) -> str:
    """Have a court tell of a sentence without a length; returns the question about it."""
    world.clock.move_to(MONDAY_23_MARCH)
    world.court_tells(UNCLEAR)
    (task,) = world.tasks()
    return task.reference


def page(world: World, task: str, who: Actor | None = None) -> TaskView:
    with world.db.reading() as session:
        reader = who or world.people[Role.MANAGER]
        return task_page(session, world.sealer, reader, task, world.today)


def seen(world: World, task: str) -> Against:
    found = page(world, task).decline
    assert found is not None
    return Against(seen=str(found.id))


def states(world: World) -> dict[SentenceState, int]:
    with world.db.reading() as session:
        found = ledger(session, world.people[Role.MANAGER], Axis.REGION, Cell()).total.states
    return {state: count for state, count in found.items() if count}


def test_a_no_waits_for_a_second_manager_and_comes_back_on_its_day(world: World) -> None:
    task = asked(world)
    says(world, task, NO, against=Against("too_short", date(2026, 6, 30)))
    assert [one.reference for one in world.tasks()] == [task]
    assert states(world) == {SentenceState.DECISION_DUE: 1}
    assert world.headline().undecided == 1

    with pytest.raises(NotValid, match="another manager must confirm"):
        says(world, task, NO, against=seen(world, task))
    second = world.second_manager
    with pytest.raises(NotValid, match="read the reasons"):
        says(world, task, NO, second)
    shown = page(world, task, second)
    assert shown.decline is not None
    assert (shown.decline.reason, shown.decline.words) == ("too_short", "Asked the court.")
    assert (shown.second_wanted, shown.decline.is_own) == (True, False)
    assert shown.decision is not None
    assert shown.decision.nearest[0]
    says(world, task, NO, second, seen(world, task))
    assert world.tasks() == ()
    assert states(world) == {SentenceState.NOT_ELIGIBLE: 1}

    world.clock.move_to(date(2026, 6, 29))
    world.sweep()
    assert world.tasks() == ()
    world.clock.move_to(date(2026, 6, 30))
    world.sweep()
    world.sweep()
    (review,) = world.tasks()
    assert (review.kind, review.due_on) == ("decline_review", date(2026, 6, 30))
    then = page(world, review.reference).decline
    assert then is not None
    assert (then.words, then.proposed_by, then.decided_by) == (
        "Asked the court.",
        "Manager",
        "Second Manager",
    )
    assert world.problems() == []


def test_a_review_that_says_yes_opens_the_referral_with_a_clock_from_that_day(
    world: World,
) -> None:
    world.decide(asked(world), NO)
    world.clock.move_to(date(2026, 9, 23))
    world.sweep()
    (review,) = world.tasks()
    says(world, review.reference, Outcome.STATUTORY)
    (deadline,) = world.view().deadlines
    assert (deadline.due_on, deadline.lawful_due_on) == (date(2026, 10, 7), date(2026, 4, 7))
    world.clock.days(400)
    world.sweep()
    assert [one.kind for one in world.tasks() if one.kind == "decline_review"] == []
    assert world.problems() == []


def test_a_review_that_says_no_again_takes_two_again_and_has_a_day_of_its_own(
    world: World,
) -> None:
    world.decide(asked(world), NO)
    world.clock.move_to(date(2026, 9, 23))
    world.sweep()
    (review,) = world.tasks()
    says(world, review.reference, NO, against=Against(review_on=date(2027, 1, 4)))
    world.sweep()
    assert [one.reference for one in world.tasks()] == [review.reference]
    world.confirm(review.reference)
    assert world.tasks() == ()
    world.clock.move_to(date(2027, 1, 4))
    world.sweep()
    assert [one.kind for one in world.tasks()] == ["decline_review"]


def test_a_yes_takes_one_person_also_where_a_no_was_proposed(world: World) -> None:
    task = asked(world)
    says(world, task, NO)
    says(world, task, Outcome.DISCRETIONARY, world.second_manager)
    assert world.view().basis == "discretionary"
    found = page(world, task).decline
    assert found is not None
    assert found.decision == "withdrawn"


def test_the_second_manager_may_send_it_back_and_another_may_be_proposed(world: World) -> None:
    task = asked(world)
    with pytest.raises(NotValid, match="Decide whether contact is owed"):
        says(world, task, Outcome.CANNOT_TELL)
    says(world, task, NO)
    stale = seen(world, task)
    says(world, task, Outcome.CANNOT_TELL, world.second_manager)
    assert [one.reference for one in world.tasks()] == [task]
    says(world, task, NO)
    with pytest.raises(NotValid, match="read the reasons"):
        says(world, task, NO, world.second_manager, stale)
    world.confirm(task)
    assert world.tasks() == ()


def test_what_the_law_said_when_it_was_proposed_must_still_be_what_it_says(world: World) -> None:
    task = asked(world)
    says(world, task, NO)
    shorter = told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="17:00:00")
    world.court_tells(shorter)
    assert world.tasks() == ()
    with pytest.raises(Conflict, match="answered already"):
        says(world, task, NO, world.second_manager, seen(world, task))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL), shared_at="18:00:00"))
    (asked_again,) = world.tasks()
    assert not page(world, asked_again.reference).decline.is_of_now  # type: ignore[union-attr]
    with pytest.raises((NotValid, Conflict)):
        says(world, task, NO, world.second_manager, seen(world, task))


def reduced_below_the_threshold(world: World) -> str:
    """Return the task about a referral for which the law no longer gives a ground."""
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE)))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="17:00:00"))
    (task,) = world.tasks()
    return task.reference


def test_a_no_that_closes_a_referral_takes_two_also_where_the_law_says_no(world: World) -> None:
    task = reduced_below_the_threshold(world)
    world.refer()
    assert page(world, task).no_takes_two
    says(world, task, NO)
    assert world.view().status == "referred"
    with pytest.raises(NotValid, match="another manager"):
        says(world, task, NO, against=seen(world, task))
    world.confirm(task)
    assert (world.view().status, world.tasks()) == ("closed", ())
    assert world.problems() == []


def test_a_review_takes_one_manager_once_the_law_says_no_and_nothing_is_open(world: World) -> None:
    world.decide(reduced_below_the_threshold(world), NO)
    world.clock.move_to(date(2026, 9, 20))
    world.sweep()
    (review,) = world.tasks()
    assert not page(world, review.reference).no_takes_two
    says(world, review.reference, NO)
    world.clock.days(400)
    world.sweep()
    assert (world.tasks(), world.problems()) == ((), [])


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        (date(2026, 3, 23), "in the future"),
        (date(2026, 3, 24), ""),
        (date(2027, 3, 23), ""),
        (date(2027, 3, 24), "within 12 months"),
    ],
)
def test_the_day_of_a_review_has_bounds(world: World, chosen: date, problem: str) -> None:
    task = asked(world)
    if not problem:
        says(world, task, NO, against=Against(review_on=chosen))
        return
    with pytest.raises(NotValid) as refusal:
        says(world, task, NO, against=Against(review_on=chosen))
    assert problem in refusal.value.fields["review_on"]


def test_without_a_day_a_review_is_six_months_on_and_before_a_planned_release(
    world: World,
) -> None:
    task = asked(world)
    says(world, task, NO)
    assert page(world, task).decline.review_on == date(2026, 9, 23)  # type: ignore[union-attr]
    says(world, task, Outcome.CANNOT_TELL, world.second_manager)
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), urn="13EX0000226"))
    refer(world, "Ann Lis")
    happens(world, replace(PLANNED, happened_on=date(2026, 7, 1)))
    says(world, task, NO)
    assert page(world, task).decline.review_on == date(2026, 6, 30)  # type: ignore[union-attr]


def test_a_release_that_is_planned_later_brings_the_review_forward(world: World) -> None:
    task = asked(world)
    world.decide(task, NO)
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), urn="13EX0000226"))
    refer(world, "Ann Lis")
    happens(world, replace(PLANNED, happened_on=date(2026, 7, 1)))
    world.sweep()
    assert "decline_review" in [one.kind for one in world.tasks()]


def test_contact_may_be_offered_before_the_review_when_somebody_asks(world: World) -> None:
    task = asked(world)
    reference = page(world, task).task.sentence_reference or ""
    world.decide(task, NO)
    with world.db.writing() as session:
        asked_for = Offer("by_victim", "She rang on Monday.", is_checked=True)
        offer_contact(world.work(session, world.people[Role.MANAGER]), reference, asked_for)
    assert world.view().basis == "discretionary"
    world.clock.move_to(date(2026, 9, 23))
    world.sweep()
    assert [one.kind for one in world.tasks()] == []


def test_the_database_keeps_one_person_from_being_both(world: World) -> None:
    task = asked(world)
    says(world, task, NO)
    with pytest.raises(IntegrityError), world.db.writing() as session:
        session.execute(text("UPDATE decline SET decision = 'confirmed', decided_by = proposed_by"))


def test_each_step_is_in_the_trail_without_the_words(world: World) -> None:
    task = asked(world)
    reference = page(world, task).task.sentence_reference or ""
    says(world, task, NO, against=Against("too_short"))
    world.confirm(task)
    with world.db.reading() as session:
        lines = history(session, (reference,), {})
    said = [(line.event, line.detail) for line in lines]
    assert ("decline.proposed", "too_short") in said
    assert ("task.decided", "not_eligible") in said
    assert "Asked" not in str(said)


def like(world: World, task: str, who: Actor | None = None) -> tuple[list[str], list[str]]:
    found = page(world, task, who).like
    assert found is not None
    return [one.reference for one in found.offered], [one.reference for one in found.not_offered]


def test_like_cases_of_the_region_stand_beside_with_how_they_were_decided(world: World) -> None:
    world.clock.move_to(MONDAY_23_MARCH)
    offered = _decided(world, 1, Outcome.DISCRETIONARY)
    declined = _decided(world, 2, NO)
    world.court_tells(told(FRIDAY_20_MARCH, ("Shorter", *NOT_ELIGIBLE), urn="13EX0000326"))
    with world.db.writing() as session:
        asked_for = Offer("by_victim", "She rang on Monday.", is_checked=True)
        shorter = next(one.reference for one in world.sentences() if one.outcome == NO)
        offer_contact(world.work(session, world.people[Role.MANAGER]), shorter, asked_for)
    world.court_tells(
        told(FRIDAY_20_MARCH, ("Elsewhere", *CANNOT_TELL), court=CARDIFF, urn="62EX1")
    )
    world.court_tells(told(FRIDAY_20_MARCH, ("New", *CANNOT_TELL), urn="13EX0000926"))
    (task,) = [one.reference for one in world.tasks()]
    assert like(world, task) == ([offered], [declined])
    other_manager = world.hire(Role.MANAGER, "Other")
    with world.db.writing() as session:
        work = world.work(session, other_manager)
        manager = world.people[Role.MANAGER].account_id
        exclude(work, world.referrals()[0], manager, "Her sister")
    excluded = _signed_in(world, manager)
    assert like(world, task, excluded)[0] == []
    world.clock.move_to(date(2028, 3, 24))
    assert like(world, task) == ([], [])


def _signed_in(world: World, account_id: int) -> Actor:
    from vcs.access.exclusions.hidden import hidden_from

    with world.db.reading() as session:
        hidden = hidden_from(session, account_id, world.today)
    return replace(world.people[Role.MANAGER], hidden=hidden)


def _decided(world: World, number: int, outcome: Outcome) -> str:
    """Have a court tell of an unclear sentence, and managers answer; returns the sentence."""
    of = told(FRIDAY_20_MARCH, (f"Number{number}", *CANNOT_TELL), urn=f"13EX000{number}126")
    world.court_tells(of)
    (task,) = world.tasks()
    world.decide(task.reference, outcome)
    return task.sentence_reference or ""


def test_the_dump_tells_of_a_no_that_was_proposed_and_of_its_second_person(world: World) -> None:
    task = asked(world)
    (before,) = world.state()["sentences"]
    assert "declines" not in before
    says(world, task, NO)
    (sentence,) = world.state()["sentences"]
    assert [(one["decision"], one["reason"]) for one in sentence["declines"]] == [(None, "other")]
    world.confirm(task)
    (sentence,) = world.state()["sentences"]
    assert [one["decision"] for one in sentence["declines"]] == ["confirmed"]
    assert "Asked the court" not in repr(sentence)
