"""Each page of a letter but the first says its number, in its language."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from letters.catalogue import compose
from letters.press.sheets.numbers import STYLES
from letters.render import Renderer
from letters.sample_facts import sets_for
from tests.letters.a_letter import text_of
from tests.letters.every_letter import findings
from vcs.terms import LetterFormat, LetterLanguage, VictimRelation


def printed(renderer: Renderer, folder: Path, language: LetterLanguage, form: LetterFormat) -> Path:
    facts = {**sets_for("annual")[0], "standing": VictimRelation.VICTIM}
    made = folder / "letter.pdf"
    made.write_bytes(renderer.letter(compose("annual", language, facts, form)).pdf)
    return made


def feet(made: Path) -> list[str]:
    """Return the number that each page says; nothing for one that says none."""
    with pikepdf.open(made) as pdf:
        count = len(pdf.pages)
    pages = (text_of(made, page=number) for number in range(1, count + 1))
    found = (re.search(r"(Page|Tudalen) \d+ o\w? \d+", text) for text in pages)
    return [one[0] if one else "" for one in found]


@pytest.mark.parametrize("form", [one for one in LetterFormat if one is not LetterFormat.TEXT])
def test_each_page_but_the_first_says_its_number(
    renderer: Renderer, tmp_path: Path, form: LetterFormat
) -> None:
    said = feet(printed(renderer, tmp_path, LetterLanguage.ENGLISH, form))
    count = len(said)
    assert count > 1
    assert said == ["", *(f"Page {n} of {count}" for n in range(2, count + 1))]


def test_each_language_says_it_in_its_own_words_and_the_file_is_still_accessible(
    renderer: Renderer, tmp_path: Path
) -> None:
    made = printed(renderer, tmp_path, LetterLanguage.BILINGUAL, LetterFormat.LARGE_PRINT)
    said = feet(made)
    half = len(said) // 2
    assert said[:half] == ["", *(f"Tudalen {n} o {len(said)}" for n in range(2, half + 1))]
    assert said[half:] == [f"Page {n} of {len(said)}" for n in range(half + 1, len(said) + 1)]
    assert findings(made) == []


def test_a_letter_of_one_page_says_no_number(renderer: Renderer) -> None:
    for form in STYLES:
        page = (
            f'<html lang="en"><head><title>A letter</title></head><body class="{form}">'
            '<section class="piece" lang="en"><h1>A letter</h1><p>Short.</p></section>'
            "</body></html>"
        )
        made = renderer.render(page)
        assert made.pages == 1
        assert b"Artifact" not in made.pdf
