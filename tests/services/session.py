"""What the workers of one test session share: a folder, and what was left out."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER, PID = "VCS_TEST_SESSION_FOLDER", "VCS_TEST_SESSION_PID"
NOTHING_LEFT_OUT = "VCS_TEST_NOTHING_LEFT_OUT"
SERVER_READY = "ready"
IN_MEMORY, WANTED = Path("/dev", "shm"), 3 << 30
"""Where databases of tests lie if it has room: none is wanted after a power failure."""


def begin() -> None:
    """Make the folder that this session's workers share; its workers inherit the names."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="vcs-tests-")
    os.environ[PID] = str(os.getpid())
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= WANTED:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    # Some machines say that Python may keep nothing it compiled. Each process of ours would then
    # compile several hundred files anew, which takes longer than what it is started for.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def end() -> None:
    """Remove the folder, unless a server lives there still: its watcher removes both."""
    folder = shared_folder()
    if not (folder / SERVER_READY).exists():
        shutil.rmtree(folder, ignore_errors=True)


def shared_folder() -> Path:
    """Return the folder of this session."""
    return Path(os.environ[FOLDER])


def session_pid() -> int:
    """Return the process that the session lives and dies with."""
    return int(os.environ[PID])


def nothing_may_be_left_out() -> bool:
    """Say whether a test that cannot run is a failure, as it is in continuous integration."""
    return os.environ.get(NOTHING_LEFT_OUT, "") not in {"", "0"}


def fail_what_was_left_out(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skipped report into a failed one where nothing may be left out."""
    expected = hasattr(report, "wasxfail")
    if report.outcome == "skipped" and not expected and nothing_may_be_left_out():
        report.outcome = "failed"
        report.longrepr = f"left out, and nothing may be: {reason(report)}"


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped, in the words of the skip."""
    where = report.longrepr
    words = where[2] if isinstance(where, tuple) else str(where)
    return words.removeprefix("Skipped: ")
