"""``make bench``: ratios within one run, because this machine's seconds are not another's."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.bench import (
    backlog,
    batch_bench,
    deciding,
    excluded,
    ingest,
    jobs,
    letters_bench,
    lists_bench,
    mails,
    pages,
    promptness,
    sweeps,
)


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, with its aim, and how; ``size`` is the option that it takes."""

    title: str
    run: Callable[..., Any]
    size: str = ""


BENCHES: Final = {
    "deciding": Bench(
        "Deciding (aims: 3 times json.loads; 20,000 offenders a second and core; the engine)",
        deciding.run,
    ),
    "ingest": Bench(
        "Acknowledging against a route that only reads the body (aim: 0.4)", ingest.run
    ),
    "promptness": Bench(
        "A burst of 500 in a second (aim: none refused) and large ones (aim: 1 s)", promptness.run
    ),
    "backlog": Bench(
        "Reading and deciding a backlog (aim: 300 a second and core)", backlog.run, "messages"
    ),
    "mails": Bench(
        "Emails owed given to a mail server by two workers (aim: 200 a second)", mails.run, "mails"
    ),
    "lists": Bench(
        "Another system's list (aims: 60 s; false pairs 0.1 %, unsure 1 %)",
        lists_bench.run,
        "lines",
    ),
    "size": Bench(
        "A message with many sentences stored against few (aim: at most 1.3)",
        backlog.by_size,
        "sentences",
    ),
    "sweeps": Bench(
        "A sweep with 1,000 due among many open against few (aim: at most 1.5)",
        sweeps.run,
        "sentences",
    ),
    "jobs": Bench(
        "Each job of a sweep with many open against few (aim: at most 1.5)", jobs.run, "sentences"
    ),
    "pages": Bench(
        "Milliseconds of a page with many sentences stored (aim: at most 1.5 times)",
        pages.run,
        "sentences",
    ),
    "letters": Bench(
        "Letters against the plain WeasyPrint call (aim: at least 1.3)",
        letters_bench.run,
        "letters",
    ),
    "batch": Bench("A print batch (aim: memory flat)", batch_bench.run, "batch"),
    "excluded": Bench(
        "A hidden case told from none by time (aim: an area of 0.5, ± 0.05)", excluded.run, "tries"
    ),
}

SIZES: Final = {
    "letters": (1000, "letters to render"),
    "batch": (5000, "letters in a print batch"),
    "messages": (10_000, "messages in the backlog"),
    "lines": (100_000, "lines of a list"),
    "mails": (10_000, "emails owed to staff"),
    "tries": (1000, "answers that are timed"),
    "sentences": (100_000, "sentences stored; 1,000,000 takes an hour"),
}


def main() -> None:
    """Run the benches that are asked for and print what they measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("only", nargs="*", choices=[*BENCHES, []])
    for name, (size, words) in SIZES.items():
        parser.add_argument(f"--{name}", type=int, default=size, help=words)
    asked = parser.parse_args()
    for name, bench in BENCHES.items():
        if name in (asked.only or BENCHES):
            sizes = [getattr(asked, bench.size)] if bench.size else []
            found = json.dumps(bench.run(*sizes), indent=2)
            print(f"{bench.title}\n{found}\n", flush=True)


main()
