"""How far a long command is, as the Makefile shows it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from api.commands import progress

FILE = Path(progress.__file__)


def shown(*command: str, total: int = 25) -> subprocess.CompletedProcess[str]:
    """Run a command under the file itself, with no package of ours to import."""
    arguments = [sys.executable, "-I", str(FILE), "packages", "Collecting", str(total), *command]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def test_every_tenth_line_and_the_last_are_shown_where_nobody_watches() -> None:
    ended = shown("printf", "Collecting a\\nnoise\\n%.0s", *map(str, range(30)))

    assert ended.returncode == 0
    assert ended.stdout.splitlines() == [f"  packages: {n} of 25" for n in (10, 20, 25)]
    assert ended.stderr == ""


def test_a_total_that_apt_names_as_it_starts_is_taken() -> None:
    ended = shown("printf", "0 upgraded, 2 newly installed\\nCollecting\\nCollecting\\n", total=0)

    assert ended.stdout == "  packages: 2 of 2\n"


def test_a_command_that_fails_shows_its_own_last_words_and_its_code() -> None:
    ended = shown("sh", "-c", "echo no space left >&2; exit 3")

    assert ended.returncode == 3
    assert "no space left" in ended.stderr
