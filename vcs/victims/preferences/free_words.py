"""The note about reaching somebody safely: words for people, out of which no way is read. Pure."""

from __future__ import annotations

from typing import Final

_SAYS_NONE: Final = (
    "asked: none",
    "asked: nothing",
    "none",
    "nothing",
    "nothing noted",
    "no",
    "n/a",
)
"""What a note says where somebody asked and there was nothing: no warning, and not unknown."""


def says_something(line: str) -> bool:
    """Say whether a line of a note says more than that there is nothing to note."""
    return bool(line.strip()) and line.strip(" .").casefold() not in _SAYS_NONE


def standing_note(note: str) -> str:
    """Return the lines of a note that say something; "" where none does.

    Nobody has to have recorded an answer about each way for them to count: while they stand, no
    way is called free but one that was recorded as allowed.
    """
    return "\n".join(line.strip() for line in note.splitlines() if says_something(line))
