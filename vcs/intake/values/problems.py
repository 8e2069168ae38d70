"""What is wrong with parts of a message: each named by its path, never by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

MOST_NAMED = 8
"""How many problems one message states; the rest are counted."""
PART_LOST = "A part of the message that could not be read"
"""What stands in for it among a person's offences."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")
_INDEX = re.compile(r"\[\d+\]")
_NOT_SHOWN = "a name that is not shown"


@lru_cache(maxsize=4096)
def shown(name: str) -> str:
    """Return a name as a problem may state it: one that could hold a person's name is covered."""
    return name if _NAME.fullmatch(name) else _NOT_SHOWN


def without_places(path: str) -> str:
    """Return a path without the places in its lists, so that one drift is one problem."""
    return _INDEX.sub("", path)


def joined(names: Iterable[str]) -> str:
    """Write the first few names, each in quotation marks."""
    told = list(dict.fromkeys(f"“{shown(one)}”" for one in names))
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return ", ".join(told[:MOST_NAMED]) + more


@dataclass(slots=True)
class Problems:
    """The problems found so far in one message, each a sentence, each once.

    ``lesser`` are problems that matter only where the message sentences nobody: a sentence that
    could not concern a victim, in a part that is not read.
    """

    _found: dict[str, None] = field(default_factory=dict)
    lesser: list[str] = field(default_factory=list)

    def add(self, problem: str) -> None:
        """Add a sentence for a person. It never repeats what was sent."""
        self._found.setdefault(problem)

    def sentences(self) -> Iterator[str]:
        """Yield the problems to be stated, in the order found."""
        told = list(self._found)
        yield from told[:MOST_NAMED]
        if len(told) > MOST_NAMED:
            yield f"{len(told) - MOST_NAMED} more parts could not be read."

    def __len__(self) -> int:
        """Count the problems."""
        return len(self._found)

    def __str__(self) -> str:
        """Return all of it as text; empty where nothing is wrong."""
        return " ".join(self.sentences())
