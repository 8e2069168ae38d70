"""Migrate again and again, killed with -9 at every moment in turn: a program of its own.

``python -m tests.released.dying statements`` dies before and after each statement and each commit,
until a migration comes to its end. ``moments`` dies after so many milliseconds instead. Each try is
a fork, so that it costs no start-up. Prints how many were killed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Engine, event

from vcs.migrations.upgrade import migrate
from vcs.settings import Settings

MILLISECONDS = (1, 3, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500)

_WATCHED = ("before_cursor_execute", "after_cursor_execute", "commit")


def main() -> None:
    """Do what the command line names, with the settings of the environment."""
    settings = Settings.load()
    tries = {"statements": _at_each_statement, "moments": _at_each_moment}
    print(tries[sys.argv[1]](lambda: migrate(settings)))


def _at_each_statement(act: Callable[[], None]) -> int:
    number, killed = 1, 0
    while _ended(_fork(partial(_die_at, number), act)):
        killed += 1
        # Later ones are further apart: a long migration has many moments that are alike.
        number += 1 + number // 20
    return killed


def _at_each_moment(act: Callable[[], None]) -> int:
    killed = 0
    for milliseconds in MILLISECONDS:
        process = _fork(lambda: None, act)
        time.sleep(milliseconds / 1000)
        os.kill(process, signal.SIGKILL)
        killed += _ended(process)
    return killed


def _fork(prepare: Callable[[], None], act: Callable[[], None]) -> int:
    process = os.fork()
    if process == 0:
        prepare()
        act()
        os._exit(0)
    return process


def _die_at(number: int) -> None:
    """Have this process killed at so many moments from now."""
    left = [number]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in _WATCHED:
        event.listen(Engine, name, count)


def _ended(process: int) -> bool:
    """Wait for a process; True where it was killed, False where it ended well."""
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("A migration failed after one that was killed: see above.")
    return False


if __name__ == "__main__":
    main()
