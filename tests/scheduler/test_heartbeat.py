"""Somebody outside hears that the work is done, and hears nothing once it is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scheduler import runs
from scheduler.jobs import Done, Job, Sweep
from tests.journeys.world import World, told, world
from tests.scheduler.test_sweeps import WEDNESDAY_8_APRIL
from tests.services.mailbox import Mailbox
from vcs.errors import NotSetUp
from vcs.ledger.health import mail_fails_since
from vcs.settings import Settings

__all__ = ["world"]


@dataclass
class Monitor:
    """An outside address on loopback: what it was asked, and how it answers."""

    port: int = 0
    status: int = 200
    location: str | None = None
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ping/token"


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    """Return a real server that counts who asks it."""
    heard = Monitor()

    class Answer(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            heard.asked.append((self.command, self.path, self.rfile.read(length)))
            self.send_response(heard.status)
            if heard.location:
                self.send_header("Location", heard.location)
            self.end_headers()

        do_GET = do_POST = do_HEAD = _answer  # noqa: N815 - the names that the library looks for

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    heard.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield heard
    server.shutdown()
    server.server_close()


def beating(world: World, monitor: Monitor, **more: object) -> World:
    changes = {"heartbeat_url": monitor.url} | more
    world.settings = world.settings.model_copy(update=changes)
    return world


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return of each single sweep whether it went well: its jobs, and the mail after it."""
    swept: list[bool] = []

    def counted(sweep: Sweep, due: set[str]) -> list[runs.SweepResult]:
        results = once(sweep, due)
        with sweep.db.reading() as session:
            mail_works = mail_fails_since(session) is None
        swept.append(mail_works and not any(one.fault for one in results))
        return results

    once = runs.sweep_once
    monkeypatch.setattr(runs, "sweep_once", counted)
    return swept


def test_each_sweep_that_did_its_work_is_heard_and_says_nothing(
    world: World, monitor: Monitor, well: list[bool]
) -> None:
    beating(world, monitor)
    world.court_tells(told())
    world.sweep()
    assert all(well)
    assert monitor.asked == [("GET", "/ping/token", b"")] * len(well)
    already = len(well)
    world.sweep()
    assert well[already:] == [True]
    assert monitor.asked == [("GET", "/ping/token", b"")] * len(well)


def test_work_that_goes_on_for_many_sweeps_is_heard_all_the_while(
    world: World, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []

    def much(_: Sweep) -> Done:
        heard.append(len(monitor.asked))
        return Done(1, len(heard) < 4)

    beating(world, monitor)
    monkeypatch.setattr(runs, "TIMETABLE", (Job("much", "There is much.", much),))
    world.sweep()
    assert heard == [0, 1, 2, 3]


def test_a_job_that_fails_is_not_heard_as_well(
    world: World, monitor: Monitor, monkeypatch: pytest.MonkeyPatch, well: list[bool]
) -> None:
    beating(world, monitor)
    with monkeypatch.context() as broken:
        broken.setattr(runs, "TIMETABLE", (Job("breaks", "It breaks.", _breaks),))
        world.sweep()
    assert (well, monitor.asked) == ([False], [])
    world.sweep()
    assert len(monitor.asked) == well.count(True) > 0


def _breaks(_: Sweep) -> Done:
    raise ValueError("no")


def test_failing_mail_stops_it_until_mail_works_again(
    world: World, monitor: Monitor, smtp_sink: Mailbox, well: list[bool]
) -> None:
    beating(world, monitor, smtp_host=smtp_sink.host, smtp_port=smtp_sink.port)
    world.court_tells(told())
    smtp_sink.answer = "450 4.3.0 Try again later"
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert monitor.asked == []
    smtp_sink.answer = None
    world.clock.minutes(60)
    world.sweep()
    assert smtp_sink.messages
    assert well[-1]
    assert len(monitor.asked) == well.count(True)


def test_an_address_that_does_not_answer_keeps_nothing_from_being_done(
    world: World, monitor: Monitor
) -> None:
    beating(world, monitor, heartbeat_url="http://127.0.0.1:9/nobody")
    assert not any(one.fault for one in world.sweep())
    monitor.status, monitor.location = 302, "http://127.0.0.1:9/elsewhere"
    beating(world, monitor)
    assert not any(one.fault for one in world.sweep())
    assert len(monitor.asked) == 1


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "example.org", "http:"]
)
def test_only_an_address_of_the_web_is_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VCS_HEARTBEAT_URL", url)
    with pytest.raises(NotSetUp, match="VCS_HEARTBEAT_URL"):
        Settings.load()


def test_without_an_address_nobody_is_asked(world: World, monitor: Monitor) -> None:
    world.sweep()
    assert monitor.asked == []
