"""Alerts that are about no deadline: owed once, sent to the right people, with nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from letters.mails import email
from tests.journeys.world import YORKSHIRE, World, told
from tests.services.mailbox import Mailbox, text_of
from vcs.alerts import kinds
from vcs.alerts.kinds import About, AlertPolicy, Audience, When
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.reads import NoticeFacts, Recipient
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.settings import Settings
from vcs.terms import Role

TOLD: dict[AlertKind, dict[str, str | int]] = {
    AlertKind.FEED_SILENT: {"last_on": "Friday 20 March 2026", "quiet_for": 7, "usual": 3},
    AlertKind.LEDGER_OPEN: {"problems": "2 things", "proved_on": "Friday 20 March 2026"},
    AlertKind.DANGER: {"event": "VCS-0000-0000"},
    AlertKind.TELL_SOON: {"what": "are owed word again", "by": "by 14:05 on Friday 20 March 2026"},
    AlertKind.TELL_LATE: {"what": "are owed word again", "by": "by 14:05 on Friday 20 March 2026"},
    AlertKind.UNUSUAL_READING: {"reader": "V. Lo", "people": 10, "what": "people", "stopped": 0},
    AlertKind.EMERGENCY: {"reader": "V. Lo", "reason": "a victim is in danger now"},
    AlertKind.HELD: {"new": 45, "usual": 3, "run": "VCS-0000-0000"},
    AlertKind.LEAVER: {"count": "3 overdue matters"},
    AlertKind.SAFETY_WARNING: {},
    AlertKind.STOP_TELLING: {},
    AlertKind.LEFT_URGENT: {"count": "2 urgent referrals"},
    AlertKind.CANNOT_WAIT: {"why": "An address may be known to the offender."},
    AlertKind.RELEASE_NEAR: {"due_on": "Friday 20 March 2026"},
    AlertKind.RECALLED: {"about": "Leeds", "sent_on": "Friday 20 March 2026", "alert": 7},
    AlertKind.ROW_RECALLED: {"page": "deadline-7"},
    AlertKind.YOUR_READING: {"reader": "V. Lo", "people": 20, "what": "people", "stopped": 1},
    AlertKind.LIST_UNKNOWN: {"region": "Yorkshire and the Humber"},
}

NOTICES = [kind for kind in AlertKind if kinds.POLICIES[kind].when is When.AT_ONCE]


def owe(world: World, kind: AlertKind, occurrence: str = "2026-03-20", region: str = "") -> bool:
    with world.db.writing() as session:
        notice = Notice(kind, "Leeds Crown Court", occurrence, TOLD[kind], region or None)
        return owe_alert(session, notice, world.clock.now())


@pytest.mark.parametrize("kind", NOTICES)
def test_each_kind_has_words_of_its_own(settings: Settings, kind: AlertKind) -> None:
    noon = datetime(2026, 3, 20, 12, tzinfo=UTC)
    reader = Recipient("A", "a@b.c", 1)
    facts = NoticeFacts("x-1", noon, kind, "King's Lynn", None, TOLD[kind], (reader,))
    mail = email.alert(facts, settings, reader)
    text = text_of(mail)
    assert "What happens next:" in text
    assert "http://127.0.0.1:8000/" in text
    assert "&#" not in text + mail["Subject"]
    assert "{" not in text + mail["Subject"]


def test_an_alert_is_owed_once_for_each_occurrence(world: World, smtp_sink: Mailbox) -> None:
    world.settings = world.settings.model_copy(
        update={"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port}
    )
    assert owe(world, AlertKind.FEED_SILENT)
    assert not owe(world, AlertKind.FEED_SILENT)
    world.sweep()
    world.sweep()
    assert owe(world, AlertKind.FEED_SILENT, "2026-04-20")
    world.sweep()
    alerts = [one for one in smtp_sink.messages if "has sent no" in one["Subject"]]
    assert [mail["To"] for mail in alerts] == ["administrator@example.org"] * 2
    assert len({mail["Message-ID"] for mail in alerts}) == 2


def test_the_row_of_a_kind_decides_to_whom_it_goes_and_what_it_says(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(world, AlertKind.FEED_SILENT, region=YORKSHIRE)
    world.sweep()
    to_managers = AlertPolicy(About.SUBJECT, Audience.MANAGERS, "feed-silent")
    monkeypatch.setitem(kinds.POLICIES, AlertKind.LEDGER_OPEN, to_managers)
    with world.db.writing() as session:
        values = TOLD[AlertKind.FEED_SILENT]
        notice = Notice(AlertKind.LEDGER_OPEN, "Leeds Crown Court", "x", values, YORKSHIRE)
        owe_alert(session, notice, world.clock.now())
    world.sweep()
    first, second = world.mail()
    assert [first["To"], second["To"]] == ["administrator@example.org", "manager@example.org"]
    assert "Leeds Crown Court has gone quiet" in text_of(second)


def test_every_kind_has_a_row() -> None:
    assert set(kinds.POLICIES) == set(AlertKind)


def test_one_that_is_refused_for_good_becomes_a_task(world: World, smtp_sink: Mailbox) -> None:
    world.settings = world.settings.model_copy(
        update={"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port}
    )
    smtp_sink.answer = "550 no"
    owe(world, AlertKind.FEED_SILENT)
    world.sweep()
    task = next(one for one in world.tasks(Role.ADMINISTRATOR) if "Leeds" in one.question)
    assert "The alert about Leeds Crown Court was not sent to Administrator." in task.question


def test_the_dump_holds_alerts_of_both_kinds(world: World) -> None:
    world.court_tells(told())
    owe(world, AlertKind.FEED_SILENT)
    world.clock.move_to(date(2026, 4, 8))
    world.sweep()
    found = {one["kind"]: one for one in world.state()["alerts"]}
    assert found["feed_silent"] == {
        "kind": "feed_silent", "state": "sent", "subject": "Leeds Crown Court",
    }  # fmt: skip
    assert found["missed"]["due_on"] == "2026-04-07"
    assert world.problems() == []


def test_the_database_takes_no_alert_about_nothing(world: World) -> None:
    now = world.clock.now()
    nothing = AlertRecord(key="x", kind="feed_silent", owed_at=now, next_try_at=now, message_id="x")
    with pytest.raises(IntegrityError), world.db.writing() as session:
        session.add(nothing)
    with world.db.reading() as session:
        assert session.exec(select(AlertRecord)).all() == []
