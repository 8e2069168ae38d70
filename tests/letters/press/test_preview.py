"""A preview says on every page that nobody approved it, and cannot pass for the letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from letters.catalogue import INITIAL_CONTACT, compose
from letters.press.sheets.preview import WORDS as PREVIEW
from letters.render import Renderer
from tests.letters.a_letter import contents, facts, text_of, words_of
from tests.letters.every_letter import findings
from vcs.terms import LetterFormat, LetterLanguage

BOTH = LetterLanguage.BILINGUAL


@pytest.mark.parametrize("form", [LetterFormat.STANDARD, LetterFormat.EASY_READ])
def test_every_page_of_a_preview_says_so_above_and_below(
    renderer: Renderer, tmp_path: Path, form: LetterFormat
) -> None:
    letter = compose(INITIAL_CONTACT, BOTH, facts(), form)
    made, shown = tmp_path / "letter.pdf", tmp_path / "preview.pdf"
    approved, preview = renderer.letter(letter), renderer.preview(letter)
    made.write_bytes(approved.pdf)
    shown.write_bytes(preview.pdf)
    assert preview.pages == approved.pages > 2
    for page in range(1, preview.pages + 1):
        assert words_of(text_of(shown, page=page)).count(PREVIEW) == 2
    assert PREVIEW not in words_of(text_of(made))
    assert preview.window == approved.window


def test_a_preview_has_no_finding_under_pdf_ua(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "preview.pdf"
    path.write_bytes(renderer.preview(contents()).pdf)
    assert findings(path) == []


def test_the_letter_itself_is_the_same_before_and_after_a_preview(renderer: Renderer) -> None:
    letter = contents()
    before = renderer.letter(letter).sha256
    assert renderer.preview(letter).sha256 != before
    assert renderer.letter(letter).sha256 == before


def test_a_preview_in_plain_text_begins_and_ends_with_it(renderer: Renderer) -> None:
    letter = replace(contents(), format=LetterFormat.TEXT)
    lines = renderer.preview(letter).pdf.decode().strip().splitlines()
    assert (lines[0], lines[-1]) == (PREVIEW, PREVIEW)
    assert PREVIEW.encode() not in renderer.letter(letter).pdf
