"""The number at the foot of each page of a letter but the first: *Page 2 of 3*.

A letter of one page has none, and the first page is as it was: its date and address say which it
is. Each page says it in the language that it is in. A preview has the band that says so there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

# The Welsh is to be checked by a translator, as all of it is.
WORDS: Final[Mapping[str, tuple[str, str]]] = {"en": ("Page", "of"), "cy": ("Tudalen", "o")}

_POINTS: Final[Mapping[str, int]] = {"standard": 12, "large-print": 18, "easy-read": 16}

_SAID: Final = " ".join(
    f'.piece[lang="{language}"] {{ string-set: page-word "{page}", of-word "{of}"; }}'
    for language, (page, of) in WORDS.items()
)

_COUNTED: Final = 'string(page-word) " " counter(page) " " string(of-word) " " counter(pages)'


def _styles(points: int) -> str:
    look = f'font: {points}pt "Letter"; text-align: right; vertical-align: middle;'
    return f"{_SAID} @page :nth(n+2) {{ @bottom-right {{ content: {_COUNTED}; {look} }} }}"


STYLES: Final[Mapping[str, str]] = {form: _styles(points) for form, points in _POINTS.items()}
"""The stylesheet of each format: no type smaller than the letter's own."""


def form_of(page: Any) -> str | None:
    """Return the format of a page's letter; None for what is no letter."""
    body = page.etree_element.find("body")
    said = body.get("class", "").split() if body is not None else []
    return next((form for form in STYLES if form in said), None)
