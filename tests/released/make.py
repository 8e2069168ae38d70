"""Make the caseload of the released version anew: ``.venv/bin/python -m tests.released.make``.

The released version is taken from git and run as it was, so the caseload is its own work. Ids drawn
at random differ each time; what it says does not. The same keys are used each time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

RELEASED = "4b22aa93"
"""The commit that was released."""
HERE = Path(__file__).resolve().parent
_ROOT = HERE.parents[1]


def main() -> None:
    """Write ``caseload.jsonl`` and ``said.json`` beside this file."""
    with TemporaryDirectory(prefix="vcs-released-") as name:
        folder = Path(name)
        archive = subprocess.run(
            ["git", "archive", RELEASED], cwd=_ROOT, check=True, capture_output=True
        )
        subprocess.run(["tar", "-x", "-C", name], input=archive.stdout, check=True)
        for part in ("recipe.txt", "rows.py"):
            shutil.copy(HERE / part, folder)
        command = [sys.executable, "recipe.txt", str(HERE), str(folder / "data")]
        plain = {key: value for key, value in os.environ.items() if not key.startswith("VCS_")}
        subprocess.run(command, cwd=folder, env=plain | {"PYTHONPATH": name}, check=True)


if __name__ == "__main__":
    main()
