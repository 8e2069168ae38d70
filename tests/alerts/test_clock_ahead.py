"""A clock that stood ahead and was put back: the true morning has its email, its day and its miss.

One referral is due on Tuesday 7 April 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.alerts.test_year import at, tick
from tests.journeys.world import TUESDAY_7_APRIL, WEST_YORKSHIRE, YORKSHIRE, World, told
from tests.scheduler.test_delivery import Choosy
from tests.services.mailbox import MailServer, text_of
from vcs.alerts.digest.records import Digest, DigestLine, Part
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.clock import london_date
from vcs.law.deadlines import duties
from vcs.partners.chase.owe import save_mailbox
from vcs.partners.chase.reads import mailbox_version
from vcs.referrals.records import DeadlineRecord
from vcs.terms import Role

WEDNESDAY_8, THURSDAY_9 = date(2026, 4, 8), date(2026, 4, 9)


@pytest.fixture
def given(world: World) -> World:
    """Return the world on the morning of the due day, after the digests of that day went."""
    world.court_tells(told())
    world.clock.move_to(at(TUESDAY_7_APRIL, 7, 5))
    tick(world)
    return world


def jump(world: World, ahead: timedelta, back: int = 14) -> None:
    """Let the clock stand ahead for some minutes, and put it back to an hour of the due day."""
    world.clock.move_to(at(TUESDAY_7_APRIL + ahead, 8))
    tick(world)
    world.clock.move_to(at(TUESDAY_7_APRIL, back))
    tick(world)


def morning(world: World, day: date) -> list[str]:
    """Return the manager's emails that come on a morning."""
    before = {one["Message-ID"] for one in world.digests()}
    world.clock.move_to(at(day, 7, 5))
    tick(world)
    tick(world)
    return [text_of(one) for one in world.digests() if one["Message-ID"] not in before]


def kept(session: Session, part: Part) -> list[Digest]:
    return list(session.exec(select(Digest).where(Digest.part == str(part))))


def test_the_true_morning_has_its_email_and_a_miss_is_new_once(given: World) -> None:
    jump(given, timedelta(days=1))
    (text,) = morning(given, WEDNESDAY_8)
    assert text.startswith("Wednesday 8 April 2026")
    assert f"{given.only_referral()}, 1 working day overdue" in text
    assert given.misses_told() == [given.only_referral()]
    (text,) = morning(given, THURSDAY_9)
    assert f"{given.only_referral()}, 2 working days overdue" in text
    assert given.problems() == []


def test_a_jump_before_the_morning_keeps_todays_email_from_nobody(world: World) -> None:
    world.court_tells(told())
    jump(world, timedelta(days=1), back=6)
    (today,) = morning(world, TUESDAY_7_APRIL)
    assert f"{world.only_referral()}, due today" in today
    (text,) = morning(world, WEDNESDAY_8)
    assert f"{world.only_referral()}, 1 working day overdue" in text


def test_what_became_known_after_the_jump_is_told_on_the_true_morning(given: World) -> None:
    jump(given, timedelta(days=1))
    given.court_tells(told(urn="13EX0000226"))
    _, late = given.referrals()
    (text,) = morning(given, WEDNESDAY_8)
    assert f"NEW: {late}, 1 working day overdue" in text


def test_what_was_referred_in_time_was_not_missed_whatever_the_clock_said(given: World) -> None:
    jump(given, timedelta(days=1))
    given.refer()
    (text,) = morning(given, WEDNESDAY_8)
    assert "overdue" not in text
    with given.db.reading() as session:
        refer = session.exec(select(DeadlineRecord).where(DeadlineRecord.duty == duties.REFER))
        found = [(one.met_on, one.missed_on) for one in refer]
    assert found == [(TUESDAY_7_APRIL, None)]


def test_after_a_year_ahead_each_morning_has_its_email_from_then_on(given: World) -> None:
    for days in (364, 365, 366):
        jump(given, timedelta(days=days))
    for number in range(1, 4):
        day = TUESDAY_7_APRIL + timedelta(days=number)
        (text,) = morning(given, day)
        assert f"{number} working day" in text
    with given.db.reading() as session:
        written = kept(session, Part.DIGEST)
        assert max(one.covers_until for one in written) <= given.clock.now()
        assert max(one.day for one in written) == given.today
        ahead = kept(session, Part.AHEAD)
        assert {one.day for one in ahead} == {TUESDAY_7_APRIL}
        theirs = [one.account_id for one in ahead]
        assert len(theirs) == len(set(theirs)), "one record of it for each reader"
        lines = session.exec(select(DigestLine)).all()
        assert max(one.day for one in lines) == given.today


@pytest.fixture
def refusing(world: World) -> Iterator[Choosy]:
    """Return a mail server that puts the manager's emails off."""
    mailbox = Choosy()
    mailbox.at_rcpt["manager@example.org"] = "450 4.2.2 try again"
    server = MailServer(mailbox)
    server.start()
    smtp = {"smtp_host": mailbox.host, "smtp_port": mailbox.port}
    world.settings = world.settings.model_copy(update=smtp)
    yield mailbox
    server.stop()


def test_what_nobody_took_while_it_was_ahead_is_forgotten_and_told_anew(
    given: World, refusing: Choosy
) -> None:
    jump(given, timedelta(days=1))
    del refusing.at_rcpt["manager@example.org"]
    given.clock.move_to(at(WEDNESDAY_8, 7, 5))
    tick(given)
    (mail,) = [one for one in refusing.messages if one["To"] == "manager@example.org"]
    assert f"NEW: {given.only_referral()}, 1 working day overdue" in text_of(mail)
    assert london_date(mail["Date"].datetime) == WEDNESDAY_8


def test_witness_care_has_its_email_of_the_true_day_too(given: World) -> None:
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.ADMINISTRATOR])
        save_mailbox(work, WEST_YORKSHIRE, "Unit", "wcu@example.org", mailbox_version(None))
    given.sweep()
    days = (WEDNESDAY_8, TUESDAY_7_APRIL, WEDNESDAY_8, THURSDAY_9)
    for minute, day in enumerate(days):
        given.clock.move_to(at(day, 9, minute))
        given.sweep()
    sent = [one["Subject"] for one in given.mail() if one["To"] == "wcu@example.org"]
    late = "Victims to refer: 1 late"
    assert sorted(sent) == ["Victims to refer: 1 due today", late, late, late]


def test_an_email_owed_by_a_clock_a_year_ahead_is_given_up_after_five_days(
    given: World, refusing: Choosy
) -> None:
    given.clock.move_to(at(TUESDAY_7_APRIL + timedelta(days=365), 8))
    with given.db.writing() as session:
        notice = Notice(AlertKind.LIST_UNKNOWN, "one", "", {"region": "Yorkshire"}, YORKSHIRE)
        owe_alert(session, notice, given.clock.now())
    for number in range(7):
        given.clock.move_to(at(TUESDAY_7_APRIL + timedelta(days=number), 12))
        tick(given, schedulers=1)
    asked = [one.question for one in given.tasks() if one.kind == "alert_not_sent"]
    assert any(one.startswith("The alert about one was not sent to Manager.") for one in asked)
