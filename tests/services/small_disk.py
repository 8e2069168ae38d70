"""A file system of a few megabytes that a test may fill up and free again."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_BLOCK = 64 * 1024


class SmallDisk:
    """A folder on a file system of its own. ``fill`` leaves not one byte."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Take all the space there is."""
        size = _BLOCK
        with self._ballast.open("ab", buffering=0) as file:
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    size //= 2

    def free(self) -> None:
        """Give the space back."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def mounted(megabytes: int) -> Iterator[SmallDisk]:
    """Mount a file system of so many megabytes until the block ends; needs root."""
    with tempfile.TemporaryDirectory(prefix="vcs-small-") as name:
        options = f"size={megabytes}m,mode=0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", name], check=True)
        try:
            yield SmallDisk(Path(name))
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


@cache
def can_be_mounted() -> bool:
    """Say whether this process may mount a file system."""
    if os.geteuid() != 0:
        return False
    try:
        with mounted(1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
