"""Reading and deciding a message against ``json.loads`` of the same bytes."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from tests.bench.bodies import message
from vcs.intake.reading import read
from vcs.law.eligibility import decide

_ROUNDS = 9
_MESSAGES = 100


def run() -> dict[str, float]:
    """Return the median ratio over interleaved rounds, and decisions a second once read."""
    bodies = [message(n) for n in range(_MESSAGES)]
    ratios = []
    for _ in range(_ROUNDS):
        parsing = _seconds(lambda: [json.loads(body) for body in bodies])
        deciding = _seconds(lambda: _decide_all(bodies))
        ratios.append(deciding / parsing)
    facts = [one.facts for body in bodies for one in read(body).sentenced]
    alone = _seconds(lambda: [decide(one) for one in facts])
    return {
        "bytes_a_message": len(bodies[0]),
        "ratio_to_json_loads": round(statistics.median(ratios), 2),
        "offenders_decided_a_second_once_read": round(len(facts) / alone),
    }


def _decide_all(bodies: list[bytes]) -> None:
    for body in bodies:
        _decide(body)


def _decide(body: bytes) -> None:
    for one in read(body).sentenced:
        decide(one.facts)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
