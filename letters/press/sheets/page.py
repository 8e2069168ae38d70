"""A page as the press takes it in: our own elements, and nothing to fetch but our own fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.press.typefaces.scripts import mark

SCHEME: Final = "letter-font"
NOWHERE: Final = "http://letter.invalid/"
"""What a relative address in a letter leads to, so that it too comes before our fetcher."""


class OnlyOurFonts(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Answers for ``letter-font:<name>`` and stops the letter at anything else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        """Keep the font files, by name."""
        super().__init__(allowed_protocols=[SCHEME], allow_redirects=False, fail_on_errors=True)
        self._held = {f"{SCHEME}:{name}": body for name, body in fonts.items()}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a font file, or stop the whole letter."""
        if url not in self._held:
            raise FatalURLFetchingError(f"it asks for {_name(url)}, which is not its own")
        return URLFetcherResponse(url, self._held[url], {"Content-Type": "font/ttf"})


class Page(HTML):  # type: ignore[misc] # WeasyPrint ships no types
    """One HTML page whose elements are only what ``elements`` says they are."""

    def __init__(self, html: str, elements: CSS, fetcher: OnlyOurFonts) -> None:
        """Parse the page."""
        super().__init__(string=html, base_url=NOWHERE, url_fetcher=fetcher)
        self._elements = elements
        mark(self.etree_element)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        """Take the place of WeasyPrint's sheet for all of HTML: see ``assets/elements.css``."""
        return [self._elements]


def _name(url: str) -> str:
    """Return the last part of an address, plain and short: enough to find it in a template."""
    tail = re.sub(r"[^A-Za-z0-9._-]", "", url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    return tail[:40] or "something"
