"""``make bench``: ratios within one run, because this machine's seconds are not another's."""

from __future__ import annotations

import argparse
import json

from tests.bench import deciding, ingest, letters_bench


def main() -> None:
    """Run the benches that are asked for and print what they measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("only", nargs="*", choices=["ingest", "deciding", "letters", []])
    parser.add_argument("--letters", type=int, default=1000, help="letters to render")
    asked = parser.parse_args()
    wanted = set(asked.only) or {"deciding", "ingest", "letters"}
    if "deciding" in wanted:
        _show("Deciding a message against json.loads (aim: at most 5)", deciding.run())
    if "ingest" in wanted:
        _show("Acknowledging against a route that only validates (aim: 0.33)", ingest.run())
    if "letters" in wanted:
        found = letters_bench.run(asked.letters)
        _show("Letters against the plain WeasyPrint call (aim: at least 1.3)", found)


def _show(title: str, found: object) -> None:
    print(f"{title}\n{json.dumps(found, indent=2)}\n", flush=True)


main()
