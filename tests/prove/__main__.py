"""``make prove``: walk very many sets of facts, and print what breaks a rule."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from time import process_time

from tests.prove.agreeing import disagreeing
from tests.prove.deciding import NEVER_ALONE, able_to_decide, unable
from tests.prove.facts import ALL
from tests.prove.walk import Walked, walk
from vcs.terms import Outcome

TOLD_EACH = 100
"""Of so many sets one is told by every feed too: building and reading messages takes longer."""

ENOUGH_FOR_EVERY_CONDITION = 500_000
"""Some pairs are rare: of fewer sets they are not asked for."""


def main() -> int:
    """Walk in as many processes as there are cores. Exit 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=1_000_000)
    count = min(parser.parse_args().sets, ALL)
    parts = os.cpu_count() or 1
    seen, seconds = Walked(), 0.0
    with ProcessPoolExecutor(parts) as pool:
        for found, spent in pool.map(_timed, [count] * parts, range(parts), [parts] * parts):
            seen.join(found)
            seconds += spent
    return _tell(seen, seconds)


def _timed(count: int, part: int, parts: int) -> tuple[Walked, float]:
    began = process_time()
    seen = walk(count, part, parts)
    for sentence in disagreeing(count // TOLD_EACH, part, parts):
        seen.tell(sentence)
    return seen, process_time() - began


def _tell(seen: Walked, seconds: float) -> int:
    print(f"{seen.sets:,} of {ALL:,} sets of facts were decided, in {seconds:.0f} CPU seconds:")
    for outcome in Outcome:
        print(f"  {seen.outcomes[outcome]:>10,}  {outcome}")
    print(f"{seen.sets // TOLD_EACH:,} of them were told by every feed too.")
    print(f"{len(seen.seen):,} different sets of answers were given. Able to decide alone:")
    for condition, (one, other) in able_to_decide(seen.seen).items():
        print(f"  {condition}: nothing else differs between set {one} and set {other}")
    for condition, why in NEVER_ALONE.items():
        print(f"  {condition} never does: {why}")
    problems = [*_missing(seen), *seen.broken]
    print("\n".join(problems) if problems else "Every rule holds.")
    return 1 if problems else 0


def _missing(seen: Walked) -> Iterator[str]:
    yield from (f"No set is {outcome}." for outcome in Outcome if not seen.outcomes[outcome])
    if seen.sets >= ENOUGH_FOR_EVERY_CONDITION:
        for condition in sorted(unable(seen.seen)):
            yield f"No two sets show that {condition} can decide."


if __name__ == "__main__":
    sys.exit(main())
