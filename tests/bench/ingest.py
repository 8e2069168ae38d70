"""Messages acknowledged a second, durable, against a route that only reads the same body."""

from __future__ import annotations

import asyncio
import base64
import multiprocessing
import os
import socket
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from api.app import create_app
from tests.bench.bodies import message
from tests.conftest import settings_for
from vcs import clock, logs
from vcs.access.clients import ClientEntry, add_client
from vcs.database import connect
from vcs.migrations.upgrade import migrate
from vcs.settings import Settings

_MESSAGES, _AT_ONCE, _ROUNDS = 600, 32, 5

ACCEPTED = 202

FEED = "/court-feeds/common-platform"


def run() -> dict[str, float]:
    """Return both rates and the best ratio over rounds, on SQLite in a temporary folder."""
    with _serving(_reading_app, ()) as plain, opened() as (real, token):
        pairs = []
        for n in range(_ROUNDS):
            pairs.append(_pair(plain, real, token, n))
            wait_until_read(real)
    reading, kept = max(pairs, key=lambda pair: pair[1] / pair[0])
    return {
        "bytes_a_message": len(message(0)),
        "only_read_a_second": round(reading),
        "acknowledged_a_second": round(kept),
        "ratio": round(kept / reading, 2),
    }


@contextmanager
def opened() -> Iterator[tuple[int, str]]:
    """Serve the real application on a new database; gives its port and a court's token."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), None)
        client_id, secret = _prepare(settings)
        with _serving(create_app, (settings,)) as port:
            yield port, _token(port, client_id, secret)


def _pair(plain: int, real: int, token: str, number: int) -> tuple[float, float]:
    bodies = [message(number * _MESSAGES + n) for n in range(_MESSAGES)]
    return _rate(plain, "/read", "", bodies), _rate(real, FEED, token, bodies)


def wait_until_read(port: int) -> None:
    """Wait for the reading of one round, so that it does not weigh on the next."""
    for _ in range(600):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            if "vcs_inbox_depth 0.0" in answer.read().decode():
                return
        time.sleep(0.2)
    raise RuntimeError("the messages were not read")


def _prepare(settings: Settings) -> tuple[str, str]:
    migrate(settings)
    db = connect(settings)
    with db.writing() as session:
        made = add_client(session, None, ClientEntry("bench", "court"), clock.now())
    db.close()
    return made.client_id, made.client_secret


def _reading_app() -> FastAPI:
    app = FastAPI()

    @app.post("/read", status_code=202)
    async def read(request: Request) -> JSONResponse:
        return JSONResponse({"bytes": len(await request.body())}, status_code=202)

    return app


@contextmanager
def _serving(make: Any, arguments: tuple[Any, ...]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(make, arguments, port), daemon=True
    )
    process.start()
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(make: Any, arguments: tuple[Any, ...], port: int) -> None:
    # The line that each request is logged by is written too: it is part of what a court waits for.
    with Path(os.devnull).open("w") as nowhere:
        logs.configure(nowhere)
        app = make(*arguments)
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _token(port: int, client_id: str, secret: str) -> str:
    import json

    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/oauth2/token",
        data=b"grant_type=client_credentials",
        headers={"Authorization": f"Basic {basic}"},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - as above
        return str(json.load(answer)["access_token"])


def _rate(port: int, path: str, token: str, bodies: list[bytes]) -> float:
    start = time.perf_counter()
    asyncio.run(_send_all(port, path, token, bodies))
    return len(bodies) / (time.perf_counter() - start)


async def _send_all(port: int, path: str, token: str, bodies: list[bytes]) -> None:
    waiting = iter(bodies)
    await asyncio.gather(*(_sender(port, path, token, waiting) for _ in range(_AT_ONCE)))


async def _sender(port: int, path: str, token: str, bodies: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for body in bodies:
        writer.write(request(path, token, body))
        status, _ = await answer(reader)
        if status != ACCEPTED:
            raise RuntimeError(f"answered {status}")
    writer.close()


def request(path: str, token: str, body: bytes = b"", method: str = "POST") -> bytes:
    """Write a request."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer: its status and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)
