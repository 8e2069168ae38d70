from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from letters import email
from letters.email import Folder, MailPutOff, MailRefused, MailServer
from tests.services.mailbox import Mailbox
from vcs.alerts.reads import AlertFacts, Recipient
from vcs.law import duties
from vcs.settings import Settings

OWED_AT = datetime(2026, 4, 8, 6, 0, tzinfo=UTC)

TO = (Recipient("Moira Manager", "moira@example.org"), Recipient("Mo", "mo@example.org"))


def facts(**changes: Any) -> AlertFacts:
    known: dict[str, Any] = {
        "message_id": "missed-abc",
        "owed_at": OWED_AT,
        "reference": "VCS-7K3M-9QTD",
        "region_name": "Wales",
        "duty": duties.REFER,
        "due_on": date(2026, 4, 7),
        "late_by": 1,
        "met_on": None,
        "recipients": TO,
    }
    return AlertFacts(**(known | changes))


def server(settings: Settings, mailbox: Mailbox, **changes: Any) -> MailServer:
    given = {"smtp_host": mailbox.host, "smtp_port": mailbox.port} | changes
    return MailServer(settings.model_copy(update=given))


def test_an_alert_reads_as_agreed(settings: Settings) -> None:
    mail = email.alert(facts(), settings)
    assert mail["Subject"] == "1 referral overdue in Wales: VCS-7K3M-9QTD"
    assert mail["To"] == "moira@example.org, mo@example.org"
    assert mail["Message-ID"] == "<missed-abc@vcs.invalid>"
    assert mail["Date"] == "Wed, 08 Apr 2026 06:00:00 +0000"
    assert mail.get_content().replace("\r\n", "\n") == (
        "Referral VCS-7K3M-9QTD is overdue.\n\n"
        "What was missed: Refer the victim to the Probation Victim Liaison Unit\n"
        "It was due on: Tuesday 7 April 2026\n"
        "Overdue by: 1 working day\n\n"
        "What happens next: ask the witness care unit to refer the victim, or to\n"
        "record that there is no victim to refer. The referral stays on your worklist\n"
        "until one of the two is done.\n\n"
        "Open the referral:\n"
        "http://127.0.0.1:8000/referrals/VCS-7K3M-9QTD\n\n"
        "This email is sent once for each missed deadline and says nothing about the\n"
        "people concerned. The worklist shows what stands now. Please do not reply.\n"
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "less than 1 working day"), (1, "1 working day"), (2, "2 working days")]
)
def test_lateness_agrees_with_its_number(settings: Settings, days: int, words: str) -> None:
    assert f"Overdue by: {words}\r\n" in email.alert(facts(late_by=days), settings).as_string()


def test_what_was_done_since_is_said(settings: Settings) -> None:
    text = email.alert(facts(met_on=date(2026, 4, 9)), settings).get_content()
    assert "nothing more is needed" in text
    assert "Thursday 9 April 2026" in text


def test_the_same_alert_is_the_same_mail_byte_for_byte(settings: Settings) -> None:
    one, two = (email.alert(facts(), settings).as_bytes() for _ in range(2))
    assert one == two


def test_a_name_of_the_sender_cannot_add_a_header(settings: Settings) -> None:
    sender = "A =?UTF-8?Q?=0A?=Bcc: x@evil.example <no-reply@vcs.invalid>"
    try:
        odd = Settings.model_validate(settings.model_dump() | {"mail_from": sender})
    except ValidationError:
        return  # Debian 12's Python finds no address in it: such a setting is refused at the start
    raw = email.alert(facts(), odd).as_bytes(policy=SMTP)
    head = raw.split(b"\r\n\r\n")[0].lower()
    assert b"\nbcc:" not in head
    assert b"\n bcc:" not in head


def test_nobody_to_send_to_is_said_in_the_file(settings: Settings) -> None:
    mail = email.alert(facts(recipients=(), region_name=None), settings)
    assert mail["To"] == "No manager has an account in no region yet:;"


def test_a_file_is_named_after_the_mail_and_written_once(
    settings: Settings, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "mail")
    folder.send(email.alert(facts(), settings))
    (file,) = (tmp_path / "mail").iterdir()
    first = file.read_bytes()
    folder.send(email.alert(facts(late_by=9), settings))
    assert [one.name for one in (tmp_path / "mail").iterdir()] == ["missed-abc.eml"]
    assert file.read_bytes() == first
    assert first.count(b"\r\n") == first.count(b"\n")


def test_what_was_left_by_one_who_was_killed_is_cleared_away(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / ".missed-abc.eml.dead").write_bytes(b"half a mail")
    Folder(tmp_path).send(email.alert(facts(), settings))
    assert [one.name for one in tmp_path.iterdir()] == ["missed-abc.eml"]


def test_a_folder_that_cannot_be_written_to_puts_off(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(MailPutOff):
        Folder(tmp_path / "mail").send(email.alert(facts(), settings))


def test_mail_goes_out_by_smtp_over_one_connection(settings: Settings, smtp_sink: Mailbox) -> None:
    out = server(settings, smtp_sink)
    for number in range(3):
        out.send(email.alert(facts(message_id=f"missed-{number}"), settings))
    out.close()
    assert [m["Message-ID"] for m in smtp_sink.messages] == [
        f"<missed-{n}@vcs.invalid>" for n in range(3)
    ]
    assert smtp_sink.envelopes[0].rcpt_tos == ["moira@example.org", "mo@example.org"]
    assert smtp_sink.envelopes[0].mail_from == "no-reply@vcs.invalid"


def test_a_refusal_for_good_and_one_that_may_pass_are_told_apart(
    settings: Settings, smtp_sink: Mailbox
) -> None:
    out = server(settings, smtp_sink)
    smtp_sink.answer = "550 moira@example.org is unknown"
    with pytest.raises(MailRefused, match="550") as refused:
        out.send(email.alert(facts(), settings))
    assert "moira" not in str(refused.value)
    smtp_sink.answer = "451 try later"
    with pytest.raises(MailPutOff, match="451"):
        out.send(email.alert(facts(), settings))
    smtp_sink.answer = None
    out.send(email.alert(facts(), settings))
    out.close()
    assert len(smtp_sink.messages) == 1


def test_a_server_that_cannot_encrypt_gets_no_mail(settings: Settings, smtp_sink: Mailbox) -> None:
    out = server(settings, smtp_sink, smtp_starttls=True)
    with pytest.raises(MailPutOff):
        out.send(email.alert(facts(), settings))
    assert smtp_sink.messages == []


def test_a_server_that_is_not_there_puts_off(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    out = server(settings, Mailbox(port=port))
    with pytest.raises(MailPutOff):
        out.send(email.alert(facts(), settings))


@pytest.fixture
def tarpit() -> Iterator[int]:
    """Return the port of a server that says a little now and then, and never comes to an end."""
    listening, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        line, _ = listening.accept()
        with line:
            line.sendall(b"220 hello\r\n")
            while not ended.wait(0.05):
                try:
                    line.sendall(b"250-wait\r\n")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    yield listening.getsockname()[1]
    ended.set()
    thread.join()
    listening.close()


def test_a_server_that_drips_is_hung_up_on(
    settings: Settings, tarpit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email, "_SECONDS_FOR_A_MAIL", 0.5)
    out = server(settings, Mailbox(port=tarpit))
    with pytest.raises(MailPutOff):
        out.send(email.alert(facts(), settings))
