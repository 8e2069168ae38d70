"""``vcs work`` and ``vcs tick``: the scheduler.

It is another door: this process becomes it, or starts it beside the pages, and never imports it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_SCHEDULER = (sys.executable, "-m", "scheduler")

_SECONDS_TO_END = 15


def work() -> NoReturn:
    """Run the scheduler; any number may run."""
    _become(*_SCHEDULER)


def tick() -> NoReturn:
    """Do one sweep of everything due, then exit."""
    _become(*_SCHEDULER, "--once")


def _become(*command: str) -> NoReturn:
    """Be that program from here on: who stops or kills this process does it to the scheduler."""
    os.execv(command[0], command)  # noqa: S606 - our own interpreter and code


def sweep_once(*, first_digest: bool = False) -> None:
    """Do everything due, and show what the sweep wrote only where it failed.

    ``first_digest`` also writes the digest of whoever never had one, at whatever hour.
    """
    also = ["--first-digest"] if first_digest else []
    swept = subprocess.run(  # noqa: S603 - our own interpreter and code
        [*_SCHEDULER, "--once", *also], capture_output=True, text=True, check=False
    )
    if swept.returncode:
        print(swept.stderr, file=sys.stderr, flush=True)


@contextmanager
def working() -> Iterator[None]:
    """Keep a scheduler running until the block ends, or this process does, in whatever way."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [*_SCHEDULER, "--until-input-ends"], stdin=subprocess.PIPE
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
