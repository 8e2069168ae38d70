"""The watch over a mail server ends with its connection, and not by an accident of its own."""

from __future__ import annotations

import smtplib
import socket
import ssl

import pytest

from letters.mails import watch
from letters.mails.watch import Watch, WatchedSMTPS


class SentMeanwhile(Watch):
    """A watch whose mail comes to its end each time that somebody has looked at its time."""

    @property
    def _hangs_up_at(self) -> float | None:
        self.looks = getattr(self, "looks", 0) + 1
        return 0.0 if self.looks % 2 else None

    @_hangs_up_at.setter
    def _hangs_up_at(self, _: float | None) -> None: ...


def test_a_mail_that_ends_as_the_watch_looks_does_not_end_the_watch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch, "_BETWEEN_LOOKS", 0.01)
    ours, theirs = socket.socketpair()
    smtp = smtplib.SMTP()
    smtp.sock = ours
    SentMeanwhile(smtp).run()
    assert theirs.recv(1) == b""
    ours.close()
    theirs.close()


def test_a_server_encrypted_from_the_first_byte_must_show_a_certificate_that_is_right() -> None:
    smtp = WatchedSMTPS(Watch())
    assert smtp.context.verify_mode is ssl.CERT_REQUIRED
    assert smtp.context.check_hostname
