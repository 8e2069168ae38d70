"""WeasyPrint's complaints about a letter: those that stop it, and those that are only logged.

A letter is stopped by what would make it wrong on paper: every error (a file, image or stylesheet
that cannot be used, a part of the tag tree that is missing) and the warnings in ``_STOPPED_BY``.
Anything else, such as advice to install a library, is passed on as a note for the log.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import weasyprint

_FOLDER: Final = Path(weasyprint.__file__).parent.parent
_FONT: Final = "a font cannot be loaded or embedded"
_IMAGE: Final = "an image, link or file cannot be used"
_LEFT_OUT: Final = "something would be left out"

# How WeasyPrint's warning begins, and what the person who asked for the letter is told.
_STOPPED_BY: Final = {
    "Unable to compute content": _LEFT_OUT,
    "Font-face": _FONT,
    "Unable to": _FONT,
    "Too many glyphs missing": _FONT,
    "Unknown bitmap metrics": _FONT,
    "Unsupported bitmap glyph": _FONT,
    "Unknown subglyph": _FONT,
    "Unsupported subglyph": _FONT,
    "Unknown image mode": _IMAGE,
    "Malformed URL": _IMAGE,
    "This row has more columns": _LEFT_OUT,
    "Only strings are allowed for content": _LEFT_OUT,
    '"string(': _LEFT_OUT,
    '"element(': _LEFT_OUT,
}
_UNTAGGED: Final = {
    "Missing required": "its tags are not valid: the language is missing",
    'Image "%s" has no': "its tags are not valid: an image has no description",
}


class Complaints(logging.Handler):
    """Sorts what WeasyPrint logs while one letter is laid out.

    ``stopping`` says in plain words what is wrong with the letter. ``notes`` are for the log:
    never more than where and WeasyPrint's own fixed words, and nothing from the letter.
    """

    def __init__(self) -> None:
        """Start with none."""
        super().__init__(logging.WARNING)
        self.stopping: list[str] = []
        self.notes: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Sort one complaint."""
        words = _why_stopped(record)
        if words and words not in self.stopping:
            self.stopping.append(words)
        if not words and (note := _note(record)) not in self.notes:
            self.notes.append(note)

    def clear(self) -> None:
        """Forget the letter before."""
        self.stopping.clear()
        self.notes.clear()


def stylesheet_is_broken(complaints: Complaints) -> bool:
    """True if a rule of a stylesheet was ignored: no letter would then look as designed."""
    ignored = (note for note in complaints.notes if "/css/" in note and "Deprecated" not in note)
    return bool(complaints.stopping) or any(ignored)


def _why_stopped(record: logging.LogRecord) -> str:
    template = str(record.msg)
    if template.startswith(".notdef") and isinstance(record.args, tuple):
        char, code = record.args
        return f"no font of the letters can print “{char}” (U+{code:04X})"
    table = _UNTAGGED | _STOPPED_BY
    words = next((table[start] for start in table if template.startswith(start)), "")
    return words or (_IMAGE if record.levelno >= logging.ERROR else "")


def _note(record: logging.LogRecord) -> str:
    """Say where and in which words, without the values: those may come from the letter.

    A message without values may have had them put in before it was logged, so it is left out.
    """
    path = Path(record.pathname)
    file = path.relative_to(_FOLDER) if path.is_relative_to(_FOLDER) else path.name
    return f"{file}:{record.lineno} {record.msg if record.args else ''}".rstrip()
