"""Nobody to refer: proposed by one person, decided by another, and opened again where it was wrong.

The referral is due on Tuesday 7 April 2026, ten working days after Friday 20 March.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.journeys.program import CASE, COLIN, program
from tests.journeys.world import FRIDAY_20_MARCH, TUESDAY_7_APRIL, World, told
from vcs.errors import Conflict, NotValid
from vcs.law.deadlines.due import State
from vcs.ledger.figures.counts import ledger
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.integrity.proof import prove
from vcs.ledger.worklists.worklist import WorklistRow, worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.referrals.closure.refusal import Refusal
from vcs.referrals.due_days.due import missed_candidates
from vcs.terms import Outcome, Role, SentenceState

WEDNESDAY_8_APRIL = date(2026, 4, 8)

REASONS = ["no_identifiable_victim", "victim_cannot_be_traced"]


def row(world: World) -> WorklistRow:
    with world.db.reading() as session:
        who = world.people[Role.MANAGER]
        return worklist(session, world.sealer, who, world.today, WorklistAsked("all")).rows[0]


def proof(world: World) -> list[str]:
    with world.db.reading() as session:
        return list(prove(session, world.sealer, world.clock.now()).problems)


def states(world: World) -> dict[SentenceState, int]:
    with world.db.reading() as session:
        who = world.people[Role.ADMINISTRATOR]
        found = ledger(session, who, Axis.REGION, Cell()).total.states
    return {state: count for state, count in found.items() if count}


@pytest.mark.parametrize("reason", REASONS)
def test_a_proposal_closes_nothing_and_stops_no_clock(world: World, reason: str) -> None:
    world.court_tells(told())
    world.propose(reason)
    view = world.view()
    assert (view.status, view.deadlines[0].met_on) == ("awaiting", None)
    assert world.headline().unaccounted == 1
    is_traced = reason == "victim_cannot_be_traced"
    state = SentenceState.TRACED if is_traced else SentenceState.AWAITED
    assert states(world) == {state: 1}
    waiting = row(world).proposal
    assert waiting is not None
    assert (waiting.reason, waiting.proposed_as) == (reason, "witness_care")
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.view().deadlines[0].state is State.OVERDUE
    assert len(world.misses_told()) == 1
    assert proof(world) == []


def test_a_manager_confirms_and_the_referral_is_closed_and_accounted_for(world: World) -> None:
    world.court_tells(told())
    task = world.propose()
    world.clock.days(3)
    world.answer_proposal(task, words="The file names nobody.")
    view = world.view()
    assert (view.status, view.closed_reason) == ("closed", "no_identifiable_victim")
    refer = view.deadlines[0]
    assert (refer.met_on, refer.lifted_on) == (None, world.today), "a closing meets no duty"
    assert view.proposal is not None
    assert (view.proposal.decision, view.proposal.decided_by) == ("confirmed", "Manager")
    assert view.proposal.decided_words == "The file names nobody."
    assert world.headline().unaccounted == 0
    assert world.tasks() == ()
    world.clock.move_to(date(2026, 6, 1))
    world.sweep()
    assert world.misses_told() == []
    assert proof(world) == []


def test_whoever_proposes_cannot_confirm_and_may_take_it_back(world: World) -> None:
    world.court_tells(told())
    manager = world.people[Role.MANAGER]
    task = world.propose(who=manager)
    with pytest.raises(NotValid) as refusal:
        world.answer_proposal(task)
    assert list(refusal.value.fields) == ["answer"]
    assert world.view().status == "awaiting"
    world.answer_proposal(task, "refused")
    task = world.propose(who=manager)
    world.answer_proposal(task, who=world.hire(Role.MANAGER, "Second Manager"))
    assert world.view().status == "closed"


def test_the_database_itself_keeps_one_person_from_confirming_alone(world: World) -> None:
    world.court_tells(told())
    world.propose()
    change = (
        "UPDATE closing_proposal SET decision = 'confirmed', decided_at = proposed_at, "
        "decided_by = proposed_by"
    )
    with pytest.raises(IntegrityError), world.db.engine.begin() as connection:
        connection.execute(text(change))


def test_a_proposal_that_is_refused_leaves_the_referral_owed_and_says_why(world: World) -> None:
    world.court_tells(told())
    world.answer_proposal(world.propose(), "refused", words="The indictment names one.")
    view = world.view(role=Role.WITNESS_CARE)
    assert (view.status, view.deadlines[0].met_on) == ("awaiting", None)
    assert view.proposal is not None
    assert view.proposal.decided_words == "The indictment names one."
    assert world.headline().unaccounted == 1
    assert world.tasks() == ()
    world.propose("victim_cannot_be_traced")
    assert proof(world) == []


@pytest.mark.parametrize(
    ("decision", "words", "field"),
    [
        ("confirmed", "  ", "words"),
        ("refused", "", "words"),
        ("confirmed", "x" * 1001, "words"),
        ("overtaken", "Because.", "answer"),
        ("", "Because.", "answer"),
    ],
)
def test_a_decision_is_one_of_two_and_has_a_reason(
    world: World, decision: str, words: str, field: str
) -> None:
    world.court_tells(told())
    task = world.propose()
    with pytest.raises(NotValid) as refusal:
        world.answer_proposal(task, decision, words=words)
    assert list(refusal.value.fields) == [field]
    assert world.view().status == "awaiting"


@pytest.mark.parametrize(
    ("reason", "words", "field"),
    [("not_eligible", "So.", "reason"), ("", "So.", "reason"), (REASONS[0], " ", "words")],
)
def test_a_proposal_has_a_listed_reason_and_says_how_it_is_known(
    world: World, reason: str, words: str, field: str
) -> None:
    world.court_tells(told())
    with pytest.raises(NotValid) as refusal:
        world.propose(reason, words=words)
    assert list(refusal.value.fields) == [field]


def test_one_proposal_waits_at_a_time_and_none_where_a_victim_is_known(world: World) -> None:
    world.court_tells(told())
    world.propose()
    with pytest.raises(Conflict):
        world.propose("victim_cannot_be_traced")
    world.refer()
    with pytest.raises(Conflict):
        world.propose()


def test_a_victim_who_is_added_after_all_ends_the_proposal(world: World) -> None:
    world.court_tells(told())
    task = world.propose()
    world.refer()
    assert world.tasks() == ()
    view = world.view()
    assert view.proposal is not None
    assert (view.status, view.proposal.decision) == ("referred", "overtaken")
    with pytest.raises(Conflict):
        world.answer_proposal(task)
    assert proof(world) == []


def test_a_refusal_with_evidence_overtakes_another_proposal(world: World) -> None:
    world.court_tells(told())
    overtaken = world.propose()
    world.close_as_refused(SAID)
    with pytest.raises(Conflict):
        world.answer_proposal(overtaken)
    view = world.view()
    assert view.proposal is not None
    assert (view.closed_reason, view.proposal.decision) == ("refused_referral", "confirmed")
    assert world.tasks() == ()
    assert proof(world) == []


SAID = Refusal(FRIDAY_20_MARCH, "by phone", "Canary Constable", "No thank you")


def test_what_was_said_is_sealed_and_in_no_trail_and_no_task(world: World) -> None:
    world.court_tells(told())
    world.answer_proposal(world.propose(), words="Canary again")
    world.reopen()
    shown = repr(world.view().history) + repr(world.view().tasks) + repr(world.state())
    with world.db.engine.connect() as connection:
        for table in ("closing_proposal", "reopening", "audit_entry", "task"):
            shown += repr([tuple(r) for r in connection.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608
    assert "Canary" not in shown


# By witness care's program.


def ask(answer: str = "no_identifiable_victim", **more: Any) -> dict[str, Any]:
    about = {"kind": "chase_answered", "case_reference": CASE, "offender": COLIN}
    return about | {"answer": answer} | more


@pytest.mark.parametrize(
    ("decision", "told_words", "status"),
    [("confirmed", "agrees", "closed"), ("refused", "does not agree", "awaiting")],
)
def test_a_program_proposes_too_and_is_told_what_was_decided(
    world: World, decision: str, told_words: str, status: str
) -> None:
    wcu = program(world)
    world.court_tells(told())
    found = wcu.send(ask(note="The officer in the case says so."))
    assert (found.status, world.view().status) == ("a_person_decides", "awaiting")
    assert "not decided" in found.because
    view = world.view()
    assert view.proposal is not None
    assert view.proposal.words == "The officer in the case says so."
    world.answer_proposal(world.proposal_task(), decision, words="Canary reason")
    after = wcu.receipt(found.receipt)
    assert (after.status, world.view().status) == ("recorded", status)
    assert told_words in after.because
    assert "Canary" not in after.because
    assert proof(world) == []


def test_a_program_that_says_it_again_adds_no_second_proposal(world: World) -> None:
    wcu = program(world)
    world.court_tells(told())
    wcu.send(ask())
    assert wcu.send(ask(), key="again").status == "recorded"
    assert [one.kind for one in world.tasks()] == ["closing_proposed"]


def test_a_program_says_there_is_nobody_where_somebody_was_referred(world: World) -> None:
    wcu = program(world)
    world.court_tells(told())
    world.refer()
    wcu.send(ask())
    (task,) = world.tasks()
    assert (task.kind, world.view().status) == ("witness_care_says", "referred")
    assert "a victim has been referred" in task.question


def test_a_program_that_says_it_before_the_sentence_proposes_when_it_comes(world: World) -> None:
    wcu = program(world)
    assert wcu.send(ask()).status == "waiting_for_sentence"
    world.court_tells(told())
    world.sweep()
    assert world.proposal_task()
    assert world.view().status == "awaiting"


# Opened again.


@pytest.mark.parametrize("reason", REASONS)
def test_what_was_owed_is_owed_again_by_its_first_date_and_a_miss_is_told_once(
    world: World, reason: str
) -> None:
    world.court_tells(told())
    world.close_without_victim(reason)
    world.clock.move_to(date(2026, 4, 20))
    world.sweep()
    assert world.misses_told() == []
    world.reopen(why="Canary called the unit")
    view = world.view()
    (deadline,) = view.deadlines
    assert (view.status, view.closed_reason) == ("awaiting", None)
    assert (deadline.due_on, deadline.met_on) == (TUESDAY_7_APRIL, None)
    assert deadline.state is State.OVERDUE
    assert view.reopening is not None
    assert (view.reopening.closed_reason, view.reopening.words) == (
        reason,
        "Canary called the unit",
    )
    assert world.headline().unaccounted == 1
    for _ in range(3):
        world.sweep()
        world.clock.days(1)
    assert len(world.misses_told()) == 1
    assert ("referral.opened_again", reason) in {(o.event, o.detail) for o in world.view().history}
    assert proof(world) == []
    world.refer()
    assert proof(world) == []


def test_a_miss_that_was_told_before_the_closing_is_not_told_again(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    world.close_without_victim()
    world.reopen()
    world.sweep()
    assert len(world.misses_told()) == 1
    assert proof(world) == []


def test_an_alert_that_was_not_sent_before_the_closing_is_sent_only_if_it_opens_again(
    world: World,
) -> None:
    world.court_tells(told())
    task = world.propose()
    world.clock.move_to(WEDNESDAY_8_APRIL)
    mark_missed_unsent(world)
    world.answer_proposal(task)
    world.sweep()
    assert world.misses_told() == []
    world.clock.days(9)
    world.reopen()
    world.sweep()
    world.sweep()
    assert len(world.misses_told()) == 1
    assert proof(world) == []


def mark_missed_unsent(world: World) -> None:
    from vcs.alerts.causes.missed import mark_missed

    with world.db.reading() as session:
        (deadline_id,) = missed_candidates(session, world.today)
    with world.db.writing() as session:
        assert mark_missed(session, deadline_id, world.today, world.clock.now())


def test_a_refusal_may_be_opened_again_and_refused_again(world: World) -> None:
    world.court_tells(told())
    world.close_as_refused(SAID)
    world.reopen()
    assert world.view().status == "awaiting"
    assert world.headline().unaccounted == 1
    world.close_as_refused(SAID)
    assert world.view().closed_reason == "refused_referral"
    assert proof(world) == []


def test_opening_again_needs_a_reason_and_a_closed_referral(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(Conflict):
        world.reopen()
    world.close_without_victim()
    for why in (" ", "x" * 1001):
        with pytest.raises(NotValid):
            world.reopen(why=why)
    assert world.view().status == "closed"


def test_the_same_referral_may_be_closed_and_opened_many_times(world: World) -> None:
    world.court_tells(told())
    for _ in range(3):
        world.close_without_victim()
        world.reopen()
    assert world.view().status == "awaiting"
    assert len(world.state()["sentences"][0]["referral"]["reopened"]) == 3
    assert proof(world) == []


# Every way of closing ends what was open.


def shorter(world: World) -> str:
    """Have the court cut the sentence below the threshold; returns the task that asks about it."""
    cut = told(FRIDAY_20_MARCH, ("Madeup", "IMP", "8 Months"), shared_at="17:30:00")
    world.court_tells(cut)
    (task,) = [one.reference for one in world.tasks() if one.kind == "sentence_changed"]
    return task


def decide(world: World, task: str, outcome: Outcome) -> None:
    world.decide(task, outcome)


@pytest.mark.parametrize("has_victim", [False, True])
def test_a_referral_that_is_not_owed_after_all_leaves_nothing_overdue(
    world: World, has_victim: bool
) -> None:
    world.court_tells(told())
    if has_victim:
        world.refer()
    decide(world, shorter(world), Outcome.NOT_ELIGIBLE)
    world.clock.move_to(date(2026, 7, 1))
    world.sweep()
    view = world.view()
    assert view.status == "closed"
    open_ones = [one for one in view.deadlines if one.is_open]
    assert open_ones == []
    assert {one.state for one in view.deadlines} <= {State.MET, State.NONE}
    met = [FRIDAY_20_MARCH, None] if has_victim else [None]
    assert [one.met_on for one in view.deadlines] == met
    assert world.headline().overdue == 0
    assert world.misses_told() == []
    assert proof(world) == []


def test_what_was_not_owed_is_owed_again_when_it_opens_again(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    decide(world, shorter(world), Outcome.NOT_ELIGIBLE)
    world.reopen()
    owed = [one.victim_reference for one in world.view().deadlines if one.is_open]
    assert (world.view().status, owed) == ("referred", [victim])
    assert proof(world) == []


def test_tasks_about_a_closed_referral_end_and_are_asked_again_when_it_opens(world: World) -> None:
    wcu = program(world)
    world.court_tells(told())
    wcu.send(ask("refused_referral", note="Asked twice."))
    assert [one.kind for one in world.tasks()] == ["witness_care_says"]
    world.close_as_refused(SAID)
    assert world.tasks() == ()
    world.reopen()
    assert [one.kind for one in world.tasks()] == ["witness_care_says"]


def test_a_question_about_another_victim_stays_open_after_a_closing(world: World) -> None:
    world.court_tells(told())
    with world.db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO task (reference, key, kind, question, region_code, opened_on, "
                "sentence_id, referral_id) VALUES ('VCS-TASK', 'question:k', 'question', 'Q', "
                "'N55', '2026-03-20', 1, 1)"
            )
        )
    world.close_without_victim()
    assert [one.kind for one in world.tasks()] == ["question"]
    assert states(world) == {SentenceState.NOT_ELIGIBLE: 1}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE deadline SET lifted_on = NULL", "still owed"),
        ("UPDATE referral SET status = 'awaiting'", "no task asks about"),
        ("UPDATE referral SET status = 'referred'", "not awaited"),
    ],
)
def test_a_row_that_was_tampered_with_is_named(world: World, change: str, named: str) -> None:
    world.court_tells(told())
    world.close_without_victim()
    undecided = "UPDATE closing_proposal SET decision = NULL, decided_at = NULL, decided_by = NULL"
    with world.db.engine.begin() as connection:
        connection.execute(text(undecided))
        connection.execute(text(change))
    assert named in " ".join(world.problems())


def test_a_sentence_that_the_court_changes_after_the_closing_is_asked_about(world: World) -> None:
    world.court_tells(told())
    world.close_without_victim()
    longer = told(FRIDAY_20_MARCH, ("Madeup", "IMP", "9 Years"), shared_at="17:30:00")
    world.court_tells(longer)
    assert states(world) == {SentenceState.DECISION_DUE: 1}
    (task,) = world.tasks()
    decide(world, task.reference, Outcome.STATUTORY)
    assert world.view().status == "awaiting"
    assert world.view().deadlines[0].met_on is None
    assert proof(world) == []


def test_a_court_that_raises_a_closed_referral_owes_it_only_once_it_opens_again(
    world: World,
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", "IMP", "")))
    (task,) = world.tasks()
    decide(world, task.reference, Outcome.DISCRETIONARY)
    world.close_without_victim()
    clear = told(FRIDAY_20_MARCH, ("Madeup", "IMP", "3 Years"), shared_at="17:30:00")
    world.court_tells(clear)
    assert (world.view().basis, world.view().status) == ("statutory", "closed")
    assert proof(world) == []
    world.reopen()
    (deadline,) = world.view().deadlines
    assert (deadline.due_on, deadline.is_open) == (TUESDAY_7_APRIL, True)
    assert proof(world) == []
