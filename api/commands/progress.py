"""How far a long command is: rewritten in place on a terminal, plain lines anywhere else.

Standard library only: the Makefile runs this file with the machine's own Python, as
``progress.py WHAT PATTERN TOTAL COMMAND…``, to count the lines of a command that match.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import deque

_EVERY = 10
_LAST_LINES = 40
_HOW_MANY = re.compile(r".* (\d+) newly installed")  # apt knows the total only as it starts


def step(number: int, total: int, words: str) -> None:
    """Print which step begins."""
    print(f"Step {number} of {total}: {words}", flush=True)


def show(what: str, done: int, total: int) -> None:
    """Print how many of something are done; not each one where lines cannot be rewritten."""
    line = f"  {what}: {done} of {total}"
    if sys.stdout.isatty():
        print(f"\r{line}", end="\n" if done == total else "", flush=True)
    elif done % _EVERY == 0 or done == total:
        print(line, flush=True)


def run_and_show(what: str, pattern: str, total: int, command: list[str]) -> int:
    """Run a command, show how far it is, and return its exit code; its end is shown if it fails."""
    counted, done, last = re.compile(pattern), 0, deque[str](maxlen=_LAST_LINES)
    with subprocess.Popen(  # noqa: S603 - the Makefile's own command
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last.append(line)
            total = int(found[1]) if (found := _HOW_MANY.match(line)) else total
            if counted.match(line) and done < total:
                done += 1
                show(what, done, total)
    if process.returncode:
        sys.stderr.write("".join(["\n", *last]))
    return process.returncode


if __name__ == "__main__":
    what, pattern, total, *command = sys.argv[1:]
    raise SystemExit(run_and_show(what, pattern, int(total), command))
