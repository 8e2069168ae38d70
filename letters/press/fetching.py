"""The only things a letter may fetch: the two font files, already in memory."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "letter-font"


class OnlyOurFonts(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Answers for ``letter-font:<weight>`` and stops the letter at anything else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        """Keep the font files, by weight."""
        super().__init__(allowed_protocols=[SCHEME], allow_redirects=False, fail_on_errors=True)
        self._held = {f"{SCHEME}:{weight}": body for weight, body in fonts.items()}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a font file, or stop the whole letter."""
        if url not in self._held:
            raise FatalURLFetchingError("a letter may fetch nothing but its own fonts")
        return URLFetcherResponse(url, self._held[url], {"Content-Type": "font/ttf"})
