"""A mail's plain text as simple HTML: one column, large type, no picture, nothing to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from letters.mails.templates import TEMPLATES

_BLANK = re.compile(r"\n\s*\n")

_FACT = re.compile(r"[A-Z][^:.]{0,40}: ")

_FULL = 60
"""A line of plain text that is shorter was ended on purpose."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a paragraph; ``link`` is the address where the whole line is one of ours."""

    text: str
    link: str | None = None


def as_html(title: str, text: str, base_url: str) -> str:
    """Return a mail's text as a page of HTML: the same words, and each of our addresses a link."""
    paragraphs = [list(_lines(one, base_url)) for one in _BLANK.split(text.strip()) if one.strip()]
    page = TEMPLATES.get_template("mail.html.jinja")
    return page.render(title=title, paragraphs=paragraphs)


def _lines(paragraph: str, base_url: str) -> Iterator[_Line]:
    """Join the lines that were broken for the width of plain text; a fact keeps its own line."""
    prose = ""
    for line in (one.strip() for one in paragraph.splitlines()):
        is_link = line.startswith(f"{base_url}/")
        if prose and (is_link or _FACT.match(line) or len(prose) < _FULL):
            yield _Line(prose)
            prose = ""
        if is_link:
            yield _Line(line, line)
        else:
            prose = f"{prose} {line}".strip()
    if prose:
        yield _Line(prose)
