"""``make prove``: walk very many sets of facts, and print what breaks a rule."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.prove.facts import ALL
from tests.prove.walk import Walked, walk


def main() -> int:
    """Walk in as many processes as there are cores. Exit 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=10_000_000)
    count = min(parser.parse_args().sets, ALL)
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        found = list(pool.map(walk, [count] * parts, range(parts), [parts] * parts))
    _tell(found)
    return 1 if any(one.broken for one in found) else 0


def _tell(found: list[Walked]) -> None:
    outcomes = sum((one.outcomes for one in found), start=found[0].outcomes.__class__())
    print(f"{sum(one.sets for one in found)} of {ALL} sets of facts were decided:")
    for outcome, count in outcomes.most_common():
        print(f"  {count:>10}  {outcome}")
    for one in found:
        print("\n".join(one.broken), end="\n" if one.broken else "")


if __name__ == "__main__":
    sys.exit(main())
