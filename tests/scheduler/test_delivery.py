"""What became of a mail is kept for each recipient: N-10."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from scheduler.alerts import after_sending
from tests.journeys.world import YORKSHIRE, World
from tests.services.mailbox import Mailbox
from vcs.alerts import deliver, reads
from vcs.alerts.bounced import Bounce, read_bounce, record_bounce
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.errors import Busy
from vcs.terms import Role

FIRST, SECOND = "administrator@example.org", "second.administrator@example.org"

SATURDAY = date(2026, 3, 21)

SILENT: dict[str, str | int] = {"last_on": "Friday 20 March 2026", "quiet_for": 7, "usual": 3}


class Choosy(Mailbox):
    """Answers for each recipient as told, at RCPT or at DATA, and takes everybody else's mail."""

    def __init__(self) -> None:
        super().__init__()
        self.at_rcpt: dict[str, str] = {}
        self.at_data: dict[str, str] = {}
        self.asked: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001, N802 - as aiosmtpd calls it
        self.asked.append(address)
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001, N802 - as aiosmtpd calls it
        refusal = self.at_data.get(envelope.rcpt_tos[0])
        if refusal:
            return refusal
        self.envelopes.append(envelope)
        return "250 taken"

    @property
    def taken_by(self) -> list[str]:
        return [mail["To"] for mail in self.messages]


@pytest.fixture
def choosy(world: World):  # type: ignore[no-untyped-def]  # noqa: ANN201 - yields the mailbox
    from tests.services.mailbox import MailServer

    world.clock.move_to(SATURDAY)  # no digest goes
    mailbox = Choosy()
    server = MailServer(mailbox)
    server.start()
    world.settings = world.settings.model_copy(
        update={"smtp_host": mailbox.host, "smtp_port": mailbox.port}
    )
    world.hire(Role.ADMINISTRATOR, "Second Administrator")
    yield mailbox
    server.stop()


def owe(world: World, subject: str = "Leeds Crown Court") -> None:
    with world.db.writing() as session:
        notice = Notice(AlertKind.FEED_SILENT, subject, "2026-03-20", SILENT)
        owe_alert(session, notice, world.clock.now())


def alert(world: World) -> AlertRecord:
    with world.db.reading() as session:
        return session.exec(select(AlertRecord)).one()


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_one_takes_it_and_the_other_gets_it_when_the_server_takes_it(
    world: World, choosy: Choosy, stage: str
) -> None:
    getattr(choosy, stage)[SECOND] = "450 4.2.1 try again later"
    owe(world)
    world.sweep()
    world.clock.minutes(1)
    world.sweep()
    assert choosy.taken_by == [FIRST]
    assert alert(world).sent_at is None
    assert alert(world).next_try_at == world.clock.now() + timedelta(minutes=2)
    getattr(choosy, stage).clear()
    world.clock.minutes(2)
    world.sweep()
    world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]
    assert alert(world).sent_at == world.clock.now()
    first, second = choosy.messages
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"]


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
def test_a_refusal_for_good_gives_up_for_that_one_alone(
    world: World, choosy: Choosy, stage: str
) -> None:
    getattr(choosy, stage)[FIRST] = "550 5.1.1 no such person"
    owe(world)
    world.sweep()
    world.clock.days(1)
    world.sweep()
    assert choosy.taken_by == [SECOND]
    (task,) = world.tasks(Role.ADMINISTRATOR)
    assert "was not sent to Administrator. The mail server refused it (550)." in task.question
    assert "@" not in task.question
    assert alert(world).sent_at is not None
    assert alert(world).failed_reason is None
    assert choosy.asked.count(FIRST) == 1


def test_a_repeat_carries_the_same_message_id(world: World, choosy: Choosy) -> None:
    owe(world)
    world.sweep()
    ids = [mail["Message-ID"] for mail in choosy.messages]
    with world.db.writing() as session:  # the server took it, and its answer was lost
        for delivery in session.exec(select(AlertDelivery)):
            delivery.sent_at = None
        session.exec(select(AlertRecord)).one().sent_at = None
    world.sweep()
    assert [mail["Message-ID"] for mail in choosy.messages[2:]] == ids


def test_one_whose_account_was_closed_meanwhile_gets_nothing(world: World, choosy: Choosy) -> None:
    from vcs.access.records import Account

    choosy.at_rcpt[SECOND] = "450 later"
    owe(world)
    world.sweep()
    with world.db.writing() as session:
        session.exec(select(Account).where(Account.email == SECOND)).one().active = False
    choosy.at_rcpt.clear()
    world.clock.minutes(5)
    world.sweep()
    assert choosy.taken_by == [FIRST]
    assert alert(world).sent_at is not None
    assert world.tasks(Role.ADMINISTRATOR) == ()


def test_many_put_off_hold_up_no_other_for_long(world: World, choosy: Choosy) -> None:
    choosy.at_data[SECOND] = "451 later"
    for number in range(8):
        owe(world, f"Court {number}")
    world.sweep()
    assert choosy.taken_by == [FIRST] * 8


