"""A set that is late tells its officers first, then their managers, by mail without a name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.events.test_updates import give, told_of
from tests.events.told import IN_ERROR, PLANNED, asks_for, decide, happens, refer, tell
from tests.journeys.world import World
from vcs.consequences.hidden.excluding import exclude
from vcs.referrals.officers.assign import assign_vlo
from vcs.terms import Role


def given_to_the_officer(case: World) -> None:
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        assign_vlo(work, case.only_referral(), case.people[Role.VLO].account_id)


def mailed(case: World, word: str) -> list[str]:
    """Sweep, and return to whom mail with a word in its subject went."""
    case.sweep()
    return [mail["To"] for mail in case.mail() if word in mail["Subject"]]


def test_in_danger_the_officer_hears_in_half_the_time_and_the_manager_when_it_is_over(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    given_to_the_officer(case)
    event = happens(case, IN_ERROR)
    case.clock.move_to(case.clock.now() + timedelta(minutes=29))
    assert mailed(case, "Tell people by") == []
    case.clock.move_to(case.clock.now() + timedelta(minutes=1))
    assert mailed(case, "Tell people by") == ["vlo@example.org"]
    case.clock.move_to(case.clock.now() + timedelta(minutes=30))
    assert mailed(case, "Not told in time") == []
    case.clock.move_to(case.clock.now() + timedelta(seconds=1))
    assert mailed(case, "Not told in time") == ["manager@example.org"]
    assert mailed(case, "Not told in time") == ["manager@example.org"]
    (late,) = [mail for mail in case.mail() if "Not told" in mail["Subject"]]
    assert event in late["Subject"]
    assert "Ann" not in str(late)
    assert case.problems() == []


def test_whoever_is_told_in_time_brings_no_mail_to_the_manager(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    tell(case, event, victim)
    case.clock.move_to(case.clock.now() + timedelta(hours=2))
    assert mailed(case, "Not told in time") == []


def test_planned_news_warns_the_officer_on_the_last_day_and_the_manager_after_it(
    case: World,
) -> None:
    refer(case, "Ann Lis")
    given_to_the_officer(case)
    happens(case, PLANNED)
    for day, soon, late in (
        (date(2026, 4, 8), [], []),
        (date(2026, 4, 9), ["vlo@example.org"], []),
        (date(2026, 4, 10), ["vlo@example.org"], ["manager@example.org"]),
    ):
        case.clock.move_to(day)
        assert (mailed(case, "Tell people by"), mailed(case, "Not told in time")) == (soon, late)


def test_whoever_covers_for_the_officer_is_warned_as_well(case: World) -> None:
    from vcs.referrals.officers.leave import Away, record_leave

    refer(case, "Ann Lis")
    given_to_the_officer(case)
    cover = case.hire(Role.VLO, "Cover")
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        officer = case.people[Role.VLO].account_id
        away = Away(officer, cover.account_id, case.today, date(2026, 3, 31))
        record_leave(work, away)
    happens(case, IN_ERROR)
    case.clock.move_to(case.clock.now() + timedelta(minutes=31))
    assert sorted(mailed(case, "Tell people by")) == ["cover@example.org", "vlo@example.org"]


def test_word_that_is_owed_warns_two_hours_before_and_is_late_after_its_hour(case: World) -> None:
    event, victim = told_of(case)
    given_to_the_officer(case)
    case.clock.move_to(case.clock.now() + timedelta(hours=9, minutes=59))
    assert mailed(case, "Tell people by") == []
    case.clock.move_to(case.clock.now() + timedelta(minutes=1))
    assert mailed(case, "Tell people by") == ["vlo@example.org"]
    case.clock.move_to(case.clock.now() + timedelta(hours=2, seconds=1))
    assert mailed(case, "Not told in time") == ["manager@example.org"]
    give(case, event, victim)
    case.clock.move_to(case.clock.now() + timedelta(hours=12, seconds=1))
    assert mailed(case, "Not told in time") == ["manager@example.org"] * 2


def test_without_an_officer_the_managers_are_warned(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, IN_ERROR)
    decide(case, event, victim, "phone")
    case.clock.move_to(case.clock.now() + timedelta(minutes=31))
    assert mailed(case, "Tell people by") == ["manager@example.org"]


def test_a_mail_that_did_not_leave_is_withdrawn_once_nobody_waits(case: World) -> None:
    from sqlmodel import select

    from vcs.alerts.causes import late_telling
    from vcs.alerts.records import AlertRecord

    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    case.sweep()
    case.clock.move_to(case.clock.now() + timedelta(minutes=61))
    with case.db.writing() as session:
        wanted = late_telling.wanted_notices(session, case.clock.now())
        late_telling.keep_notices(session, wanted, [], case.clock.now())
    tell(case, event, victim)
    assert mailed(case, "Not told in time") == []
    with case.db.reading() as session:
        late = session.exec(select(AlertRecord).where(AlertRecord.kind == "tell_late")).one()
        assert isinstance(late.withdrawn_at, datetime)


@pytest.mark.parametrize("word", ["Tell people now", "Not told in time"])
def test_nobody_who_is_excluded_from_the_case_gets_a_mail_about_it(case: World, word: str) -> None:
    refer(case, "Ann Lis")
    other = case.hire(Role.MANAGER, "Other")
    with case.db.writing() as session:
        work = case.work(session, other)
        exclude(work, case.only_referral(), case.people[Role.MANAGER].account_id, "Her sister")
    happens(case, IN_ERROR)
    case.clock.move_to(case.clock.now() + timedelta(minutes=61))
    assert mailed(case, word) == ["other@example.org"]
