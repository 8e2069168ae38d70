"""Letters per second, against the plain WeasyPrint call on an equal page; two at once; memory.

Run as ``python -m tests.bench.letters_bench [LETTERS]``. Both sides are timed in turn within one
run, so that what the machine is doing besides falls on both: trust the ratio, not the times.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from letters.catalogue import compose, html
from letters.making.given import Facts
from letters.press.jobs import LETTER
from letters.press.typefaces.fonts import font_paths
from letters.render import Renderer
from letters.sample_facts import sets_for
from vcs.post.catalogue import CATALOGUE, Addressee
from vcs.terms import Language, VictimRelation

MIB = 1024**2
BLOCKS = 10
BLOCK = 6
LETTERS = 1000


def pages() -> list[str]:
    """Letters of about one page, of every kind, in English and Welsh: the press's daily bread."""
    whole = (
        compose(row.kind, language, _facts(row.kind))
        for row in CATALOGUE
        for language in row.languages
    )
    return [html(contents) for contents in whole]


def one_page() -> list[str]:
    """The letters to others that are one page: equal pages for both sides, as in the issue."""
    rows = [row for row in CATALOGUE if row.to is not Addressee.CONTACT]
    return [html(compose(row.kind, Language.ENGLISH, _facts(row.kind))) for row in rows]


def _facts(kind: str) -> Facts:
    return {**sets_for(kind)[0], "standing": VictimRelation.VICTIM}


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
    styles = LETTER.styles()
    for weight, path in font_paths().items():
        styles = styles.replace(f"letter-font:{weight}", path.as_uri())
    return styles


def timed(renderer: Renderer, blocks: int) -> tuple[list[float], list[float]]:
    """Return the seconds of a letter by the press and by the plain call, block by block in turn."""
    styles, letters = plain_stylesheet(), cycle(one_page())
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


def two_at_once(blocks: int) -> float:
    """Return how many times as many letters two processes make as one does, in the same run."""
    letters = one_page() * 4
    with Renderer() as first, Renderer() as second, ThreadPoolExecutor(2) as both:
        for renderer in (first, second):
            renderer.render(letters[0])
        ratios = []
        for _ in range(blocks):
            alone = _seconds(lambda: [first.render(page) for page in letters])
            shared = _seconds(
                lambda: list(
                    both.map(lambda one: [one.render(page) for page in letters], (first, second))
                )
            )
            ratios.append(2 * alone / shared)
    return statistics.median(ratios)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def run(letters: int = LETTERS, blocks: int = BLOCKS) -> dict[str, Any]:
    """Return letters per second, the ratio to the plain call, and memory over ``letters``."""
    with Renderer() as renderer:
        ours, theirs = timed(renderer, blocks)
        resident = memory(renderer, letters)
    two = two_at_once(max(1, blocks // 3))
    return {
        "letters_per_second": round(1 / statistics.median(ours), 1),
        "plain_letters_per_second": round(1 / statistics.median(theirs), 1),
        "ratio_to_plain": round(statistics.median(theirs) / statistics.median(ours), 2),
        "two_processes_to_one": round(two, 2),
        "letters": letters,
        "resident_mib": resident,
        "grown_mib": round(resident[-1] - resident[0], 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:2])), indent=2))
