from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from letters.mails import email
from letters.mails.email import Folder, MailPutOff, MailRefused, MailServer
from tests.services.mailbox import Mailbox, text_of
from vcs.alerts.reads import NoticeFacts, Recipient
from vcs.alerts.records import AlertKind
from vcs.settings import Settings

OWED_AT = datetime(2026, 4, 8, 6, 0, tzinfo=UTC)

MOIRA = Recipient("Moira Manager", "moira@example.org", 7)

MO = Recipient("Mo", "mo@example.org", 8)


def facts(**changes: Any) -> NoticeFacts:
    known: dict[str, Any] = {
        "message_id": "quiet-abc",
        "owed_at": OWED_AT,
        "kind": AlertKind.FEED_SILENT,
        "subject": "Leeds Crown Court",
        "region_name": "Wales",
        "values": {"last_on": "Friday 20 March 2026", "quiet_for": 7, "usual": 3},
        "recipients": (MOIRA, MO),
    }
    return NoticeFacts(**(known | changes))


def written(settings: Settings, to: Recipient = MOIRA, **changes: Any) -> EmailMessage:
    return email.alert(facts(**changes), settings, to)


def server(settings: Settings, mailbox: Mailbox, **changes: Any) -> MailServer:
    given = {"smtp_host": mailbox.host, "smtp_port": mailbox.port} | changes
    return MailServer(settings.model_copy(update=given))


def test_an_alert_reads_as_agreed(settings: Settings) -> None:
    mail = written(settings)
    assert mail["Subject"] == "Leeds Crown Court has sent no court messages for 7 working days"
    assert mail["To"] == "moira@example.org"
    assert mail["Message-ID"] == "<quiet-abc.7@vcs.invalid>"
    assert mail["Date"] == "Wed, 08 Apr 2026 06:00:00 +0000"
    assert text_of(mail) == (
        "Leeds Crown Court has gone quiet.\n\n"
        "It last sent a court message on: Friday 20 March 2026\n"
        "It has been quiet for: 7 working days\n"
        "It usually speaks again within: 3 working days\n\n"
        "What happens next: ask those who run the feed whether results are being sent.\n"
        "A sentence that is never sent is a victim who is never told. Weekends and bank\n"
        "holidays do not count.\n\n"
        "Open the page of the feeds:\n"
        "http://127.0.0.1:8000/feeds\n\n"
        "This email is sent once, and again only if it speaks and falls silent again. It\n"
        "says nothing about any person. Please do not reply.\n"
    )


def test_the_same_alert_is_the_same_mail_byte_for_byte(settings: Settings) -> None:
    one, two = (written(settings).as_bytes() for _ in range(2))
    assert one == two


def test_a_name_of_the_sender_cannot_add_a_header(settings: Settings) -> None:
    sender = "A =?UTF-8?Q?=0A?=Bcc: x@evil.example <no-reply@vcs.invalid>"
    try:
        odd = Settings.model_validate(settings.model_dump() | {"mail_from": sender})
    except ValidationError:
        return  # Debian 12's Python finds no address in it: such a setting is refused at the start
    raw = written(odd).as_bytes(policy=SMTP)
    head = raw.split(b"\r\n\r\n")[0].lower()
    assert b"\nbcc:" not in head
    assert b"\n bcc:" not in head


def test_a_mail_reads_alike_on_a_phone(settings: Settings) -> None:
    mail = written(settings)
    page = mail.get_body(("html",))
    assert page is not None
    shown = page.get_content()
    assert 'name="viewport"' in shown
    assert '<a href="http://127.0.0.1:8000/feeds"' in shown
    assert "It last sent a court message on: Friday 20 March 2026<br>" in shown
    assert "results are being sent. A sentence that is never sent" in " ".join(shown.split())
    for loads in ("<img", "src=", "url(", "<script", "<link", "@import"):
        assert loads not in shown


