"""The printed law as numbered sections: the page, the text and the paper all print these.

A section keeps its number on every day: one that has nothing to say that day says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: paragraphs, then points, then a table, then its parts.

    ``address`` is the page of its own that the website gives it, for what is too long for one page.
    ``key`` is what the address of the section ends in; it is the number where none is given.
    """

    title: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    parts: tuple[Section, ...] = ()
    address: str = ""
    key: str = ""
    number: str = ""
    numbered_parts: bool = True

    @property
    def size(self) -> int:
        """Return how many points and rows it has, its parts' included."""
        own = len(self.points) + (len(self.table.rows) if self.table else 0)
        return own + sum(part.size for part in self.parts)

    @property
    def anchor(self) -> str:
        """Return what a link to the section ends in."""
        return self.key or f"section-{self.number}"


def numbered(
    sections: tuple[Section, ...], before: str = "", first: int = 1
) -> tuple[Section, ...]:
    """Return the sections with their numbers: 1, 1.1. Paragraphs of a Schedule keep their own."""
    return tuple(_numbered(one, f"{before}{place}") for place, one in enumerate(sections, first))


def _numbered(section: Section, number: str) -> Section:
    parts = numbered(section.parts, f"{number}.") if section.numbered_parts else section.parts
    return replace(section, number=number, parts=parts)


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Yield every numbered section, each before its parts."""
    for one in sections:
        yield one
        yield from walk(one.parts if one.numbered_parts else ())
