"""The mail server that benches and tests send to."""

from __future__ import annotations

import smtplib

from tests.services.mailbox import Mailbox, MailServer


class _Unread(Mailbox):
    """A mailbox whose mails nobody may read yet."""

    @property
    def messages(self) -> list[object]:  # type: ignore[override]  # nobody may come so far
        raise AssertionError("Whoever connects must not have every mail read before the greeting.")


def test_a_mailbox_greets_without_reading_what_it_holds() -> None:
    mailbox = _Unread()
    server = MailServer(mailbox)
    server.start()
    try:
        with smtplib.SMTP(mailbox.host, mailbox.port, timeout=10) as smtp:
            smtp.sendmail("a@example.org", ["b@example.org"], b"Subject: x\r\n\r\ny")
    finally:
        server.stop()
    assert len(mailbox.envelopes) == 1
