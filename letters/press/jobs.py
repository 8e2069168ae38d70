"""What the press may be asked to print, and how large it may grow: a letter, or the printed law."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ASSETS: Final = Path(__file__).parent.parent / "assets"


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of printing: its stylesheet and its limits. ``seconds`` is for one document."""

    name: str
    stylesheet: Path
    most_pages: int
    largest_html: int
    seconds: float
    processor_seconds: int
    memory_bytes: int
    has_window: bool
    more_styles: tuple[Path, ...] = ()

    def styles(self) -> str:
        """Return its stylesheets as one."""
        files = (self.stylesheet, *self.more_styles)
        return "\n".join(file.read_text(encoding="utf-8") for file in files)


LETTER: Final = Job(
    name="letter",
    stylesheet=_ASSETS / "letter.css",
    most_pages=40,
    largest_html=256 * 1024,
    seconds=30.0,
    processor_seconds=30,
    memory_bytes=1024**3,
    has_window=True,
    more_styles=(_ASSETS / "formats.css",),
)

BOOK: Final = Job(
    name="book",
    stylesheet=_ASSETS / "book.css",
    most_pages=400,
    largest_html=4 * 1024**2,
    seconds=600.0,
    processor_seconds=300,
    memory_bytes=2 * 1024**3,
    has_window=False,
)

JOBS: Final = {job.name: job for job in (LETTER, BOOK)}
