"""Planned news: people are told together, by a time, and a mistake is told to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from tests.events.told import (
    IN_ERROR,
    PLANNED,
    RANG,
    TUESDAY_24,
    asks_for,
    chooses,
    decide,
    happens,
    line,
    page,
    refer,
    tell,
    tried,
)
from tests.journeys.world import World, a_victim, told
from vcs.clock import london_date
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.catalogue import CATALOGUE, Unit
from vcs.events.moments import read_time, tell_by
from vcs.events.planned import planned_release_of
from vcs.events.reads import events_of_referral
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.events.sets.not_told import record_not_to_be_told
from vcs.events.sets.now_reads import to_tell_now
from vcs.events.sets.split import split_set
from vcs.events.sets.tell import ToldEntry
from vcs.events.take_back import take_back
from vcs.sentences.records import Sentence
from vcs.terms import Choice, Role
from vcs.victims.identity.known import Answer, refer_person


def split(world: World, event: str, reason: str = "One is in hospital.") -> None:
    with world.db.writing() as session:
        split_set(world.work(session, world.people[Role.MANAGER]), event, reason)


def undo(world: World, event: str, reason: str = "It was another man.") -> None:
    with world.db.writing() as session:
        take_back(world.work(session, world.people[Role.MANAGER]), event, reason)


def test_nobody_is_told_until_every_line_is_ready(case: World) -> None:
    first, second = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, PLANNED)
    decide(case, event, first, "phone")
    with pytest.raises(Conflict, match="told together"):
        tell(case, event, first)
    with pytest.raises(Conflict, match="told together"):
        tried(case, event, first)
    decide(case, event, second, "in_person")
    tell(case, event, first)
    assert (page(case, event).progress.told, page(case, event).progress.to_tell) == (1, 2)


def test_a_manager_splits_the_set_with_a_reason_and_the_time_stays(case: World) -> None:
    first, _ = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, PLANNED)
    by = page(case, event).tell_by_at
    with pytest.raises(NotValid):
        split(case, event, " ")
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        with pytest.raises(NotAllowed):
            split_set(work, event, "So.")
    split(case, event)
    with pytest.raises(Conflict):
        split(case, event)
    tell(case, event, first)
    view = page(case, event)
    assert (view.split_reason, view.tell_by_at) == ("One is in hospital.", by)


def test_whoever_opted_out_is_not_told_and_nobody_waits_for_them(case: World) -> None:
    out, joined = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    chooses(case, out, Choice.OPT_OUT)
    event = happens(case, PLANNED)
    assert line(case, event, out).not_told_reason == "opted_out"
    decide(case, event, joined, "phone")
    tell(case, event, joined)
    assert page(case, event).progress.waiting == 0


def test_a_no_in_one_referral_counts_for_every_referral_of_that_offender(case: World) -> None:
    here = refer(case, "Ann Lis")
    case.court_tells(told(urn="13EX0000226"))
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.WITNESS_CARE])
        known = a_victim(name="Ann Lis", address_lines=("659 Canary Lane", "Leeds"))
        there = refer_person(work, case.referrals()[1], known, Answer(here, (here,))).reference
    event = happens(case, PLANNED)
    chooses(case, there, Choice.OPT_OUT)
    decide(case, event, here, "phone")
    with case.db.writing() as session:
        split_set(case.work(session, case.people[Role.MANAGER]), event, "One is abroad.")
    with pytest.raises(Conflict, match="opted out since"):
        tell(case, event, here)


def test_a_choice_made_while_the_set_is_open_counts(case: World) -> None:
    changes, other = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, PLANNED)
    decide(case, event, changes, "phone")
    decide(case, event, other, "phone")
    chooses(case, changes, Choice.OPT_OUT)
    with pytest.raises(Conflict, match="opted out since"):
        tell(case, event, changes)
    case.sweep()
    assert line(case, event, changes).not_told_reason == "opted_out"
    chooses(case, changes, Choice.OPT_IN)
    case.sweep()
    assert line(case, event, changes).is_open
    assert case.problems() == []


def test_the_last_one_who_is_not_to_be_told_ends_the_hold_too(case: World) -> None:
    first, second = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, PLANNED)
    decide(case, event, first, "phone")
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        record_not_to_be_told(work, event, second, "not_wanted", "She said so on Monday")
    tell(case, event, first)


def test_news_of_a_release_does_not_come_cold_on_paper(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, PLANNED)
    with pytest.raises(NotValid) as refusal:
        decide(case, event, victim, "letter")
    assert "does not come on paper first" in refusal.value.fields["way"]
    decide(case, event, victim, "letter", letters_only=True)
    tell(case, event, victim, ToldEntry("letter"))


def test_a_letter_may_follow_three_tries_on_three_days_in_two_ways(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, PLANNED)
    decide(case, event, victim, "phone")
    for day, how in ((24, "phone"), (25, "phone"), (26, "in_person")):
        with pytest.raises(NotValid):
            decide(case, event, victim, "letter")
        case.clock.move_to(date(2026, 3, day))
        tried(case, event, victim, how)
    decide(case, event, victim, "letter")
    tell(case, event, victim, ToldEntry("letter"))


@pytest.mark.parametrize("name", ["Ann Lis (deceased)", "ANN LIS DO NOT CONTACT"])
def test_a_name_that_says_died_or_no_contact_is_looked_into_before_anybody_rings(
    case: World, name: str
) -> None:
    victim = refer(case, name)
    event = happens(case, PLANNED)
    with pytest.raises(Conflict, match="Find out first"):
        decide(case, event, victim, "phone")
    split(case, event)
    with pytest.raises(Conflict, match="Find out first"):
        tell(case, event, victim)


@pytest.mark.parametrize("safe", [None, False])
def test_a_letter_goes_to_nobody_to_whom_it_is_not_known_to_be_safe(
    case: World, safe: bool | None
) -> None:
    victim = refer(case, "Ann Lis", safe_to_post=safe)
    event = happens(case, PLANNED)
    with pytest.raises(NotValid):
        decide(case, event, victim, "letter", letters_only=True)


def test_what_was_told_and_taken_back_is_told_to_be_a_mistake_by_the_same_way(case: World) -> None:
    told_one, not_told = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    asks_for(case, told_one, "ring")
    event = happens(case, IN_ERROR)
    tell(case, event, told_one)
    undo(case, event)
    view = page(case, event)
    assert [(one.victim_reference, one.way) for one in view.lines] == [(told_one, "phone")]
    assert not_told not in str(view)
    tell(case, event, told_one, replace(RANG, spoke_to="Ann herself"))
    assert page(case, event).progress.waiting == 0
    assert case.view().history[0].event in ("event.undone_told", "contact.recorded")
    with pytest.raises(Conflict):
        undo(case, event)
    assert case.problems() == []


def test_events_are_in_the_order_in_which_they_happened_and_what_is_now_is_the_latest(
    case: World,
) -> None:
    refer(case, "Ann Lis")
    case.clock.move_to(date(2026, 11, 24))
    for kind, day in (
        (EventKind.BACK_IN_CUSTODY, date(2026, 11, 2)),
        (EventKind.RELEASED, date(2026, 10, 30)),
        (EventKind.RELEASED, date(2026, 11, 16)),
    ):
        happens(case, EventEntry(kind, day, "prison"))
    with case.db.reading() as session:
        found = events_of_referral(
            session, case.sealer, case.people[Role.VLO], case.only_referral(), case.today
        )
    assert [(row.row.kind, row.happened_on.day) for row in found.rows] == [
        ("released", 16),
        ("back_in_custody", 2),
        ("released", 30),
    ]
    assert found.is_out
    late = page(case, found.rows[1].reference)
    assert late.overtaken_by is not None
    assert (late.overtaken_by.happened_on, late.late_days) == (date(2026, 11, 16), 22)


def test_a_release_that_moves_there_and_back_is_where_it_moved_last(case: World) -> None:
    refer(case, "Ann Lis")
    march, september = date(2027, 3, 1), date(2026, 9, 1)
    moved = replace(PLANNED, kind=EventKind.RELEASE_MOVED)
    known = []
    for day in (march, september, march, march):
        case.clock.days(1)
        known.append(happens(case, replace(moved, happened_on=day)))
    assert known[0] != known[2] == known[3]
    with case.db.reading() as session:
        sentence = session.exec(select(Sentence)).one()
        assert planned_release_of(session, case.sealer, sentence, case.today) == march


def test_only_the_month_may_be_known_of_what_is_planned_and_it_is_one_event(case: World) -> None:
    refer(case, "Ann Lis")
    march = replace(PLANNED, happened_on=date(2026, 3, 10), only_month=True)
    event = happens(case, march)
    view = page(case, event)
    assert (view.happened_on, view.only_month) == (date(2026, 3, 1), True)
    assert happens(case, replace(march, happened_on=date(2026, 3, 30))) == event
    for gone in (
        replace(march, happened_on=date(2026, 2, 28)),
        replace(march, kind=EventKind.RELEASED),
    ):
        with pytest.raises(NotValid) as refusal:
            happens(case, gone)
        assert "happened_on" in refusal.value.fields


@pytest.mark.parametrize(
    ("kind", "planned", "known", "by"),
    [
        # 10 working days from Tuesday 24 March 2026; Good Friday and Easter Monday between.
        ("release_planned", date(2026, 12, 1), TUESDAY_24, date(2026, 4, 9)),
        # Never later than the day before.
        ("release_planned", date(2026, 3, 30), TUESDAY_24, date(2026, 3, 29)),
        ("release_planned", date(2026, 3, 25), TUESDAY_24, TUESDAY_24),
        ("temporary_release", TUESDAY_24, TUESDAY_24, TUESDAY_24),
        # The same day is that day, on a Saturday too.
        ("released", date(2026, 3, 28), date(2026, 3, 28), date(2026, 3, 28)),
        ("recalled", date(2026, 3, 27), date(2026, 3, 27), date(2026, 3, 30)),
    ],
)
def test_by_when_planned_news_is_told(
    kind: EventKind, planned: date, known: date, by: date
) -> None:
    noon = datetime(known.year, known.month, known.day, 12, tzinfo=UTC)
    assert london_date(tell_by(CATALOGUE[kind], planned, noon)) == by


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:05", "14:05"),
        ("2.05pm", "14:05"),
        ("2 PM", "14:00"),
        ("12am", "00:00"),
        ("0930", "09:30"),
        ("9", None),
        ("25:00", None),
        ("13pm", None),
        ("noon", None),
    ],
)
def test_a_time_is_read_as_people_type_it_and_never_guessed(typed: str, read: str | None) -> None:
    found = read_time(typed)
    assert (f"{found:%H:%M}" if found else None) == read


def test_the_first_page_leads_with_danger_then_with_what_is_overdue(case: World) -> None:
    refer(case, "Ann Lis")
    planned = happens(case, PLANNED)
    assert lead(case) == ([], 1)
    danger = happens(case, IN_ERROR)
    assert lead(case) == ([danger], 1)
    case.clock.move_to(date(2026, 4, 9))
    assert lead(case) == ([danger], 1)
    case.clock.move_to(date(2026, 4, 10))
    assert lead(case) == ([danger, planned], 0)


def lead(case: World) -> tuple[list[str], int]:
    with case.db.reading() as session:
        found = to_tell_now(session, case.people[Role.VLO], case.clock.now())
    return [one.reference for one in found.urgent], found.others


def test_every_kind_has_a_row_and_only_danger_and_what_is_safe_again_is_in_hours() -> None:
    assert set(CATALOGUE) == set(EventKind)
    for row in CATALOGUE.values():
        assert not (row.danger and row.may_hold)
        assert (row.tell_by.unit is Unit.HOURS) == (not row.may_hold)
        assert not row.confirmed
        assert row.source
