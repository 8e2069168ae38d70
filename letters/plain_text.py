"""A letter as plain text: for email, for screen readers, and to be read aloud into a recording.

Nothing hangs on how it looks: no columns, tables, rules or bullets. Headings stand alone between
empty lines, and end as they are; list items are numbered; a term and its explanation are one line.
After a phone number its digits follow one by one, as it is said. The address of the envelope is
left out: a text has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from vcs.terms import Language

_PHONE: Final = re.compile(r"(?<![\w.+£-])(?:\+\d[\d ()-]{8,18}\d|0[\d ()-]{8,14}\d)(?![\w-])")

# The short numbers of an emergency, after the word that says that they are rung.
_SHORT: Final = re.compile(
    r"\b((?:phone|phoning|ring|call|on|or|ffoniwch|ffonio|ar|neu|police:|heddlu:) )"
    r"(999|101|111|112)(?![\w-])",
    re.I,
)

_SAID: Final = {Language.ENGLISH: "that is", Language.WELSH: "sef"}

_HEADINGS: Final = ("h1", "h2", "h3")

_BLOCKS: Final = frozenset((*_HEADINGS, "p", "li", "dt", "dd", "div", "address", "section", "ul"))

_LEFT_OUT: Final = frozenset(("title", "head"))


def of_page(page: str) -> str:
    """Return the text of a page that :func:`letters.catalogue.html` made, ending in a new line."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.finished()) + "\n"


def digits_said(number: str) -> str:
    """Return a phone number as it is said: ``029 2018`` gives ``0 2 9, 2 0 1 8``."""
    groups = re.findall(r"\d+", number)
    said = ", ".join(" ".join(group) for group in groups)
    return f"plus {said}" if number.startswith("+") else said


@dataclass(slots=True)
class _Line:
    """One line, and whether an empty one stands before it."""

    text: str
    apart: bool


@dataclass(slots=True)
class _State:
    """Where the reader is: the languages and lists it is inside of, what is left out."""

    languages: list[str] = field(default_factory=lambda: [Language.ENGLISH.value])
    open_tags: list[str] = field(default_factory=list)
    items: int = 0
    skipping: int = 0
    term: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._words: list[str] = []
        self._state = _State()
        self._spoken = Language.ENGLISH

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins."""
        given = dict(attrs)
        if tag in ("meta", "br"):
            self._words.append("\n" if tag == "br" else "")
            return
        state = self._state
        state.languages.append(given.get("lang") or state.languages[-1])
        state.open_tags.append(tag)
        is_left_out = tag in _LEFT_OUT or given.get("id") == "window"
        if state.skipping or is_left_out:
            state.skipping += 1
        if tag in _BLOCKS:
            self._end_line("p")
            # Welsh words inside an English sentence do not change how its numbers are said.
            self._spoken = Language(state.languages[-1])
        if tag == "ul":
            state.items = 0

    def handle_endtag(self, tag: str) -> None:
        """End the line of a block."""
        state = self._state
        if tag in _BLOCKS:
            self._end_line(tag)
        if state.open_tags and state.open_tags[-1] == tag:
            state.open_tags.pop()
            state.languages.pop()
            state.skipping -= 1 if state.skipping else 0

    def handle_data(self, data: str) -> None:
        """Keep words, but for those left out."""
        if not self._state.skipping:
            self._words.append(re.sub(r"\s+", " ", data))

    def finished(self) -> list[str]:
        """Return every line, with the empty ones between."""
        self._end_line("p")
        out: list[str] = []
        for line in self._lines:
            if line.apart and out:
                out.append("")
            out.append(line.text)
        return out

    def _end_line(self, tag: str) -> None:
        words, self._words = "".join(self._words), []
        for part in words.split("\n"):
            if text := " ".join(part.split()):
                self._add(tag, self._said(text))

    def _add(self, tag: str, text: str) -> None:
        if tag == "dt":
            self._state.term = text
            return
        if tag == "dd" and self._state.term:
            mark = "." if ":" in self._state.term else ":"
            text, self._state.term = f"{self._state.term}{mark} {text}", ""
        if tag == "li":
            self._state.items += 1
            text = f"{self._state.items}. {text}"
        self._lines.append(_Line(text, apart=tag != "li" or self._state.items == 1))

    def _said(self, text: str) -> str:
        said = _SAID[self._spoken]
        text = _PHONE.sub(lambda m: f"{m[0]}, {said} {digits_said(m[0])},", text)
        text = _SHORT.sub(lambda m: m[1] + " ".join(m[2]), text)
        return re.sub(r",(?=[.,:;]|$)", "", text)
