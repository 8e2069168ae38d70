"""``make letters-proof``: make every letter, and check each by every rule of PDF/UA-1.

As many processes as there are cores, each with a press of its own, which it keeps to the end.
``python -m tests.letters.proof recall --every 20`` proves a part: some kinds, each 20th letter.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from api.commands.progress import show
from letters import LetterRefused
from letters.render import Renderer
from tests.letters.every_letter import Case, every_case, faults

AT_ONCE = 10
"""So many letters a process takes each time: the shares end together, and little is handed over."""


def prove(cases: Iterable[Case], renderer: Renderer) -> list[str]:
    """Make each letter and return what is wrong, one sentence a fault."""
    found = []
    with TemporaryDirectory(prefix="proof-") as folder:
        for case in cases:
            made = Path(folder, case.file)
            try:
                made.write_bytes(renderer.letter(case.contents()).pdf)
            except LetterRefused as refusal:
                found.append(f"{case.file}: {refusal}")
                continue
            found += [f"{case.file}: {fault}" for fault in faults(case, made)]
            made.unlink()
    return found


_PRESSES: list[Renderer] = []


def _prove_share(cases: list[Case]) -> tuple[int, list[str]]:
    if not _PRESSES:
        _PRESSES.append(Renderer())
    return len(cases), prove(cases, _PRESSES[0])


def _asked_for() -> list[Case]:
    asked = argparse.ArgumentParser(prog="python -m tests.letters.proof", description=__doc__)
    asked.add_argument("kinds", nargs="*", help="the kinds of letter to prove; all without any")
    asked.add_argument("--every", type=int, default=1, help="prove only each such letter")
    said = asked.parse_args()
    cases = [one for one in every_case() if not said.kinds or one.kind in said.kinds]
    return cases[:: said.every]


def main() -> int:
    """Prove every letter, or a part, and say how far it is. Exit 1 where one has a fault."""
    began, cases = monotonic(), _asked_for()
    shares = [cases[at : at + AT_ONCE] for at in range(0, len(cases), AT_ONCE)]
    found: list[str] = []
    done = 0
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        for count, wrong in pool.map(_prove_share, shares):
            done += count
            found += wrong
            show("letters", done, len(cases))
    kinds = len({case.kind for case in cases})
    print("\n".join(found) if found else f"All {len(cases):,} letters of {kinds} kinds are right.")
    print(f"It took {monotonic() - began:.0f} seconds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