@pytest.mark.parametrize("told", ["{}", "{"], ids=["lacks a value", "cannot be read"])
def test_one_that_cannot_be_written_holds_up_no_other(
    world: World, choosy: Choosy, told: str
) -> None:
    owe(world, "Court of the broken one")
    with world.db.writing() as session:
        session.exec(select(AlertRecord)).one().told = told
    owe(world, "Court behind it")
    results = world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]
    assert [one.fault for one in results if one.fault] == []
    with world.db.reading() as session:
        broken, behind = session.exec(select(AlertRecord).order_by(col(AlertRecord.id)))
    assert behind.sent_at is not None
    assert (broken.sent_at, broken.claimed_by) == (None, None)
    assert broken.next_try_at > world.clock.now()


def break_it(world: World, told: str = "{}") -> None:
    with world.db.writing() as session:
        session.exec(select(AlertRecord)).one().told = told


@pytest.mark.parametrize("told", ["{}", "{"], ids=["lacks a value", "cannot be read"])
def test_one_that_cannot_be_written_is_a_persons_at_once_and_is_asked_about_once(
    world: World, choosy: Choosy, told: str
) -> None:
    owe(world)
    break_it(world, told)
    world.sweep()
    asked = world.tasks(Role.ADMINISTRATOR)
    assert asked
    for task in asked:
        assert task.question.startswith("The alert about Leeds Crown Court was not sent")
        assert "fault of the program. Tell them by other means." in task.question
        assert "@" not in task.question
    world.clock.days(6)
    world.sweep()
    assert len(world.tasks(Role.ADMINISTRATOR)) == len(asked)


def test_one_that_a_mended_program_can_write_still_goes(world: World, choosy: Choosy) -> None:
    owe(world)
    break_it(world)
    world.sweep()
    break_it(world, json.dumps(SILENT))
    world.clock.minutes(2)
    world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]


def test_a_server_that_puts_mail_off_is_no_persons_matter_yet(world: World, choosy: Choosy) -> None:
    choosy.at_data |= {FIRST: "451 later", SECOND: "451 later"}
    owe(world)
    for _ in range(3):
        world.sweep()
        world.clock.minutes(31)
    assert world.tasks(Role.ADMINISTRATOR) == ()


def test_a_database_that_is_gone_for_a_moment_makes_no_alert_a_persons(
    world: World, choosy: Choosy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_locked(*_: object) -> None:
        raise OperationalError("", {}, sqlite3.OperationalError("database is locked"))

    owe(world)
    monkeypatch.setattr(reads, "_facts", is_locked)
    world.sweep()
    assert world.tasks(Role.ADMINISTRATOR) == ()
    monkeypatch.undo()
    world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]


def test_what_the_server_took_is_kept_though_the_database_is_busy_for_a_moment(
    world: World, choosy: Choosy, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, tried = deliver.record_taken, []

    def busy_at_first(*given: object) -> None:
        tried.append(given)
        if len(tried) == 1:
            raise Busy("busy")
        record(*given)  # type: ignore[arg-type]  # what the scheduler gave

    monkeypatch.setattr(deliver, "record_taken", busy_at_first)
    monkeypatch.setattr(after_sending, "_SECONDS_BETWEEN", 0)
    owe(world)
    world.sweep()
    world.clock.minutes(10)
    world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]


def test_what_waits_since_the_clock_was_ahead_goes_once_it_is_put_back(
    world: World, choosy: Choosy
) -> None:
    """A wait until next year and a claim that ends next year were never meant."""
    world.clock.move_to(SATURDAY + timedelta(days=364))
    choosy.at_rcpt = {FIRST: "451 later", SECOND: "451 later"}
    owe(world)
    world.sweep()
    with world.db.writing() as session:
        row = session.exec(select(AlertRecord)).one()
        row.claimed_by, row.claimed_until = "killed", world.clock.now() + timedelta(minutes=2)
    choosy.at_rcpt.clear()
    world.clock.move_to(SATURDAY)
    world.sweep()
    assert choosy.taken_by == [FIRST, SECOND]


REPORT = """From: MAILER-DAEMON@example.net
To: vcs@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: 5.1.1

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: whatever

--b--
"""


def came_back(mail: Any, action: str = "failed", kind: str = "message/rfc822") -> Bounce | None:
    report = REPORT.format(action=action, kind=kind, message_id=mail["Message-ID"])
    return read_bounce(report.encode())


def test_an_email_that_comes_back_later_goes_one_rung_up_once(world: World, choosy: Choosy) -> None:
    with world.db.writing() as session:
        values = {"region": "Yorkshire"}
        notice = Notice(AlertKind.LIST_UNKNOWN, "one", "", values, YORKSHIRE)
        owe_alert(session, notice, world.clock.now())
    world.sweep()
    assert choosy.taken_by == ["manager@example.org"]
    (mail,) = choosy.messages
    assert came_back(mail, "delayed") is None, "the server tries on"
    assert read_bounce(mail.as_bytes()) is None, "no report"
    bounce = came_back(mail)
    assert bounce == came_back(mail, kind="text/rfc822-headers")
    assert bounce is not None
    with world.db.writing() as session:
        assert record_bounce(session, bounce, world.clock.now())
        assert not record_bounce(session, bounce, world.clock.now()), "a repeat is no news"
    world.sweep()
    world.sweep()
    assert choosy.taken_by == ["manager@example.org", "head-of-public-protection@example.org"]
    (task,) = [one for one in world.tasks() if one.kind == "alert_not_sent"]
    assert "It came back (5.1.1)." in task.question
