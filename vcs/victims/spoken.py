"""What a part of a name may be called or sound like. Pure: it makes a person be asked, no more.

Pet names are those of the package *nicknames*, and ours: rows of ``data/spoken_names.csv``, with
the spellings that no rule of sound brings together. Neither is ever complete.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Final

from nicknames import name_triplets

_LONGEST: Final = 40

_FEWEST: Final = 3
"""Consonants: of fewer, Rhys is Ross, and John is Jane. Those are rows of the table."""

# Irish and Welsh letters that English ears write otherwise, then English ones: longest first.
_HEARD: Final = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        ("^(?:sci|sch|chr)", "k"),
        ("^s(?:e(?=[ao])|i(?=[aou]))", "x"),
        ("tch|tsch|ch|sh|cz|sz", "x"),
        ("bh|mh|ph$|v", "v"),
        ("ph", "f"),
        ("^(?:kn|gn|ngw|ng)", "n"),
        ("^wr|rh", "r"),
        ("^x", "s"),
        ("augh|ough|igh|gh|ew$", "u"),
        ("dd", "d"),
        ("ll", "l"),
        ("ck|qu|q|k|c(?![eiy])", "k"),
        ("c|z", "s"),
        ("dg|g(?=[ei])", "j"),
        ("w|h", ""),
    )
)


def _roots() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, relation, short in name_triplets():
        if relation == "has_nickname":
            found[name].add(name)
            found[short].add(name)
    text = files(__package__).joinpath("data/spoken_names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for one in (row["name"], *row["also"].split()):
            found[one].add(row["name"])
    return {one: frozenset(names) for one, names in found.items()}


_ROOTS: Final = _roots()


def roots(part: str) -> frozenset[str]:
    """Return the names that a part in plain small letters may stand for, itself among them."""
    return _ROOTS.get(part, frozenset()) | {part}


def are_called_alike(one: str, other: str) -> bool:
    """Say whether two parts may be one name: a pet name of it, or spelt as it is heard."""
    return not roots(one).isdisjoint(roots(other))


@lru_cache(maxsize=4096)
def heard(part: str) -> str:
    """Return the consonants that are heard; "" where they say too little."""
    if not (part.isascii() and part.isalpha()):
        return ""
    text = part[:_LONGEST].lower()
    for pattern, sound in _HEARD:
        text = pattern.sub(sound, text)
    bones = re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", text))
    return bones if len(bones) >= _FEWEST else ""
