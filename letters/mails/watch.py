"""Hang up on a mail server that keeps a mail for too long."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_BETWEEN_LOOKS = 0.5
"""Seconds; a mail may take this much longer than it is given."""


class Watch(threading.Thread):
    """Hangs up on a server that answers just often enough never to time out.

    One thread for a connection, and not one for a mail: to begin a thread costs more than a mail.
    """

    def __init__(self, smtp: smtplib.SMTP | None = None) -> None:
        """Take the connection; None before there is one."""
        super().__init__(daemon=True)
        self._smtp = smtp
        self._hangs_up_at: float | None = None
        self._ended = threading.Event()

    def run(self) -> None:
        """Look at the time now and then, until the watch ends."""
        while not self._ended.wait(_BETWEEN_LOOKS):
            at = self._hangs_up_at  # read once: whoever sends sets it to None meanwhile
            # Until there is a line to hang up on: a connection may be long in coming.
            if at is not None and time.monotonic() >= at and self._hang_up():
                return

    def over(self, smtp: smtplib.SMTP) -> None:
        """Watch over a connection that is about to be made."""
        self._smtp = smtp

    def require_time(self) -> None:
        """Raise TimeoutError where the time of the mail is over."""
        at = self._hangs_up_at
        if at is not None and time.monotonic() >= at:
            raise TimeoutError

    def end(self) -> None:
        """End the watch over a connection that is closed."""
        self._ended.set()

    @contextmanager
    def in_time(self, seconds: float) -> Iterator[None]:
        """Give one mail its time."""
        self._hangs_up_at = time.monotonic() + seconds
        try:
            yield
        finally:
            self._hangs_up_at = None

    def _hang_up(self) -> bool:
        # Asked for now: the line of a connection is another one once it is encrypted.
        line = self._smtp.sock if self._smtp else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        return line is not None


class WatchedSMTP(smtplib.SMTP):
    """A connection that is watched before it is made: a server may be slow to greet."""

    def __init__(self, watch: Watch, *place: Any, **more: Any) -> None:
        """Take the watch, and then what ``smtplib.SMTP`` takes."""
        watch.over(self)
        super().__init__(*place, **more)


class WatchedSMTPS(smtplib.SMTP_SSL):
    """The same, encrypted from the first byte, with a server whose certificate is right."""

    def __init__(self, watch: Watch, *place: Any, **more: Any) -> None:
        """Take the watch, and then what ``smtplib.SMTP_SSL`` takes."""
        watch.over(self)
        # Without a context of ours smtplib looks at no certificate.
        more["context"] = ssl.create_default_context()
        super().__init__(*place, **more)
