"""The day of the Queen's funeral became a bank holiday nine days before: open dates move."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import pytest
from sqlalchemy import text
from sqlmodel import select

from scheduler.jobs import Sweep
from scheduler.runs import sweep_all
from tests.journeys.world import World, furnished, told
from tests.services.clock import MovableClock
from tests.services.mailbox import text_of
from vcs.access import trail
from vcs.consequences.past import recount
from vcs.database import Database, connect
from vcs.law.deadlines import working_days
from vcs.law.deadlines.working_days import BankHoliday, Calendar
from vcs.migrations.upgrade import migrate
from vcs.referrals.due_days.due import Recount, to_count_again
from vcs.referrals.records import DeadlineMove, DeadlineRecord
from vcs.settings import Settings

MONDAY_5_SEPTEMBER = date(2022, 9, 5)

FRIDAY_9_SEPTEMBER = date(2022, 9, 9)

SATURDAY_10_SEPTEMBER = date(2022, 9, 10)

MONDAY_19_SEPTEMBER = date(2022, 9, 19)

TUESDAY_20_SEPTEMBER = date(2022, 9, 20)

WHY = "Bank holiday on Monday 19 September 2022, announced 10 September 2022"


@pytest.fixture
def september(settings: Settings, database: Database, clock: MovableClock) -> World:
    """Return a world on Monday 5 September 2022, when somebody was sentenced."""
    clock.move_to(MONDAY_5_SEPTEMBER)
    world = furnished(settings, database, clock)
    world.court_tells(told(MONDAY_5_SEPTEMBER))
    return world


def due(world: World) -> list[date]:
    return [one.due_on for one in world.view().deadlines]


def moves(world: World) -> list[DeadlineMove]:
    with world.db.reading() as session:
        return list(session.exec(select(DeadlineMove)))


def test_the_day_it_is_announced_the_open_date_moves_and_says_why(september: World) -> None:
    september.clock.move_to(FRIDAY_9_SEPTEMBER)
    september.sweep()
    assert due(september) == [MONDAY_19_SEPTEMBER]
    assert moves(september) == []
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    (deadline,) = september.view().deadlines
    (move,) = deadline.moves
    assert deadline.due_on == TUESDAY_20_SEPTEMBER
    assert (move.was, move.became, move.why) == (MONDAY_19_SEPTEMBER, TUESDAY_20_SEPTEMBER, WHY)
    assert move.moved_at == september.clock.now()
    (line,) = [line for line in september.view().history if line.event == "deadline.moved"]
    assert (line.who, line.detail) == ("The system", "refer-to-probation 2022-09-19 2022-09-20")
    with september.db.reading() as session:
        assert trail.verify(session) is None


def test_it_moves_once_however_often_and_by_however_many_it_is_swept(september: World) -> None:
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    sweeps = [
        threading.Thread(
            target=sweep_all,
            args=(Sweep(september.settings, september.db, september.sealer, september.clock.now),),
        )
        for _ in range(4)
    ]
    for one in sweeps:
        one.start()
    for one in sweeps:
        one.join()
    september.sweep()
    assert len(moves(september)) == 1
    assert len([x for x in september.view().history if x.event == "deadline.moved"]) == 1


def test_nobody_is_told_of_a_miss_on_the_day_that_became_a_holiday(september: World) -> None:
    september.clock.move_to(TUESDAY_20_SEPTEMBER)
    september.sweep()
    assert september.misses_told() == []
    september.clock.days(1)
    september.sweep()
    assert len(september.misses_told()) == 1
    assert "Due Tuesday 20 September" in " ".join(text_of(september.digests()[-1]).split())


def test_what_was_done_in_time_keeps_the_date_it_was_done_by(september: World) -> None:
    september.clock.move_to(FRIDAY_9_SEPTEMBER)
    september.refer()
    referred, contact = due(september)
    assert (referred, contact) == (MONDAY_19_SEPTEMBER, date(2022, 10, 7))
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    assert due(september) == [MONDAY_19_SEPTEMBER, date(2022, 10, 10)]  # Monday
    assert len(moves(september)) == 1


def test_a_count_made_after_the_news_needs_no_move_and_holds_the_same(
    september: World, settings: Settings, clock: MovableClock
) -> None:
    clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    other = settings.model_copy(
        update={"database_url": f"sqlite:///{settings.data_dir / 'later.sqlite3'}"}
    )
    migrate(other)
    db = connect(other)
    later = furnished(other, db, clock)
    later.court_tells(told(MONDAY_5_SEPTEMBER))
    later.sweep()
    assert due(later) == [TUESDAY_20_SEPTEMBER]
    assert moves(later) == []
    assert later.state() == september.state()
    db.close()


def test_the_coronation_moves_a_first_contact_that_runs_over_it(
    settings: Settings, database: Database, clock: MovableClock
) -> None:
    clock.move_to(date(2022, 11, 4))  # Friday
    world = furnished(settings, database, clock)
    world.court_tells(told(date(2022, 11, 4)))
    world.refer()
    with database.writing() as session:
        contact = session.exec(
            select(DeadlineRecord).where(DeadlineRecord.duty == "first-contact")
        ).one()
        # As if it had been referred in April, and the news had not yet come.
        contact.starts_on, contact.due_on = date(2023, 4, 11), date(2023, 5, 10)
        contact.calendar = working_days.version(date(2022, 11, 4))
        session.add(contact)
    clock.move_to(date(2022, 11, 6))  # Sunday
    world.sweep()
    (move,) = moves(world)
    assert (move.was, move.became) == (date(2023, 5, 10), date(2023, 5, 11))
    assert move.why == "Bank holiday on Monday 8 May 2023, announced 6 November 2022"


def rows_of_the_table() -> Iterator[BankHoliday]:
    words = (files("vcs.law") / "data" / "bank_holidays.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(words.splitlines()):
        yield working_days.bank_holiday(row)


def with_the_funeral(withdrawn_on: date) -> Calendar:
    """Return the calendar as it would be had the funeral's holiday been taken back on a day."""
    made = []
    for row in rows_of_the_table():
        if row.day == MONDAY_19_SEPTEMBER:
            row = BankHoliday(
                row.day, row.title, row.title_cy, row.known_on, withdrawn_on, "withdrawn", "a test"
            )
        made.append(row)
    return Calendar(made)


