"""Letters per second, against the plain WeasyPrint call on the same page; and memory over many.

Run as ``python -m tests.bench.letters_bench [LETTERS]``. Both sides are timed in turn within one
run, so that what the machine is doing besides falls on both: trust the ratio, not the times.
"""

from __future__ import annotations

import json
import statistics
import sys
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from letters.catalogue import STYLESHEET, compose, html
from letters.press.fonts import font_paths
from letters.render import Renderer
from letters.samples import variants
from vcs.post.catalogue import CATALOGUE

MIB = 1024**2
BLOCKS = 10
BLOCK = 6
LETTERS = 1000


def pages() -> list[str]:
    """Every letter of the catalogue in each language and variant, as pages for the press."""
    rows = [(row.kind, language) for row in CATALOGUE for language in row.languages]
    return [html(compose(*row, facts)) for row in rows for _, facts in variants()]


def plain(page: str, stylesheet: str) -> bytes:
    """The obvious call: a new stylesheet and a new font configuration for each letter."""
    fonts = FontConfiguration()
    styles = [CSS(string=stylesheet, font_config=fonts)]
    made: bytes = HTML(string=page).write_pdf(
        stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made


def plain_stylesheet() -> str:
    """Our stylesheet with the fonts where the plain call can find them."""
    styles = STYLESHEET.read_text(encoding="utf-8")
    for weight, path in font_paths().items():
        styles = styles.replace(f"letter-font:{weight}", path.as_uri())
    return styles


def timed(renderer: Renderer, blocks: int) -> tuple[list[float], list[float]]:
    """Return the seconds of a letter by the press and by the plain call, block by block in turn."""
    styles, letters = plain_stylesheet(), cycle(pages())
    ours, theirs = [], []
    for _ in range(blocks + 1):
        block = list(islice(letters, BLOCK))
        start = perf_counter()
        for page in block:
            renderer.render(page)
        between = perf_counter()
        for page in block:
            plain(page, styles)
        ours.append((between - start) / BLOCK)
        theirs.append((perf_counter() - between) / BLOCK)
    return ours[1:], theirs[1:]  # the first block warms both up


def memory(renderer: Renderer, letters: int) -> list[float]:
    """Return the press's resident memory in MiB at each tenth of the way through many letters."""
    seen = []
    for n, page in enumerate(islice(cycle(pages()), letters), 1):
        renderer.render(page)
        if n % max(1, letters // 10) == 0:
            seen.append(round(renderer.resident_bytes / MIB, 1))
    return seen


def run(letters: int = LETTERS, blocks: int = BLOCKS) -> dict[str, Any]:
    """Return letters per second, the ratio to the plain call, and memory over ``letters``."""
    with Renderer() as renderer:
        ours, theirs = timed(renderer, blocks)
        resident = memory(renderer, letters)
    return {
        "letters_per_second": round(1 / statistics.median(ours), 1),
        "plain_letters_per_second": round(1 / statistics.median(theirs), 1),
        "ratio_to_plain": round(statistics.median(theirs) / statistics.median(ours), 2),
        "letters": letters,
        "resident_mib": resident,
        "grown_mib": round(resident[-1] - resident[0], 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:2])), indent=2))
