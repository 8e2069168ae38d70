"""Letters per second, against the plain WeasyPrint call on an equal page; two at once; memory.

Run as ``python -m tests.bench.letters_bench [LETTERS]``. Both sides are timed in turn within one
run, so that what the machine is doing besides falls on both: trust the ratio, not the times. The
ratios of time on a processor (``cpu_…``) are those of a second and core, and hold where other
people's work leaves no core free.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from letters.catalogue import compose, html
from letters.making.given import Facts
from letters.press.jobs import LETTER
from letters.press.sheets import numbers
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
    """The shortest letters, those to others: equal pages for both sides, as in the issue."""
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
    """Our stylesheet with the page numbers and the fonts where the plain call can find them."""
    styles = LETTER.styles() + numbers.STYLES["standard"]
    for weight, path in font_paths().items():
        styles = styles.replace(f"letter-font:{weight}", path.as_uri())
    return styles


@dataclass
class Taken:
    """Seconds of a letter, block by block: by the clock, and on a processor."""

    clock: list[float]
    cpu: list[float]

    def add(self, clock: float, cpu: float, letters: int) -> None:
        self.clock.append(clock / letters)
        self.cpu.append(cpu / letters)


def cpu_seconds(*renderers: Renderer) -> float:
    """Return the seconds that presses have spent on a processor: each with what it started."""
    stats = [_stat(folder) for folder in Path("/proc").glob("[0-9]*")]
    seconds = {pid: spent for pid, _, spent in stats}
    parents = {pid: parent for pid, parent, _ in stats}
    roots = {one._press.process.pid for one in renderers if one._press is not None}
    return sum(spent for pid, spent in seconds.items() if _is_below(pid, roots, parents))


def _stat(folder: Path) -> tuple[int, int, float]:
    try:
        told = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0, 0.0  # it ended meanwhile
    ticks = os.sysconf("SC_CLK_TCK")
    return int(folder.name), int(told[1]), (int(told[11]) + int(told[12])) / ticks


def _is_below(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    while pid not in roots and pid in parents and pid > 1:
        pid = parents[pid]
    return pid in roots


def timed(renderer: Renderer, blocks: int) -> tuple[Taken, Taken]:
    """Return what a letter takes by the press and by the plain call, block by block in turn."""
    styles, letters = plain_stylesheet(), cycle(one_page())
    ours, theirs = Taken([], []), Taken([], [])
    for warm in range(blocks + 1):
        block = list(islice(letters, BLOCK))
        start, pressed, own = perf_counter(), cpu_seconds(renderer), process_time()
        for page in block:
            renderer.render(page)
        # The press's own time, and what this process did for it.
        spent = cpu_seconds(renderer) - pressed + process_time() - own
        between, own = perf_counter(), process_time()
        for page in block:
            plain(page, styles)
        if warm:  # the first block warms both up
            ours.add(between - start, spent, BLOCK)
            theirs.add(perf_counter() - between, process_time() - own, BLOCK)
    return ours, theirs


def memory(renderer: Renderer, letters: int) -> list[float]:
    """Return the press's resident memory in MiB at each tenth of the way through many letters."""
    seen = []
    for n, page in enumerate(islice(cycle(pages()), letters), 1):
        renderer.render(page)
        if n % max(1, letters // 10) == 0:
            seen.append(round(renderer.resident_bytes / MIB, 1))
    return seen


def two_at_once(blocks: int) -> tuple[float, float]:
    """Return how many times as many letters two processes make as one does, in the same run.

    By the clock; and as it would be with a core for each, by their time on a processor.
    """
    letters = one_page() * 4
    with Renderer() as first, Renderer() as second, ThreadPoolExecutor(2) as both:
        for renderer in (first, second):
            renderer.render(letters[0])
        ratios, cpu = [], []
        for _ in range(blocks):
            alone = _spent((first,), lambda: [first.render(page) for page in letters])
            shared = _spent(
                (first, second),
                lambda: list(
                    both.map(lambda one: [one.render(page) for page in letters], (first, second))
                ),
            )
            ratios.append(2 * alone[0] / shared[0])
            cpu.append(4 * alone[1] / shared[1])
    return statistics.median(ratios), statistics.median(cpu)


def _spent(renderers: tuple[Renderer, ...], work: Callable[[], object]) -> tuple[float, float]:
    start, before = perf_counter(), cpu_seconds(*renderers)
    work()
    return perf_counter() - start, cpu_seconds(*renderers) - before


def run(letters: int = LETTERS, blocks: int = BLOCKS) -> dict[str, Any]:
    """Return letters per second, the ratio to the plain call, and memory over ``letters``."""
    with Renderer() as renderer:
        ours, theirs = timed(renderer, blocks)
        resident = memory(renderer, letters)
    two, two_by_cpu = two_at_once(max(1, blocks // 3))
    clock, plain_clock = statistics.median(ours.clock), statistics.median(theirs.clock)
    return {
        "letters_per_second": round(1 / clock, 1),
        "plain_letters_per_second": round(1 / plain_clock, 1),
        "ratio_to_plain": round(plain_clock / clock, 2),
        "cpu_ratio_to_plain": round(statistics.median(theirs.cpu) / statistics.median(ours.cpu), 2),
        "two_processes_to_one": round(two, 2),
        "cpu_two_processes_to_one": round(two_by_cpu, 2),
        "letters": letters,
        "resident_mib": resident,
        "grown_mib": round(resident[-1] - resident[0], 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:2])), indent=2))
