"""Every duty's clock: when it starts, whose turn it is, when it ends, what a stop never hides."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select

from tests.events.told import decide, happens, refer, tell
from tests.journeys.world import FRIDAY_20_MARCH, World, told
from vcs.access.actors import Actor
from vcs.clocks.reads import ClockView, clocks_of, late_or_soon
from vcs.clocks.record import EndEntry, record_end, record_start, take_back_start
from vcs.clocks.records import ClockStart, StopReason
from vcs.clocks.rules import OF_TASKS, RULES
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.law.deadlines.due import State
from vcs.law.deadlines.duties import DUTIES, FIRST_CONTACT
from vcs.ledger.dump import state_dump
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import record_choice

MONDAY_23, TUESDAY_24 = date(2026, 3, 23), date(2026, 3, 24)


@pytest.fixture
def case(world: World) -> World:
    """Return the world with one referral of Friday 20 March 2026, on the Monday after it."""
    world.court_tells(told())
    world.clock.move_to(MONDAY_23)
    return world


def clocks(world: World, duty: str) -> list[ClockView]:
    with world.db.reading() as session:
        ids = list(session.exec(select(Referral.id)))
        return [one for one in clocks_of(session, ids, world.today) if one.duty == duty]


def clock(world: World, duty: str) -> ClockView:
    (found,) = clocks(world, duty)
    return found


def starts(world: World, kind: str, day: date, who: Role = Role.WITNESS_CARE) -> int:
    with world.db.writing() as session:
        start = record_start(
            world.work(session, world.people[who]), world.only_referral(), kind, day
        )
        session.flush()
        return start.id


def ends(world: World, one: ClockView, day: date, reason: str = "") -> None:
    assert one.id is not None
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        record_end(work, world.only_referral(), one.id, EndEntry(day, reason, "Canary said so"))


def test_every_duty_of_the_table_has_a_clock_a_deadline_or_a_task() -> None:
    held = {row.duty for row in DUTIES if row.tracked} | {rule.duty for rule in RULES}
    assert held | set(OF_TASKS) == {row.duty for row in DUTIES if row.is_owed}


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([(18, None, None), (20, FIRST_CONTACT, None)], [(20, None, None)]),
        ([(20, FIRST_CONTACT, None), (24, None, None)], [(20, 24, None)]),
        ([(20, FIRST_CONTACT, 25), (26, FIRST_CONTACT, None)], [(20, 26, 25), (26, None, None)]),
    ],
    ids=["an earlier letter", "a later letter", "sent again"],
)
def test_each_first_letter_has_a_reminder_that_it_does_not_meet_itself(
    posts: list[Any], expected: list[Any]
) -> None:
    def day(number: int | None) -> date | None:
        return date(2026, 3, number) if number else None

    posted = tuple(
        SimpleNamespace(posted_on=day(on), duty=duty, came_back_on=day(back))
        for on, duty, back in posts
    )
    hers = SimpleNamespace(victim=SimpleNamespace(id=1), choices=(), contacts=(), posted=posted)
    rule = next(one for one in RULES if one.duty == "remind-victim")
    runs = rule.runs(SimpleNamespace(victims=(hers,)))  # type: ignore[arg-type]
    assert [(one.starts_on, one.met_on, one.stop.on if one.stop else None) for one in runs] == [
        tuple(map(day, each)) for each in expected
    ]


def test_a_sentence_starts_the_clocks_of_the_court_and_of_the_back_stop(case: World) -> None:
    court = clock(case, "court-tells-witness-care")
    assert (court.owed_by, court.starts_on, court.due_on) == (
        "court",
        FRIDAY_20_MARCH,
        date(2026, 3, 27),
    )
    assert court.state is State.DUE_SOON
    assert clock(case, "back-stop-alert").due_on == date(2026, 4, 7)
    assert clock(case, "back-stop-breach").due_on == date(2026, 5, 6)


def test_it_is_late_the_day_after_it_was_due_though_no_scheduler_runs(case: World) -> None:
    for day, state in (
        (date(2026, 3, 26), State.DUE_SOON),
        (date(2026, 3, 27), State.DUE_SOON),
        (date(2026, 3, 28), State.OVERDUE),
    ):
        case.clock.move_to(day)
        assert clock(case, "court-tells-witness-care").state is state
        (sentence,) = state_of_today(case)["sentences"]
        (dumped,) = [
            one
            for one in sentence["referral"]["clocks"]
            if one["duty"] == "court-tells-witness-care"
        ]
        assert dumped["overdue"] == (state is State.OVERDUE)


def state_of_today(world: World) -> dict[str, Any]:
    with world.db.reading() as session:
        return state_dump.state(session, world.sealer, world.today)


def test_the_missed_day_to_refer_shows_in_the_dump_though_nobody_marked_it(case: World) -> None:
    case.clock.move_to(date(2026, 4, 7))
    (sentence,) = state_of_today(case)["sentences"]
    assert [one["overdue"] for one in sentence["referral"]["deadlines"]] == [False]
    case.clock.move_to(date(2026, 4, 8))
    (sentence,) = state_of_today(case)["sentences"]
    (refer,) = sentence["referral"]["deadlines"]
    assert (refer["overdue"], refer["missed"]) == (True, False)


def test_who_refers_a_victim_knew_the_sentence_at_the_latest_then(case: World) -> None:
    refer(case, "Nia")
    court = clock(case, "court-tells-witness-care")
    assert (court.met_on, court.at_latest) == (MONDAY_23, True)
    starts(case, "result_received", FRIDAY_20_MARCH)
    court = clock(case, "court-tells-witness-care")
    assert (court.met_on, court.at_latest) == (FRIDAY_20_MARCH, False)


def test_witness_care_has_one_working_day_from_the_result_and_says_when_it_told(
    case: World,
) -> None:
    assert clocks(case, "tell-victim-sentence") == []
    starts(case, "result_received", FRIDAY_20_MARCH)
    told_of = clock(case, "tell-victim-sentence")
    assert (told_of.due_on, told_of.owed_by) == (MONDAY_23, "witness care unit")
    ends(case, told_of, MONDAY_23)
    told_of = clock(case, "tell-victim-sentence")
    assert (told_of.met_on, told_of.state) == (MONDAY_23, State.MET)


def test_a_stop_with_a_reason_hides_none_of_the_time_that_passed(case: World) -> None:
    starts(case, "result_received", FRIDAY_20_MARCH)
    case.clock.move_to(date(2026, 4, 20))
    ends(case, clock(case, "tell-victim-sentence"), date(2026, 4, 17), "others_told")
    stopped = clock(case, "tell-victim-sentence")
    assert stopped.stop_reason is StopReason.OTHERS_TOLD
    assert stopped.age_days == 31
    assert stopped.working_days is not None
    assert stopped.working_days < 0


def test_what_was_recorded_by_mistake_stops_its_clocks_and_stays_to_be_seen(case: World) -> None:
    start = starts(case, "complaint", MONDAY_23)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.WITNESS_CARE])
        take_back_start(work, case.only_referral(), start)
    for duty in ("complaint-acknowledged", "complaint-answered"):
        assert clock(case, duty).stop_reason is StopReason.TAKEN_BACK
    with case.db.reading() as session:
        assert session.get_one(ClockStart, start).taken_back_at is not None


def test_a_complaint_is_acknowledged_in_10_and_answered_in_20_working_days(case: World) -> None:
    starts(case, "complaint", FRIDAY_20_MARCH, Role.VLO)
    first, second = clock(case, "complaint-acknowledged"), clock(case, "complaint-answered")
    assert (first.due_on, second.due_on) == (date(2026, 4, 7), date(2026, 4, 21))
    assert not first.is_confirmed


def test_the_unit_gives_a_referral_to_an_officer_within_two_working_days(case: World) -> None:
    assert clocks(case, "allocate") == []
    refer(case, "Nia")
    given = clock(case, "allocate")
    assert (given.due_on, given.is_confirmed, given.met_on) == (date(2026, 3, 25), False, None)
    case.clock.move_to(TUESDAY_24)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        assign_vlo(work, case.only_referral(), case.people[Role.VLO].account_id)
    assert clock(case, "allocate").met_on == TUESDAY_24


def test_whoever_joins_is_written_to_within_a_year_until_they_leave(case: World) -> None:
    victim = refer(case, "Nia")
    chooses(case, victim, Choice.OPT_IN, MONDAY_23)
    assert clock(case, "annual-contact").due_on == date(2027, 3, 23)
    case.clock.move_to(date(2026, 6, 1))
    chooses(case, victim, Choice.OPT_OUT, date(2026, 6, 1))
    left = clock(case, "annual-contact")
    assert (left.stop_reason, left.stopped_on) == (
        StopReason.NO_CONTACT_WANTED,
        date(2026, 6, 1),
    )
    chooses(case, victim, Choice.OPT_IN, date(2026, 6, 1))
    assert [one.is_open for one in clocks(case, "annual-contact")] == [True, False]


def chooses(world: World, victim: str, choice: Choice, day: date) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_choice(work, victim, choice, day, "by phone")


def test_a_parole_review_waits_for_its_decision_and_a_decision_to_be_told(case: World) -> None:
    victim = refer(case, "Nia")
    review = EventEntry(EventKind.PAROLE_REVIEW, MONDAY_23, EventSource.PAROLE_BOARD)
    happens(case, review)
    assert clock(case, "parole-decision").due_on == date(2026, 4, 6)
    case.clock.move_to(date(2026, 4, 1))
    decided = EventEntry(EventKind.PAROLE_DECISION, date(2026, 4, 1), EventSource.PAROLE_BOARD)
    event = happens(case, decided)
    assert clock(case, "parole-decision").met_on == date(2026, 4, 1)
    assert clock(case, "parole-reconsideration").due_on == date(2026, 4, 22)
    telling = clock(case, "tell-victim-parole-decision")
    assert (telling.due_on, telling.state) == (None, State.NONE)
    case.clock.move_to(date(2026, 4, 3))
    assert clock(case, "tell-victim-parole-decision").age_days == 2
    decide(case, event, victim, "phone")
    tell(case, event, victim)
    assert clock(case, "tell-victim-parole-decision").met_on == date(2026, 4, 3)


def test_a_closed_referral_stops_every_clock_and_one_opened_again_runs_on(case: World) -> None:
    case.close_without_victim()
    assert StopReason.REFERRAL_CLOSED in {one.stop_reason for one in all_clocks(case)}
    assert not any(one.is_open for one in all_clocks(case))
    case.reopen()
    assert all(one.is_open for one in all_clocks(case))


def all_clocks(world: World) -> list[ClockView]:
    return [one for rule in RULES for one in clocks(world, rule.duty)]


def test_a_sentence_of_another_day_starts_its_clocks_anew(case: World) -> None:
    first = clock(case, "court-tells-witness-care")
    later = told(TUESDAY_24, shared_at="17:30:00")
    case.clock.move_to(TUESDAY_24)
    case.court_tells(later)
    with case.db.writing() as session:
        for one in session.exec(select(Sentence).where(Sentence.sentenced_on == FRIDAY_20_MARCH)):
            one.sentenced_on = FRIDAY_20_MARCH - timedelta(days=1)
            session.add(one)
    held = [
        one
        for one in clocks(case, "court-tells-witness-care")
        if one.referral_reference == first.referral_reference
    ]
    assert [(one.starts_on, one.stop_reason) for one in held] == [
        (date(2026, 3, 19), None),
        (FRIDAY_20_MARCH, StopReason.SENTENCE_CHANGED),
    ]


def test_nobody_ends_what_the_record_itself_can_show_or_a_day_that_cannot_be(case: World) -> None:
    with pytest.raises(NotFound):
        ends(case, clock(case, "court-tells-witness-care"), MONDAY_23)
    with pytest.raises(NotValid):
        starts(case, "complaint", TUESDAY_24)
    with pytest.raises(NotValid):
        starts(case, "result_received", date(2026, 3, 19))
    starts(case, "result_received", FRIDAY_20_MARCH)
    with pytest.raises(Conflict):
        starts(case, "result_received", FRIDAY_20_MARCH)
    with pytest.raises(NotValid):
        ends(case, clock(case, "tell-victim-sentence"), TUESDAY_24)
    with pytest.raises(NotAllowed):
        starts(case, "complaint", MONDAY_23, Role.ADMINISTRATOR)


def test_each_sees_the_late_clocks_that_are_theirs_to_act_on(case: World) -> None:
    starts(case, "result_received", FRIDAY_20_MARCH)
    case.clock.move_to(date(2026, 3, 25))
    assert late(case, case.people[Role.WITNESS_CARE]) == ["tell-victim-sentence"]
    assert late(case, case.people[Role.MANAGER]) == []
    case.clock.move_to(date(2026, 4, 8))
    assert late(case, case.people[Role.MANAGER]) == ["back-stop-alert"]
    elsewhere = case.hire(Role.MANAGER, "Manager of Wales", "N03")
    assert late(case, elsewhere) == []


def late(world: World, who: Actor) -> list[str]:
    with world.db.reading() as session:
        return [one.duty for one in late_or_soon(session, who, world.today)]


def test_no_new_clock_counts_as_a_sentence_that_nobody_accounted_for(case: World) -> None:
    before = case.headline()
    starts(case, "result_received", FRIDAY_20_MARCH)
    case.clock.move_to(date(2026, 4, 1))
    after = case.headline()
    assert (before.unaccounted, before.overdue) == (1, 0)
    assert (after.unaccounted, after.overdue) == (1, 0)


def test_a_message_that_nobody_could_read_is_answered_for_within_two_working_days(
    world: World,
) -> None:
    world.court_tells(b'{"a": 1}')
    (task,) = world.tasks(Role.ADMINISTRATOR)
    assert (task.kind, task.due_on) == ("set_aside", TUESDAY_24)
