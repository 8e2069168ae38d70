"""Names as people write them, on the finished page: each character drawn, and said aloud right."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from letters import LetterRefused
from letters.catalogue import html
from letters.press.sheets.orders import NotReadBack
from letters.press.typefaces import faces
from letters.press.typefaces.fonts import font_paths, unprintable
from letters.press.typefaces.glyphs import Embedded, check
from letters.render import Renderer
from tests.letters.a_letter import contents, text_of, words_of
from tests.letters.every_letter import findings

NAMES = {
    "Vietnamese": "Phạm Thị Diệu",
    "Yoruba": "Ọládélé Adébáyọ̀",
    "Polish": "Żółć Gęśląjaźń",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Елена Щукина",
    "Ukrainian": "Ґалаґан Їжакевич",
    "Arabic": "ليلى حسن",
    "Persian": "نگین می‌خواهد",
    "Urdu": "ٹیپو ڈار",
    "Hebrew": "רות כהן",
    "Devanagari": "प्रिया शर्मा",
    "Bengali": "শেখ হাসিনা রহমান",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "કૃષ્ણા પટેલ",
    "Tamil": "செல்வி முருகன்",
    "Chinese": "王小明",
    "Traditional Chinese": "陳麗華",
    "Japanese": "佐藤さくら",
    "Korean": "김민수",
    "Thai": "สมหญิง ใจดี",
    "Amharic": "ሰላም ታደሰ",
    "Georgian": "ნინო ბერიძე",
}

JOINED_TO_THE_LEFT = ("Arabic", "Persian", "Urdu", "Hebrew")


@pytest.fixture(scope="module")
def folder(renderer: Renderer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("names")
    for script, name in NAMES.items():
        made = contents(addressee=name, salutation=name, vlo_name=name)
        (here / f"{script}.pdf").write_bytes(renderer.letter(made).pdf)
    return here


@pytest.mark.parametrize("script", [one for one in NAMES if one not in JOINED_TO_THE_LEFT])
def test_a_name_stands_in_the_window_and_the_greeting_as_it_is_written(
    folder: Path, script: str
) -> None:
    # A PDF reader guesses where words end by how wide it thinks that joined letters are.
    text = "".join(text_of(folder / f"{script}.pdf", page=1).split())
    name = "".join(NAMES[script].split())
    assert text.count(name) >= 2
    assert f"Dear{name}" in text


def spoken_of(path: Path) -> list[str]:
    """What the file says in words about glyphs that cannot say it themselves."""
    with pikepdf.open(path) as pdf:
        orders = pikepdf.parse_content_stream(pdf.pages[0])
    return [
        str(order.operands[1]["/ActualText"])
        for order in orders
        if str(order.operator) == "BDC" and "/ActualText" in order.operands[1]
    ]


@pytest.mark.parametrize("script", ["Arabic", "Persian", "Devanagari", "Bengali", "Tamil"])
def test_where_letters_join_the_file_says_the_name_in_the_order_it_is_read(
    folder: Path, script: str
) -> None:
    assert [one.strip() for one in spoken_of(folder / f"{script}.pdf")].count(NAMES[script]) >= 2


@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_any_script_has_no_fault_under_pdf_ua(folder: Path, script: str) -> None:
    assert findings(folder / f"{script}.pdf") == []


def drawn_by(font: Any) -> set[int]:
    """Each character that an embedded font can draw."""
    descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
    file = next(descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor)
    return set(TTFont(BytesIO(file.read_bytes())).getBestCmap())


DRAWN_ONE_BY_ONE = (
    "Vietnamese", "Polish", "Greek", "Cyrillic", "Ukrainian", "Hebrew", "Chinese",
    "Traditional Chinese", "Korean", "Thai", "Amharic", "Georgian",
)  # fmt: skip


@pytest.mark.parametrize("script", DRAWN_ONE_BY_ONE)
def test_each_character_of_a_name_has_a_glyph_in_the_fonts_of_the_file(
    folder: Path, script: str
) -> None:
    with pikepdf.open(folder / f"{script}.pdf") as pdf:
        fonts = pdf.pages[0]["/Resources"]["/Font"]
        drawn = set().union(*(drawn_by(font) for font in fonts.values()))
    assert {char for char in NAMES[script] if ord(char) not in drawn} == set()


def test_names_in_many_scripts_at_once_keep_their_own_glyphs(
    renderer: Renderer, tmp_path: Path
) -> None:
    names = [name for script, name in NAMES.items() if script not in JOINED_TO_THE_LEFT]
    made = contents(salutation=" ".join(names))
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    text = words_of(text_of(tmp_path / "letter.pdf", page=1))
    assert [name for name in names if name not in text] == []


def test_no_two_fonts_go_by_one_name() -> None:
    """The layout engine would print one font's letters by the numbers of another's."""
    rules = faces.rules(dict.fromkeys(font_paths(), b"")).splitlines()
    named = [rule.partition("src")[0] for rule in rules]
    assert len(set(named)) == len(named) == len(font_paths()) - 2


def test_a_name_from_right_to_left_turns_nothing_beside_it(
    renderer: Renderer, tmp_path: Path
) -> None:
    made = contents(salutation="ליאור 12, כהן")
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    assert "Dear" in text_of(tmp_path / "letter.pdf", page=1)
    marked = renderer.render(html(contents(vlo_name="רות כהן")))
    (tmp_path / "letter.pdf").write_bytes(marked.pdf)
    text = words_of(text_of(tmp_path / "letter.pdf", page=1))
    plain = "".join(char for char in text if unicodedata.category(char) != "Cf")
    assert "My name is רות כהן. I am a Probation Victim Liaison Officer." in plain


@pytest.mark.parametrize(
    ("country", "tongue"),
    [("JAPAN", "ja"), ("TAIWAN", "zh-TW"), ("HONG KONG", "zh-HK"), ("CHINA", "zh-CN")],
)
def test_chinese_characters_take_the_form_of_the_country(
    renderer: Renderer, country: str, tongue: str
) -> None:
    def glyphs(lang: str, last: str) -> bytes:
        page = f'<html lang="en"><title>a</title><body><h1>a</h1><p lang="{lang}">直骨令</p>'
        page += f'<address id="window"><div>{last}</div></address></body></html>'
        page = page.replace('id="window"', 'id="window" style="display:block;margin-top:50mm"')
        return renderer.render(page.replace(' lang=""', "")).pdf

    assert len(glyphs("", country)) == len(glyphs(tongue, country))


@pytest.mark.parametrize(
    "text", ["ᏣᏪ", "😀", "\u0302q", "q" + 5 * "\u0302", "A\u202eB", "A\u200bB"]
)
def test_what_no_font_has_or_nobody_writes_is_named(text: str) -> None:
    assert unprintable(text)


def test_a_name_that_no_font_has_is_refused_with_a_way_on() -> None:
    with pytest.raises(LetterRefused) as refusal:
        html(contents(addressee="ᏣᏪ", salutation="Ms Waters"))
    assert "in Latin letters too, as they would like it" in refusal.value.fields["addressee"]


class Made:
    """A font as the layout engine leaves it."""

    def __init__(self, name: str, to_unicode: dict[int, str]) -> None:
        self.file_content = font_paths()[name].read_bytes()
        self.to_unicode = to_unicode


def test_a_page_that_drew_another_letter_is_not_passed() -> None:
    font = Embedded(Made("regular", {}))
    glyph = {char: glyph for glyph, chars in font.characters.items() for char in chars}
    check("Ann", [("f", glyph["A"]), ("f", glyph["n"])], {"f": font})
    for text in ("Bnn", "Anna b"):
        with pytest.raises(NotReadBack):
            check(text, [("f", glyph["A"]), ("f", glyph["n"])], {"f": font})
