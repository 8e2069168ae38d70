"""The printed law on paper: the numbered sections as one tagged PDF, made by the sealed press."""

from __future__ import annotations

from typing import Protocol

from letters.papers.printing import printed
from letters.render import RenderedLetter
from vcs.law.book.sections import Section


class Book(Protocol):
    """What is printed: a first page, and the sections."""

    @property
    def title(self) -> str:
        """Return the title of the document."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the numbered sections."""


def on_paper(book: Book) -> RenderedLetter:
    """Print a book. Raises LetterRefused where the press cannot, NotSetUp where it has no font."""
    return printed("book.html.jinja", book=book)