def test_a_holiday_taken_back_moves_the_date_earlier_and_asks_a_person(
    september: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_days, "_HELD", with_the_funeral(date(2022, 9, 14)))
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    september.clock.move_to(date(2022, 9, 14))  # Wednesday
    september.sweep()
    later, earlier = moves(september)
    assert (earlier.was, earlier.became) == (TUESDAY_20_SEPTEMBER, MONDAY_19_SEPTEMBER)
    assert earlier.why == "Bank holiday on Monday 19 September 2022, withdrawn 14 September 2022"
    (task,) = september.tasks()
    assert "earlier than it was" in task.question
    assert task.due_on == MONDAY_19_SEPTEMBER
    assert later.became == earlier.was


def test_no_date_moves_earlier_than_today_it_stands_and_a_person_is_asked(
    september: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_days, "_HELD", with_the_funeral(TUESDAY_20_SEPTEMBER))
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    september.clock.move_to(TUESDAY_20_SEPTEMBER)
    september.sweep()
    assert due(september) == [TUESDAY_20_SEPTEMBER]
    left = moves(september)[-1]
    assert left.was == left.became == TUESDAY_20_SEPTEMBER
    assert "which has passed: it stands" in left.why
    assert len(september.tasks()) == 1
    assert september.misses_told() == []


def test_an_older_calendar_never_counts_over_a_newer_one(
    september: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.sweep()
    without = Calendar(row for row in rows_of_the_table() if row.day != MONDAY_19_SEPTEMBER)
    monkeypatch.setattr(working_days, "_HELD", without)
    september.sweep()
    today, now = september.today, september.clock.now()
    with september.db.reading() as session:
        assert to_count_again(session, today) == Recount((), ())
    with september.db.writing() as session:
        assert not recount.count_again(session, 1, today, now)
        assert recount.keep_as_counted(session, [1], today) == 0
    assert due(september) == [TUESDAY_20_SEPTEMBER]
    assert len(moves(september)) == 1


def test_when_the_official_list_catches_up_the_date_is_provisional_no_more(
    settings: Settings, database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move_to(date(2028, 12, 20))  # Wednesday
    world = furnished(settings, database, clock)
    world.court_tells(told(date(2028, 12, 20)))
    world.sweep()
    (before,) = world.view().deadlines
    assert before.provisional
    caught_up = [
        BankHoliday(r.day, r.title, r.title_cy, None, None, "official", "GOV.UK, a test")
        if r.day.year == 2029
        else r
        for r in rows_of_the_table()
    ]
    monkeypatch.setattr(working_days, "_HELD", Calendar(caught_up))
    world.sweep()
    (after,) = world.view().deadlines
    assert (after.provisional, after.due_on, after.moves) == (False, before.due_on, ())
    assert "deadline.confirmed" in [line.event for line in world.view().history]


def test_a_deadline_from_before_calendars_had_names_is_named_and_stays(september: World) -> None:
    with september.db.engine.begin() as connection:
        connection.execute(text("UPDATE deadline SET calendar = ''"))
    september.sweep()
    with september.db.reading() as session:
        (deadline,) = session.exec(select(DeadlineRecord)).all()
    assert deadline.calendar == working_days.version(MONDAY_5_SEPTEMBER)
    assert moves(september) == []


def test_what_is_done_between_the_look_and_the_move_is_left_alone(september: World) -> None:
    september.clock.move_to(SATURDAY_10_SEPTEMBER)
    september.close_without_victim()
    with september.db.writing() as session:
        assert not recount.count_again(session, 1, september.today, september.clock.now())
        assert recount.keep_as_counted(session, [1], september.today) == 0
    assert moves(september) == []
