"""When the words of each letter last changed: ``versions.csv``, one row a letter and one shared.

A test fails where words changed and the row did not: ``python -m letters.versions`` records today.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from letters.agreement import templates_of
from letters.catalogue import TEMPLATES, layout_of
from letters.language.translations import SHARED, welsh_file
from vcs import clock
from vcs.post.catalogue import CATALOGUE, letter

RECORDED: Final = Path(__file__).parent / "versions.csv"

_HEADINGS: Final = ("letter", "version", "changed_on")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The words of one letter as they are recorded, and since which day they stand."""

    version: str
    changed_on: date


def version_of(kind: str) -> str:
    """Return the version of a letter's own words, in every language, or of what letters share."""
    if kind == SHARED:
        layouts = [layout_of(folder) for folder in ("standard", "easy_read", "others")]
        files = [*(TEMPLATES / name for name in layouts), welsh_file(SHARED)]
    else:
        files = [*(TEMPLATES / name for name in templates_of(letter(kind))), welsh_file(kind)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


@cache
def recorded() -> Mapping[str, Recorded]:
    """Return what is recorded, by letter."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["letter"]: Recorded(row["version"], date.fromisoformat(row["changed_on"]))
        for row in rows
    }


def last_changed(kind: str) -> date:
    """Return the day on which a letter's words last changed, its own or the shared ones."""
    return max(recorded()[kind].changed_on, recorded()[SHARED].changed_on)


def not_recorded() -> list[str]:
    """Return the letters whose words are not those recorded."""
    held = recorded()
    names = (*(row.kind for row in CATALOGUE), SHARED)
    return [name for name in names if name not in held or held[name].version != version_of(name)]


def record(today: date) -> None:
    """Record the words as they are now; those that did not change keep their day."""
    held = recorded() if RECORDED.exists() else {}
    rows = []
    for name in (*(row.kind for row in CATALOGUE), SHARED):
        version = version_of(name)
        same = name in held and held[name].version == version
        rows.append((name, version, held[name].changed_on if same else today))
    with RECORDED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((_HEADINGS, *rows))


if __name__ == "__main__":
    record(clock.today())
