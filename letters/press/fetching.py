"""The only things a letter may fetch: the two font files, already in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME: Final = "letter-font"


class OnlyOurFonts(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Answers for ``letter-font:<weight>`` and stops the letter at anything else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        """Keep the font files, by weight."""
        super().__init__(allowed_protocols=[SCHEME], allow_redirects=False, fail_on_errors=True)
        self._held = {f"{SCHEME}:{weight}": body for weight, body in fonts.items()}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a font file, or stop the whole letter."""
        if url not in self._held:
            raise FatalURLFetchingError(f"it asks for {_name(url)}, which is not its own")
        return URLFetcherResponse(url, self._held[url], {"Content-Type": "font/ttf"})


def _name(url: str) -> str:
    """Return the last part of an address, plain and short: enough to find it in a template."""
    tail = re.sub(r"[^A-Za-z0-9._-]", "", url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    return tail[:40] or "something"
