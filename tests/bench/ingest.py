"""Messages acknowledged a second, durable, against a route that only validates the same body."""

from __future__ import annotations

import asyncio
import base64
import multiprocessing
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
from vcs import clock
from vcs.casework import accounts
from vcs.database import connect, migrate
from vcs.intake.reading import parse
from vcs.settings import Settings

_MESSAGES, _AT_ONCE, _ROUNDS = 600, 32, 3


def run() -> dict[str, float]:
    """Return both rates and the best ratio over rounds, on SQLite in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        client_id, secret = _prepare(settings)
        with _serving(_validating_app, ()) as plain, _serving(create_app, (settings,)) as real:
            token = _token(real, client_id, secret)
            pairs = []
            for n in range(_ROUNDS):
                pairs.append(_pair(plain, real, token, n))
                _wait_until_read(real)
    validated, kept = max(pairs, key=lambda pair: pair[1] / pair[0])
    return {
        "bytes_a_message": len(message(0)),
        "validated_a_second": round(validated),
        "acknowledged_a_second": round(kept),
        "ratio": round(kept / validated, 2),
    }


def _pair(plain: int, real: int, token: str, number: int) -> tuple[float, float]:
    bodies = [message(number * _MESSAGES + n) for n in range(_MESSAGES)]
    return _rate(plain, "/validate", "", bodies), _rate(
        real, "/court-feeds/common-platform", token, bodies
    )


def _wait_until_read(port: int) -> None:
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
        made = accounts.add_client(session, None, "bench", "court", clock.now())
    db.close()
    return made.client_id, made.client_secret


def _validating_app() -> FastAPI:
    app = FastAPI()

    @app.post("/validate", status_code=202)
    async def validate(request: Request) -> JSONResponse:
        parse(await request.body())
        return JSONResponse({"status": "valid"}, status_code=202)

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
    uvicorn.run(make(*arguments), host="127.0.0.1", port=port, log_level="error", access_log=False)


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
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await _answer(reader)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 202 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    await reader.readexactly(length)
