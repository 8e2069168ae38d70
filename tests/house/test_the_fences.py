"""The whole tree keeps the rules of the house, and each fence catches a planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.house import fences
from tests.house.source import Source, paths, python_files, room_files, text_files

Fence = Callable[[Source], Iterator[str]]

ALLOWED_AT_THE_TOP = {
    *("api", "letters", "scheduler", "tests", "vcs"),
    *("CHANGELOG.md", "LICENSE", "Makefile", "README.md", "package-lock.json", "package.json"),
    *("pyproject.toml", "requirements-dev.lock", "requirements-setup.lock", "requirements.lock"),
}


def test_no_function_or_file_is_over_its_size() -> None:
    assert fences.broken(map(fences.too_long, python_files())) == ""


def test_every_name_says_what_it_holds() -> None:
    assert fences.broken(map(fences.badly_named, python_files())) == ""


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    assert fences.broken(map(fences.asks_the_time, room_files())) == ""


def test_no_door_letter_or_law_changes_what_is_kept() -> None:
    assert fences.broken(map(fences.writes, room_files())) == ""


def test_no_read_changes_or_locks_what_is_kept() -> None:
    assert fences.broken(map(fences.reads_that_write, room_files())) == ""


def test_only_doors_end_a_transaction() -> None:
    assert fences.broken(map(fences.commits, room_files())) == ""


def test_no_file_names_a_registry_host_or_somebodys_folder() -> None:
    assert fences.broken(map(fences.names_hosts_or_paths, text_files())) == ""


def test_the_top_level_shows_the_rooms_and_nothing_else() -> None:
    visible = {path.split("/")[0] for path in paths() if not path.startswith(".")}
    assert visible - ALLOWED_AT_THE_TOP == set()


LONG_FUNCTION = "def letter():\n" + "    pass\n" * 40
LONG_FILE = "x = 1\n" * 501

PLANTED: list[tuple[Fence, str, str]] = [
    (fences.too_long, "vcs/planted.py", LONG_FUNCTION),
    (fences.too_long, "vcs/planted.py", LONG_FILE),
    (fences.badly_named, "vcs/date_utils.py", ""),
    (fences.badly_named, "api/helpers/__init__.py", ""),
    (fences.badly_named, "vcs/planted.py", "class LetterManager: ..."),
    (fences.badly_named, "vcs/planted.py", "def event_handler(): ..."),
    (fences.asks_the_time, "vcs/planted.py", "import datetime\ndatetime.datetime.now()"),
    (fences.asks_the_time, "api/planted.py", "Field(default_factory=date.today)"),
    (fences.asks_the_time, "api/planted.py", "import time\ntime.time()"),
    (fences.asks_the_time, "vcs/victims/records.py", "Column(server_default=func.now())"),
    (fences.writes, "api/planted.py", "session.add(victim)"),
    (fences.writes, "letters/planted.py", "self._session.delete(victim)"),
    (fences.writes, "vcs/law/planted.py", "from sqlalchemy import insert"),
    (fences.writes, "api/planted.py", "from sqlalchemy.dialects.sqlite import insert as put"),
    (fences.writes, "api/planted.py", "text('delete from victim')"),
    (fences.reads_that_write, "vcs/ledger/worklists/worklist.py", "session.add(victim)"),
    (fences.reads_that_write, "vcs/access/reads.py", "session.delete(victim)"),
    (fences.reads_that_write, "vcs/victims/contact/contact_reads.py", "session.add(victim)"),
    (fences.reads_that_write, "vcs/victims/reads.py", "from sqlalchemy import select, update"),
    (fences.reads_that_write, "vcs/victims/reads.py", "audit.note(session, now, who, 'seen')"),
    (fences.reads_that_write, "vcs/victims/reads.py", "select(Victim).with_for_update()"),
    (fences.reads_that_write, "vcs/victims/reads.py", "with db.writing() as session: ..."),
    (fences.commits, "vcs/victims/planted.py", "session.commit()"),
    (fences.names_hosts_or_paths, "README.md", "see https://py" + "pi.org/project/vcs"),
    (fences.names_hosts_or_paths, "README.md", "cd /ho" + "me/ann/vcs"),
]


@pytest.mark.parametrize(("fence", "path", "text"), PLANTED)
def test_each_fence_catches_a_planted_fault(fence: Fence, path: str, text: str) -> None:
    assert list(fence(Source(path, text)))


ALLOWED: list[tuple[Fence, str, str]] = [
    (fences.too_long, "vcs/planted.py", LONG_FUNCTION.replace("    pass\n", "", 1)),
    (fences.badly_named, "vcs/planted.py", "def sign_in_as_manager(): ..."),
    (fences.badly_named, "vcs/intake/common_platform.py", ""),
    (fences.asks_the_time, "vcs/clock.py", "datetime.now(UTC)"),
    (fences.asks_the_time, "api/planted.py", "clock.now()\ntime.monotonic()"),
    (fences.writes, "vcs/victims/planted.py", "session.add(victim)"),
    (fences.reads_that_write, "vcs/victims/planted.py", "session.add(victim)"),
    (fences.reads_that_write, "vcs/victims/reads.py", "names.add('Ann')\nselect(Victim)"),
    (fences.writes, "api/planted.py", "names.add('Ann')\nfrom sqlalchemy import select"),
    (fences.names_hosts_or_paths, "README.md", "/worklist/home and https://www.gov.uk/home/x"),
]


@pytest.mark.parametrize(("fence", "path", "text"), ALLOWED)
def test_no_fence_stands_in_the_way_of_good_work(fence: Fence, path: str, text: str) -> None:
    assert list(fence(Source(path, text))) == []
