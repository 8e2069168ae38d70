"""How soon: a burst of messages acknowledged, and large messages acknowledged, read and decided."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from pathlib import Path

from tests.bench.bodies import large, message
from tests.bench.ingest import ACCEPTED, FEED, answer, opened, request, wait_until_read

_BURST = 500
_LARGE = 2 * 1024 * 1024
_SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "messages" / "cp-hearing-resulted"
_SAMPLE_SIZE = 127 * 1024
_ROUNDS = 3


def run() -> dict[str, object]:
    """Return what became of a burst, and the seconds that large messages took, the best of three.

    Each large message goes to a server that has nothing else to do.
    """
    with opened() as (port, token):
        found: dict[str, object] = {"burst": asyncio.run(_burst(port, token))}
        wait_until_read(port)
        for name, body in (("largest_sample", _largest_sample()), ("made_2_mb", large(_LARGE))):
            rounds = [asyncio.run(_one(port, token, body + b" " * n)) for n in range(_ROUNDS)]
            found[name] = {"bytes": len(body)} | min(rounds, key=lambda one: one["read_within"])
    return found


async def _burst(port: int, token: str) -> dict[str, object]:
    """Send so many messages evenly over one second, each by a connection of its own."""
    bodies = [message(700_000 + n) for n in range(_BURST)]
    began = time.perf_counter()
    sent = (_at(n / _BURST, port, token, body) for n, body in enumerate(bodies))
    statuses = Counter(await asyncio.gather(*sent))
    return {
        "messages": _BURST,
        "not_accepted": _BURST - statuses[ACCEPTED],
        "acknowledged_within": round(time.perf_counter() - began, 2),
    }


async def _at(second: float, port: int, token: str, body: bytes) -> int:
    await asyncio.sleep(second)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(FEED, token, body))
    status, _ = await answer(reader)
    writer.close()
    return status


async def _one(port: int, token: str, body: bytes) -> dict[str, float]:
    """Send one message and ask for its receipt until it is read; returns seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.perf_counter()
    writer.write(request(FEED, token, body))
    _, told = await answer(reader)
    acknowledged = time.perf_counter() - began
    address = f"/court-feeds/receipts/{json.loads(told)['receipt']}"
    status = "waiting"
    while status == "waiting":
        await asyncio.sleep(0.01)
        writer.write(request(address, token, method="GET"))
        status = json.loads((await answer(reader))[1])["status"]
    read = time.perf_counter() - began
    writer.close()
    if status != "read":
        raise RuntimeError(status)
    return {"acknowledged_within": round(acknowledged, 3), "read_within": round(read, 3)}


def _largest_sample() -> bytes:
    """Return the largest message of the samples; without them a made one of its size."""
    if not _SAMPLES.is_dir():
        return large(_SAMPLE_SIZE)
    return max((path.read_bytes() for path in _SAMPLES.iterdir()), key=len)