def test_markup_in_a_court_s_name_is_shown_and_never_run(settings: Settings) -> None:
    name = "<img src=//evil.example>\r\nBcc: x@evil.example =?UTF-8?Q?=0A?=Bcc: y@evil.example"
    mail = written(settings, subject=name)
    head, _, body = mail.as_bytes(policy=SMTP).partition(b"\r\n\r\n")
    assert not [one for one in head.lower().splitlines() if one.strip().startswith(b"bcc:")]
    assert b"=?" not in head
    assert b"<img" not in body.partition(b"text/html")[2]


def test_mails_about_one_matter_are_one_thread(settings: Settings) -> None:
    first, second = written(settings), written(settings, message_id="quiet-def")
    other = written(settings, subject="Bath Crown Court")
    assert first["References"] == first["In-Reply-To"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert other["References"] != first["References"]
    assert written(settings, MO)["Message-ID"] != first["Message-ID"]


def test_a_file_is_named_after_the_mail_and_written_once(
    settings: Settings, tmp_path: Path
) -> None:
    folder = Folder(tmp_path / "mail")
    folder.send(written(settings))
    (file,) = (tmp_path / "mail").iterdir()
    first = file.read_bytes()
    folder.send(written(settings, values={"last_on": "x", "quiet_for": 9, "usual": 3}))
    assert [one.name for one in (tmp_path / "mail").iterdir()] == ["quiet-abc.7.eml"]
    assert file.read_bytes() == first
    assert first.count(b"\r\n") == first.count(b"\n")


def test_what_was_left_by_one_who_was_killed_is_cleared_away(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / ".quiet-abc.7.eml.dead").write_bytes(b"half a mail")
    Folder(tmp_path).send(written(settings))
    assert [one.name for one in tmp_path.iterdir()] == ["quiet-abc.7.eml"]


def test_a_folder_that_cannot_be_written_to_puts_off(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(MailPutOff):
        Folder(tmp_path / "mail").send(written(settings))


def test_mail_goes_out_by_smtp_over_one_connection(settings: Settings, smtp_sink: Mailbox) -> None:
    out = server(settings, smtp_sink)
    for number in range(3):
        out.send(written(settings, message_id=f"quiet-{number}"))
    out.close()
    assert [m["Message-ID"] for m in smtp_sink.messages] == [
        f"<quiet-{n}.7@vcs.invalid>" for n in range(3)
    ]
    assert smtp_sink.envelopes[0].rcpt_tos == ["moira@example.org"]
    assert smtp_sink.envelopes[0].mail_from == "no-reply@vcs.invalid"


def test_a_refusal_for_good_and_one_that_may_pass_are_told_apart(
    settings: Settings, smtp_sink: Mailbox
) -> None:
    out = server(settings, smtp_sink)
    smtp_sink.answer = "550 moira@example.org is unknown"
    with pytest.raises(MailRefused, match="550") as refused:
        out.send(written(settings))
    assert "moira" not in str(refused.value)
    smtp_sink.answer = "451 try later"
    with pytest.raises(MailPutOff, match="451"):
        out.send(written(settings))
    smtp_sink.answer = None
    out.send(written(settings))
    out.close()
    assert len(smtp_sink.messages) == 1


def test_a_server_that_cannot_encrypt_gets_no_mail(settings: Settings, smtp_sink: Mailbox) -> None:
    out = server(settings, smtp_sink, smtp_starttls=True)
    with pytest.raises(MailPutOff):
        out.send(written(settings))
    assert smtp_sink.messages == []


def test_a_server_that_is_not_there_puts_off(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    out = server(settings, Mailbox(port=port))
    with pytest.raises(MailPutOff):
        out.send(written(settings))


@pytest.fixture(params=[b"220 hello\r\n", b"220-wait\r\n"], ids=["greets", "never greets"])
def tarpit(request: pytest.FixtureRequest) -> Iterator[int]:
    """Return the port of a server that says a little now and then, and never comes to an end."""
    listening, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        line, _ = listening.accept()
        with line:
            line.sendall(request.param)
            more = b"250-wait\r\n" if request.param.startswith(b"220 ") else request.param
            while not ended.wait(0.05):
                try:
                    line.sendall(more)
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
        out.send(written(settings))
