"""Senders of court messages over plain HTTP, who insist until they are told that it is kept."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.api.office import basic, sentencing
from tests.services.clock import MONDAY_2_MARCH_2026

PATH = "/court-feeds/common-platform"
_PAUSE_SECONDS = 0.02
_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, and JSON where there was any."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Sender:
    """One client of the feed on a port of this machine."""

    port: int
    pair: tuple[str, str]
    token: str = ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send one request on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, headers)
            found = connection.getresponse()
            text = found.read()
        finally:
            connection.close()
        told = {name.lower(): value for name, value in found.getheaders()}
        return Answer(found.status, told, json.loads(text) if text[:1] == b"{" else {})

    def bearer(self) -> dict[str, str]:
        """Return the header with a token, asked for at the first use."""
        if not self.token:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            grant = b"grant_type=client_credentials"
            answer = self.ask("POST", "/oauth2/token", grant, **basic(*self.pair), **form)
            assert answer.status == 200, answer
            self.token = answer.body["access_token"]
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, body: bytes) -> Answer:
        """Send a court message once."""
        answer = self.ask("POST", PATH, body, **self.bearer())
        if answer.status == 401:
            self.token = ""
        return answer

    def insist(self, body: bytes, given_up: threading.Event) -> Answer | None:
        """Send a message until it is said to be kept; None when told to give up."""
        while not given_up.is_set():
            try:
                answer = self.send(body)
                if answer.status in (200, 202):
                    return answer
            except (OSError, HTTPException):
                pass
            time.sleep(_PAUSE_SECONDS)
        return None


def message(number: int) -> bytes:
    """Return the message of one case: three years for wounding, which is eligible."""
    return sentencing(MONDAY_2_MARCH_2026, urn=f"13EX{number:07d}26")


@dataclass
class Crowd:
    """Writers that send every message of their share, and some of them twice, until all are kept.

    ``receipts`` holds each receipt that was ever given for a message, by its number.
    """

    port: int
    pair: tuple[str, str]
    writers: int = 4
    receipts: dict[int, set[str]] = field(default_factory=dict)
    given_up: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: int = 0

    def start(self, count: int) -> None:
        """Begin to send so many messages, shared among the writers."""
        for writer in range(self.writers):
            numbers = range(writer, count, self.writers)
            thread = threading.Thread(target=self._write, args=[writer, numbers], daemon=True)
            self._threads.append(thread)
            thread.start()

    def join(self) -> None:
        """Wait until every message is kept."""
        for thread in self._threads:
            thread.join()

    def _write(self, writer: int, numbers: range) -> None:
        sender, drawn = Sender(self.port, self.pair), random.Random(writer)  # noqa: S311 - no secret
        for number in numbers:
            # Some come again at once; some are what another writer has sent already.
            again = [number] * drawn.choice((1, 1, 2)) + [drawn.randrange(number + 1)]
            for one in again:
                answer = sender.insist(message(one), self.given_up)
                if answer is None:
                    return
                with self._lock:
                    self.receipts.setdefault(one, set()).add(answer.body["receipt"])
                    self.acknowledged += 1
