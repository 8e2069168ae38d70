"""One change tried: in a copy of the program, by the tests that could catch it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.tables import ROOT, Change

_COPIED = ("vcs", "tests", "api", "letters", "scheduler", "pyproject.toml", "README.md")

_LEFT = shutil.ignore_patterns("__pycache__", "static", "node_modules")

_COUNTING = (
    *("tests/law/test_working_days.py", "tests/law/deadlines"),
    "tests/law/test_boundary_days.py",
)

_OF_LISTS = tuple(
    f"tests/law/test_{name}.py" for name in ("schedule", "schedule_titles", "families", "examples")
)

_ANSWERS = ("tests/law/test_answers_by_paragraph.py",)

_OF_RULES = ("tests/law/test_examples.py", "tests/law/test_nearest.py")

_TOLD_TWICE = (
    *("tests/intake/test_regions.py", "tests/intake/test_appeal_rows.py"),
    "tests/intake/test_said.py",
    "tests/intake/test_every_result.py",
)

_OF_FEEDS = tuple(
    f"tests/intake/{name}"
    for name in (
        *(
            "test_wording.py",
            "test_taken_back.py",
            "spi/test_taken_back.py",
            "test_judicial_results.py",
        ),
        *("test_unclear_results.py", "test_custody_that_is_longer.py"),
    )
)

_AT_LAST_LAW = (
    *("tests/law/test_rules_in_force.py", "tests/law/test_properties.py", "tests/prove"),
    "tests/law/test_every_condition_can_fail.py",
)

CATCHING: dict[str, tuple[tuple[str, ...], ...]] = {
    "vcs/law/data/duties.csv": (_COUNTING,),
    "vcs/law/data/bank_holidays.csv": (_COUNTING,),
    "vcs/law/deadlines/duties.py": (_COUNTING,),
    "vcs/law/deadlines/working_days.py": (_COUNTING,),
    "vcs/law/data": (_ANSWERS, _OF_LISTS),
    "vcs/law": (_OF_RULES, (*_ANSWERS, *_COUNTING, *_OF_LISTS), _AT_LAST_LAW),
    "vcs/intake": (_TOLD_TWICE, _OF_FEEDS, ("tests/intake",)),
}
"""The tests that could catch a change, by how its path begins; the slower only where need be."""

_CLOCK = count(2_000_000_000)
"""Each change is dated later than the last, so that no compiled file is taken for it."""


class Copy:
    """A copy of the program in a folder of its own, changed and put right again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=_LEFT)
            else:
                shutil.copy(source, folder / name)
        self._broken: dict[tuple[str, ...], tuple[str, ...]] = {}

    def catches(self, change: Change) -> bool:
        """Say whether a test fails with a change that passes without it."""
        return any(self._catch(change, tests) for tests in catching(change.path))

    def _catch(self, change: Change, named: tuple[str, ...]) -> bool:
        tests = tuple(one for one in named if (self._folder / one).exists())
        if tests not in self._broken:
            self._broken[tests] = self._failing(tests)
        with self._changed(change):
            return self._run(tests, "-x", *_left_out(self._broken[tests])).returncode != 0

    def _failing(self, tests: tuple[str, ...]) -> tuple[str, ...]:
        """Name the tests that fail without any change: they catch nothing."""
        told = self._run(tests, "-rf").stdout
        said = (line for line in told.splitlines() if line.startswith("FAILED "))
        return tuple(line.removeprefix("FAILED ").split(" - ")[0] for line in said)

    @contextmanager
    def _changed(self, change: Change) -> Iterator[None]:
        path = self._folder / change.path
        try:
            self._write(path, change.text())
            yield
        finally:
            self._write(path, (ROOT / change.path).read_text(encoding="utf-8"))

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        moment = next(_CLOCK)
        os.utime(path, (moment, moment))

    def _run(self, tests: tuple[str, ...], *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no"]
        return subprocess.run(
            [*command, *more, *tests],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"VCS_TEST_MESSAGES": "1500"},
        )


def _left_out(broken: tuple[str, ...]) -> list[str]:
    return [word for one in broken for word in ("--deselect", one)]


def catching(path: str) -> tuple[tuple[str, ...], ...]:
    """Return the tests that could catch a change to a file, the quickest first."""
    return next(tests for begins, tests in CATCHING.items() if path.startswith(begins))


@contextmanager
def copied() -> Iterator[Copy]:
    """Copy the program for a while."""
    with TemporaryDirectory(prefix="vcs-mutants-") as folder:
        yield Copy(Path(folder))
