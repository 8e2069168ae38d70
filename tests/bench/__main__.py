"""``make bench``: ratios within one run, because this machine's seconds are not another's."""

from __future__ import annotations

import argparse
import json

from tests.bench import backlog, deciding, ingest, letters_bench, pages, promptness

_ALL = ("deciding", "ingest", "promptness", "backlog", "size", "pages", "letters")


def main() -> None:
    """Run the benches that are asked for and print what they measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("only", nargs="*", choices=[*_ALL, []])
    parser.add_argument("--letters", type=int, default=1000, help="letters to render")
    parser.add_argument("--messages", type=int, default=10_000, help="messages in the backlog")
    parser.add_argument("--sentences", type=int, default=1_000_000, help="sentences stored")
    asked = parser.parse_args()
    wanted = set(asked.only or _ALL)
    if "deciding" in wanted:
        _show(
            "Deciding (aims: 3 times json.loads; 20,000 offenders a second and core; the engine)",
            deciding.run(),
        )
    if "ingest" in wanted:
        _show("Acknowledging against a route that only reads the body (aim: 0.4)", ingest.run())
    if "promptness" in wanted:
        found = promptness.run()
        _show("A burst of 500 in a second (aim: none refused) and large ones (aim: 1 s)", found)
    if "backlog" in wanted:
        found = backlog.run(asked.messages)
        _show("Reading and deciding a backlog (aim: 300 a second and core)", found)
    if "size" in wanted:
        found = backlog.by_size(asked.sentences)
        _show("A message with many sentences stored against few (aim: at most 1.3)", found)
    if "pages" in wanted:
        found = pages.run(asked.sentences)
        _show("Milliseconds of a page with many sentences stored (aim: at most 1.5 times)", found)
    if "letters" in wanted:
        found = letters_bench.run(asked.letters)
        _show("Letters against the plain WeasyPrint call (aim: at least 1.3)", found)


def _show(title: str, found: object) -> None:
    print(f"{title}\n{json.dumps(found, indent=2)}\n", flush=True)


main()
