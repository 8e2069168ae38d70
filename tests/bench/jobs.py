"""What each job of the timetable costs: as many due among few that are open as among many.

A job that finds nothing must know so without looking at everything that is open.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from scheduler.jobs import Job, Sweep
from scheduler.timetable import TIMETABLE
from tests.bench.backlog import filled
from tests.bench.sweeps import spread
from vcs import clock

_SMALL, _ROUNDS, _SETTLING = 10_000, 5, 3

_LEAST = 0.001
"""Seconds below which a difference between two runs is only noise."""


def run(large: int = 1_000_000, kinds: Iterable[str] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """Return milliseconds of each job with few and with many open, on each kind of database."""
    return {kind: _on(kind, large) for kind in kinds}


def _on(kind: str, large: int) -> dict[str, Any] | str:
    with ExitStack() as stack:
        try:
            opened = [stack.enter_context(filled(size, kind)) for size in (_SMALL, large)]
        except LookupError:
            return "not on this machine"
        sweeps = [Sweep(*one) for one in opened]
        for one in sweeps:
            spread(one.db, clock.today())
            for job in TIMETABLE * _SETTLING:
                # What every process does once, and what only the first sweeps find.
                job.run(one)
        # The server of PostgreSQL works in processes of its own.
        timer = time.process_time if kind == "sqlite" else time.perf_counter
        return {job.name: _compared(job, sweeps, timer) for job in TIMETABLE}


def _compared(job: Job, sweeps: list[Sweep], timer: Any) -> dict[str, float]:
    """Return the cost of the quickest of some rounds, turn by turn; of one find where it found."""
    rounds = [[_once(job, one, timer) for one in sweeps] for _ in range(_ROUNDS)]
    few, many = (min(max(one, _LEAST) for one in costs) for costs in zip(*rounds, strict=True))
    shown = {"few": few * 1000, "many": many * 1000, "ratio": many / few}
    return {name: round(value, 2) for name, value in shown.items()}


def _once(job: Job, sweep: Sweep, timer: Any) -> float:
    began = timer()
    done = job.run(sweep)
    return float(timer() - began) / max(done.found, 1)
