"""One paper through the press: its own template, filled strictly, as one tagged PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letters.press.jobs import BOOK
from letters.render import RenderedLetter, Renderer
from vcs.law.book.sections import Table

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"

_MOST_COUNTED: Final = 90

_LONGEST_WORD: Final = 16


def printed(template: str, **given: Any) -> RenderedLetter:
    """Print a paper. Raises LetterRefused where the press cannot, NotSetUp where it has no font."""
    page = _environment().get_template(template).render(widths=widths, **given)
    with Renderer(job=BOOK) as renderer:
        return renderer.render(page)


def widths(table: Table) -> list[int]:
    """Return the width of each column in hundredths, by how much stands in it."""
    columns = zip(table.heads, *table.rows, strict=True)
    wanted = [_wanted(column) for column in columns]
    return [round(100 * one / sum(wanted)) for one in wanted]


def _wanted(column: tuple[str, ...]) -> float:
    counted = [min(len(cell), _MOST_COUNTED) for cell in column]
    words = (len(word) for cell in column for word in cell.split())
    return max(2.0 * min(max(words), _LONGEST_WORD), sum(counted) / len(counted))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
