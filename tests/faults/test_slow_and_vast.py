"""Senders that are slow or send without end: cut off, and nobody else waits for them."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func
from sqlmodel import select

from api.guards import bodies
from tests.api.conftest import settings_in
from tests.api.office import Secrets
from tests.faults.senders import PATH, Sender, message
from tests.pages.served import serving
from tests.services.clock import MovableClock
from vcs.database import connect
from vcs.intake.records import CourtMessage
from vcs.settings import Settings

PATIENCE_SECONDS = 30

MEGABYTE = b"x" * 1024 * 1024


@dataclass
class Street:
    """The served office, and its one honest sender."""

    settings: Settings
    sender: Sender

    def open(self, *headers: str) -> socket.socket:
        """Begin to post a court message: a connection with the headers sent."""
        opened = socket.create_connection(("127.0.0.1", self.sender.port), PATIENCE_SECONDS)
        token = self.sender.bearer()["Authorization"]
        told = (f"POST {PATH} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: {token}", *headers)
        opened.sendall("\r\n".join((*told, "", "")).encode())
        return opened

    def kept(self) -> int:
        db = connect(self.settings)
        with db.reading() as session:
            count = session.exec(select(func.count()).select_from(CourtMessage)).one()
        db.close()
        return count


@pytest.fixture
def street(
    furniture: tuple[Path, Secrets],
    tmp_path: Path,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Street]:
    """Serve the office with little patience for slow bodies."""
    monkeypatch.setattr(bodies, "BODY_SECONDS", 1)
    shutil.copyfile(furniture[0], tmp_path / "vcs.sqlite3")
    settings = settings_in(tmp_path)
    with serving(settings, clock) as base:
        port = urlsplit(base).port
        assert port
        yield Street(settings, Sender(port, furniture[1].clients["court"]))


def answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read until the other side closes; return status, headers and body."""
    told = b""
    with suppress(ConnectionResetError):  # closed while a byte of ours was on its way
        while more := connection.recv(65536):
            told += more
    head, _, body = told.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split(" ")[1]), headers, body


def test_a_body_that_stops_half_way_is_cut_off_and_nobody_waits_for_it(street: Street) -> None:
    slow = [street.open("Content-Length: 1000") for _ in range(8)]
    for one in slow:
        one.sendall(b'{"hearing": ')
    assert [street.sender.send(message(n)).status for n in range(5)] == [202] * 5
    for one in slow:
        status, headers, body = answer(one)
        one.close()
        assert (status, headers["connection"]) == (408, "close")
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(body)["title"] == "Too slow"
    assert street.kept() == 5


def test_a_body_that_trickles_is_cut_off_too(street: Street) -> None:
    trickling, ended = street.open("Content-Length: 100000"), threading.Event()

    def trickle() -> None:
        while not ended.wait(0.1):
            try:
                trickling.sendall(b" ")
            except OSError:
                return

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    assert answer(trickling)[0] == 408
    ended.set()
    thread.join()
    trickling.close()
    assert street.kept() == 0


def sent_until_told(connection: socket.socket, piece: bytes) -> int:
    """Send a piece again and again until the other side answers or hangs up; return how often."""
    times = 0
    while times < 1000 and not _has_word(connection):
        try:
            connection.sendall(piece)
        except OSError:
            break
        times += 1
    connection.settimeout(PATIENCE_SECONDS)
    return times


def _has_word(connection: socket.socket) -> bool:
    connection.settimeout(0.01)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except TimeoutError:
        return False
    except OSError:
        return True
    finally:
        connection.settimeout(PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("header", "piece"),
    [
        ("Content-Length: 1000000000000", MEGABYTE),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(MEGABYTE), MEGABYTE)),
    ],
    ids=["stated", "endless"],
)
def test_a_body_without_end_is_refused_before_it_is_read(
    street: Street, header: str, piece: bytes
) -> None:
    vast = street.open(header)
    megabytes = sent_until_told(vast, piece)
    assert megabytes < 200
    assert vast.recv(12) == b"HTTP/1.1 413"
    vast.close()
    assert street.sender.send(message(1)).status == 202
    assert street.kept() == 1
