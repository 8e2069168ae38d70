"""What an envelope shows: the address, whole, and nothing else; and the code that returns a letter.

Measured on pictures of finished pages, in which nothing of how they were made is left.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageOps

from letters import LetterRefused
from letters.catalogue import compose, html
from letters.press.sheets.envelopes import C5, DL, ENVELOPES, Box, Envelope
from letters.render import RenderedLetter, Renderer
from tests.letters.a_letter import facts, text_of
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.terms import Language, LetterFormat

DOTS_PER_MM = 8
FORMATS = (LetterFormat.STANDARD, LetterFormat.LARGE_PRINT, LetterFormat.EASY_READ)
LINES = (1, 2, 3, 4, 5)
LONGEST = "Wŷl Ŵgj Place, West Wilmslow, Ŷj"


def printed(renderer: Renderer, form: LetterFormat, **changes: object) -> RenderedLetter:
    made = compose(INITIAL_CONTACT, Language.ENGLISH, facts(**changes), form)
    return renderer.letter(made)


def picture(letter: RenderedLetter, folder: Path) -> Image.Image:
    """The first page, black on white."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    (folder / "letter.pdf").write_bytes(letter.pdf)
    command = ["pdftoppm", "-r", f"{DOTS_PER_MM * 25.4}", "-l", "1", "-gray", "-singlefile"]
    subprocess.run([*command, folder / "letter.pdf", folder / "page"], check=True)
    return Image.open(folder / "page.pgm")


def ink(page: Image.Image, box: Box) -> Box | None:
    """Where there is anything on a part of the page, in millimetres; None for blank paper."""
    sides = (box.left, box.top, box.right, box.bottom)
    crop = page.crop(tuple(round(side * DOTS_PER_MM) for side in sides))  # type: ignore[arg-type]
    found = ImageOps.invert(crop).point(lambda level: 255 if level > 60 else 0).getbbox()
    if found is None:
        return None
    left, top, right, bottom = (side / DOTS_PER_MM for side in found)
    return Box(box.left + left, box.top + top, box.left + right, box.top + bottom)


def shows_whole(box: Box, window: Box) -> bool:
    return window.holds(box.left, box.top) and window.holds(box.right, box.bottom)


@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("form", FORMATS)
def test_the_windows_show_the_whole_address_and_nothing_else(
    renderer: Renderer, tmp_path: Path, form: LetterFormat, lines: int
) -> None:
    letter = printed(renderer, form, address=[f"{LONGEST} {n}" for n in range(lines)])
    page = picture(letter, tmp_path)
    address = ink(page, Box(20, 52, 100, 82))
    assert address is not None
    for envelope in ENVELOPES:
        seen = ink(page, envelope.reached)
        assert seen is not None
        assert shows_whole(seen, Box(20, 52, 92, 82))
        assert shows_whole(address, envelope.at_rest)
        pushed_aside = envelope.at_rest.right - (envelope.width - 210)
        assert address.right <= pushed_aside
    assert lines + 2 == len(letter.window)


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_up_to_five_lines_show_in_a_dl_window_wherever_the_paper_slips(
    renderer: Renderer, tmp_path: Path, lines: int
) -> None:
    letter = printed(renderer, FORMATS[0], address=[f"{LONGEST} {n}" for n in range(lines)])
    address = ink(picture(letter, tmp_path), Box(20, 52, 100, 82))
    assert address is not None
    assert shows_whole(address, DL.always_seen)


def test_three_lines_show_in_a_c5_window_wherever_the_paper_slips(
    renderer: Renderer, tmp_path: Path
) -> None:
    address = ink(picture(printed(renderer, FORMATS[0], address=[LONGEST]), tmp_path), C5.reached)
    assert address is not None
    assert shows_whole(address, C5.always_seen)


@pytest.mark.parametrize("form", FORMATS)
def test_an_address_abroad_ends_with_its_country_in_capitals(
    renderer: Renderer, form: LetterFormat
) -> None:
    abroad = {
        "address": (
            "Apartment 1204, Building B, Sunshine Gardens, Pretend District",
            "Ciudad Falsa",
        ),
        "postcode": "28999",
        "country": "ES",
    }
    shown = printed(renderer, form, **abroad).window
    assert shown[-2:] == ("28999 Ciudad Falsa", "SPAIN")
    assert len(shown) == 5


@pytest.mark.parametrize(
    "drawn",
    [
        '<div style="margin:-58mm 0 0 20mm;width:4mm;height:4mm;border:1mm solid #000"></div>',
        '<svg width="4mm" height="4mm" style="display:block;margin:-58mm 0 0 20mm">'
        '<title>a</title><path d="M0 0h9v9z"/></svg>',
    ],
)
def test_a_drawing_in_the_window_refuses_the_letter(renderer: Renderer, drawn: str) -> None:
    page = html(compose(INITIAL_CONTACT, Language.ENGLISH, facts()))
    with pytest.raises(LetterRefused, match="beside the address"):
        renderer.render(page.replace("<h1>", f"{drawn}<h1>", 1))


@pytest.mark.parametrize("form", FORMATS)
def test_the_return_code_can_be_scanned_and_names_this_letter_alone(
    renderer: Renderer, tmp_path: Path, form: LetterFormat
) -> None:
    page = picture(printed(renderer, form), tmp_path)
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text == "3F8W-K2HP"
    corners = (found.position.top_left, found.position.bottom_right)
    across = [corner.x / DOTS_PER_MM for corner in corners]
    assert min(across) > max(envelope.reached.right for envelope in ENVELOPES)
    assert "3F8W-K2HP" in text_of(tmp_path / "letter.pdf", page=1)


def test_the_code_says_nothing_of_the_scheme(renderer: Renderer, tmp_path: Path) -> None:
    (found,) = zxingcpp.read_barcodes(picture(printed(renderer, FORMATS[0]), tmp_path))
    assert "VCS" not in found.text


def test_a_letter_from_before_it_had_a_reference_of_its_own_prints_no_code(
    renderer: Renderer, tmp_path: Path
) -> None:
    page = picture(printed(renderer, FORMATS[0], letter_reference=""), tmp_path)
    assert zxingcpp.read_barcodes(page) == []


@pytest.mark.parametrize("envelope", ENVELOPES, ids=lambda one: one.name)
def test_a_window_reaches_further_than_it_shows_and_shows_more_than_it_always_does(
    envelope: Envelope,
) -> None:
    assert shows_whole(envelope.at_rest, envelope.reached)
    assert shows_whole(envelope.always_seen, envelope.at_rest)
