"""``make mutants``: change tables and rules one at a time, and print what no test catches."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.mutants import sources, tables
from tests.mutants.draw import Draw
from tests.mutants.tables import Change
from tests.mutants.trial import copied

SEED = 1

EQUIVALENT = Path(__file__).with_name("equivalent.csv")

ENOUGH = 0.97


def every(seed: int) -> list[Change]:
    """Return the changes that a seed draws."""
    draw = Draw(seed)
    return [*tables.changes(draw), *sources.changes(draw)]


def equivalent() -> dict[str, str]:
    """Return the changes that change nothing, each with its reason."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as opened:
        return {row["change"]: row["why"] for row in csv.DictReader(opened)}


def main() -> int:
    """Try every change. Exit 1 where too many are not caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default="", help="only changes whose name holds these words")
    asked = parser.parse_args()
    tried = [one for one in every(asked.seed) if asked.only in one.name]
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        survived = [name for found in pool.map(_try, _dealt(tried, parts)) for name in found]
    return _tell(len(tried), survived)


def _dealt(tried: list[Change], parts: int) -> list[list[Change]]:
    return [tried[part::parts] for part in range(parts)]


def _try(tried: list[Change]) -> list[str]:
    survived = []
    with copied() as copy:
        for change in tried:
            caught = copy.catches(change)
            print(f"{'caught  ' if caught else 'SURVIVED'} {change.name}", flush=True)
            if not caught:
                survived.append(change.name)
    return survived


def _tell(tried: int, survived: list[str]) -> int:
    known = equivalent()
    told = Counter("equivalent" if name in known else "not caught" for name in survived)
    for name in survived:
        print(f"{known.get(name, 'not caught')}: {name}")
    caught = tried - len(survived)
    of = tried - told["equivalent"]
    print(f"{caught} of {of} changes were caught ({caught / (of or 1):.1%});", end=" ")
    print(f"{told['equivalent']} more change nothing.")
    return 0 if caught >= ENOUGH * of else 1


if __name__ == "__main__":
    sys.exit(main())
