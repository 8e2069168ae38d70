"""Builders: made-up facts for a letter, and what can be read in a finished one."""

from __future__ import annotations

import html.parser
import shutil
import subprocess
from pathlib import Path

import pytest

from letters.catalogue import INITIAL_CONTACT, compose
from letters.making.contents import Contents
from letters.making.given import Facts
from letters.samples import MADE_UP
from vcs.terms import Language, LetterLanguage, SentenceKind, Term, VictimRelation

POINTS_PER_MM = 72 / 25.4


def facts(**changes: object) -> Facts:
    """Facts enough for a letter to a victim about a prison sentence."""
    return {
        **MADE_UP,
        "standing": VictimRelation.VICTIM,
        "sentence_kind": SentenceKind.IMPRISONMENT,
        "term": Term(years=4, months=6),
        **changes,
    }


def facts_without(*keys: str) -> Facts:
    """The same facts with some left out."""
    return {key: value for key, value in facts().items() if key not in keys}


def contents(
    language: Language | LetterLanguage = Language.ENGLISH, /, **changes: object
) -> Contents:
    """Contents of the initial contact letter."""
    return compose(INITIAL_CONTACT, language, facts(**changes))


def text_of(pdf: Path, *, page: int | None = None, box_mm: tuple[float, ...] = ()) -> str:
    """The text a PDF reader finds, in a box of left, top, width and height when one is given."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    pages = ["-f", str(page), "-l", str(page)] if page else []
    sides = zip(("-x", "-y", "-W", "-H"), box_mm, strict=False)
    box = [part for name, mm in sides for part in (name, str(round(mm * POINTS_PER_MM)))]
    command = ["pdftotext", "-layout", *pages, *box, str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def words_of(text: str) -> str:
    """Text on one line, as it is heard."""
    return " ".join(text.split())


class _Outline(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("span", "br"):
            self.tags.append(tag)


def outline_of(page: str) -> list[str]:
    """The tags of a page in order, without the ones that only mark words."""
    outline = _Outline()
    outline.feed(page)
    return outline.tags
