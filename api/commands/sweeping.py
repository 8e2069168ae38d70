"""``vcs work`` and ``vcs tick``: the scheduler.

It is another door: it is started as a process of its own and never imported here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

_SCHEDULER = (sys.executable, "-m", "scheduler")

_SECONDS_TO_END = 15


def work() -> None:
    """Run the scheduler; any number may run."""
    raise typer.Exit(subprocess.call(_SCHEDULER))  # noqa: S603 - our own interpreter and code


def tick() -> None:
    """Do one sweep of everything due, then exit."""
    raise typer.Exit(subprocess.call([*_SCHEDULER, "--once"]))  # noqa: S603 - as above


def sweep_once() -> None:
    """Do everything due, and show what the sweep wrote only where it failed."""
    swept = subprocess.run(  # noqa: S603 - as above
        [*_SCHEDULER, "--once"], capture_output=True, text=True, check=False
    )
    if swept.returncode:
        print(swept.stderr, file=sys.stderr, flush=True)


@contextmanager
def working() -> Iterator[None]:
    """Keep a scheduler running until the block ends."""
    process = subprocess.Popen(_SCHEDULER)  # noqa: S603 - our own interpreter and code
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
