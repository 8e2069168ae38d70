"""Copies of the example's letters as files, which appear only once the caseload is kept."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

_WAITING = "letters.part"


class LetterCopies:
    """The copies in a data folder: first in a folder that waits, then in ``letters``."""

    def __init__(self, data_dir: Path) -> None:
        """Take the data folder; nothing is written yet."""
        self._folder, self._waiting = data_dir / "letters", data_dir / _WAITING

    def begin(self) -> None:
        """Remove what a load that was interrupted left waiting."""
        shutil.rmtree(self._waiting, ignore_errors=True)
        self._waiting.mkdir(parents=True)

    def add(self, reference: str, language: str, pdf: bytes) -> None:
        """Put one letter with those that wait."""
        (self._waiting / f"{reference}.{language}.pdf").write_bytes(pdf)

    def publish(self, references: Collection[str]) -> None:
        """Move what waits into place; a letter that is not kept is removed. Safe to repeat."""
        if not self._waiting.is_dir():
            return
        self._folder.mkdir(exist_ok=True)
        for copy in self._waiting.iterdir():
            if copy.name.partition(".")[0] in references:
                copy.replace(self._folder / copy.name)
        shutil.rmtree(self._waiting)
