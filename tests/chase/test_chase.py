"""Witness care is asked for what is due: before its day, on it and after it, once a day a unit."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from typing import NoReturn

import pytest
from sqlmodel import select

from scheduler.alerts import chasing
from tests.journeys.world import TUESDAY_7_APRIL, WEST_YORKSHIRE, World, told
from tests.services.mailbox import Mailbox
from vcs.clock import LONDON
from vcs.errors import NotAllowed, NotValid
from vcs.ledger.health import mail_fails_since
from vcs.partners.chase.owe import save_mailbox
from vcs.partners.chase.reads import mailbox_version, to_chase
from vcs.partners.chase.records import Mailbox as MailboxRecord
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

SATURDAY_4 = date(2026, 4, 4)


@pytest.fixture
def unit(world: World) -> World:
    """Return the world with a mailbox for West Yorkshire and one referral due on 7 April 2026."""
    world.court_tells(told())
    save(world, "wcu@example.org")
    return world


def save(world: World, email: str, who: Role = Role.ADMINISTRATOR) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[who])
        seen = mailbox_version(session.get(MailboxRecord, WEST_YORKSHIRE))
        save_mailbox(work, WEST_YORKSHIRE, "Leeds Witness Care", email, seen)


def mails(world: World) -> list[EmailMessage]:
    return [one for one in world.mail() if one["To"] == "wcu@example.org"]


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_unit_is_asked_two_working_days_before_the_day_on_it_and_after_it(unit: World) -> None:
    """Good Friday and Easter Monday lie between Thursday 2 and Tuesday 7 April 2026."""
    asked = {
        date(2026, 3, 31): None,
        date(2026, 4, 1): "Victims to refer: 1 due soon",
        date(2026, 4, 2): "Victims to refer: 1 due soon",
        date(2026, 4, 6): None,
        TUESDAY_7_APRIL: "Victims to refer: 1 due today",
        date(2026, 4, 8): "Victims to refer: 1 late",
    }
    for day, subject in asked.items():
        before = len(mails(unit))
        unit.clock.move_to(day)
        unit.sweep()
        new = [one for one in mails(unit) if day_of(one) == day]
        assert [one["Subject"] for one in new] == ([subject] if subject else []), day
        assert len(mails(unit)) == before + len(new)


def day_of(mail: EmailMessage) -> date:
    return mail["Date"].datetime.astimezone(LONDON).date()  # type: ignore[no-any-return]  # a date header


def test_it_names_references_and_links_to_the_short_page_and_nobody(unit: World) -> None:
    unit.clock.move_to(date(2026, 4, 8))
    unit.sweep()
    (mail,) = mails(unit)
    reference = unit.only_referral()
    assert f"{unit.settings.base_url}/witness-care/{reference}" in text(mail)
    whole = mail.as_bytes().decode()
    assert not [one for one in ("Madeup", "Colin", "Wounding", "OF61131") if one in whole]


def test_one_email_a_day_however_often_it_is_swept_and_none_at_a_weekend(unit: World) -> None:
    unit.clock.move_to(SATURDAY_4)
    unit.sweep()
    assert mails(unit) == []
    unit.clock.move_to(date(2026, 4, 8))
    for _ in range(3):
        unit.sweep()
    assert len(mails(unit)) == 1


def test_what_the_unit_answered_is_not_asked_for_again(unit: World) -> None:
    unit.clock.move_to(date(2026, 4, 8))
    unit.propose()
    unit.sweep()
    assert mails(unit) == []


def test_who_has_no_mailbox_gets_nothing_and_a_mailbox_can_be_taken_away(unit: World) -> None:
    save(unit, "")
    unit.clock.move_to(date(2026, 4, 8))
    unit.sweep()
    assert mails(unit) == []
    with pytest.raises(NotValid):
        save(unit, "not an address")
    with pytest.raises(NotAllowed):
        save(unit, "a@example.org", Role.MANAGER)


def test_after_an_outage_there_is_one_email_and_not_one_for_each_day(
    unit: World, smtp_sink: Mailbox
) -> None:
    by_smtp(unit, smtp_sink)
    smtp_sink.answer = "450 4.3.0 Try again later"
    for day in (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 10)):
        unit.clock.move_to(day)
        unit.sweep()
    with unit.db.reading() as session:
        assert mail_fails_since(session) is not None
    smtp_sink.answer = None
    unit.clock.minutes(60)
    unit.sweep()
    theirs = [one for one in smtp_sink.messages if one["To"] == "wcu@example.org"]
    assert [one["Subject"] for one in theirs] == ["Victims to refer: 1 late"]
    assert day_of(theirs[0]) == date(2026, 4, 10)


def test_a_refusal_for_good_is_a_task_and_the_unit_is_written_to_again_the_next_day(
    unit: World, smtp_sink: Mailbox
) -> None:
    by_smtp(unit, smtp_sink)
    smtp_sink.answer = "550 5.1.1 No such mailbox"
    unit.clock.move_to(date(2026, 4, 8))
    unit.sweep()
    with unit.db.reading() as session:
        asked = select(Task).where(Task.kind == TaskKind.ALERT_NOT_SENT)
        told_of = [one.question for one in session.exec(asked)]
    assert any("witness care unit of West Yorkshire" in one for one in told_of)
    assert not [one for one in told_of if "wcu@example.org" in one]
    smtp_sink.answer = None
    unit.clock.move_to(date(2026, 4, 9))
    unit.sweep()
    assert [one["To"] for one in smtp_sink.messages].count("wcu@example.org") == 1


def test_an_email_that_cannot_be_written_is_a_persons_at_once_and_keeps_no_other_back(
    unit: World, smtp_sink: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> NoReturn:
        raise ValueError("no such value")

    by_smtp(unit, smtp_sink)
    unit.clock.move_to(date(2026, 4, 8))
    monkeypatch.setattr(chasing, "chase_mail", fails)
    assert [one.fault for one in unit.sweep() if one.fault] == []
    with unit.db.reading() as session:
        asked = select(Task).where(Task.kind == TaskKind.ALERT_NOT_SENT)
        (question,) = [
            one.question for one in session.exec(asked) if "witness care unit" in one.question
        ]
    assert question.startswith("The email to the witness care unit of West Yorkshire could not be")
    monkeypatch.undo()
    unit.clock.minutes(31)
    unit.sweep()
    assert [one["To"] for one in smtp_sink.messages].count("wcu@example.org") == 1


def by_smtp(world: World, server: Mailbox) -> None:
    world.settings = world.settings.model_copy(
        update={"smtp_host": server.host, "smtp_port": server.port}
    )


def test_many_referrals_are_counted_and_the_latest_twenty_named(unit: World) -> None:
    for n in range(24):
        unit.court_tells(told(urn=f"13EX00{n:05}"))
    with unit.db.reading() as session:
        facts = to_chase(session, date(2026, 4, 8))[WEST_YORKSHIRE]
    assert (facts.late, len(facts.rows), facts.left_out) == (25, 20, 5)
    unit.clock.move_to(date(2026, 4, 8))
    unit.sweep()
    (mail,) = mails(unit)
    assert "5 more are on your list" in text(mail)
