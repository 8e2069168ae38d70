"""The printed law on paper: tagged, numbered, and nothing in it that the font cannot print."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from api.public.lawbook import Lawbook, lawbook
from letters.papers.book import on_paper
from letters.papers.printing import widths
from letters.press.typefaces.fonts import unprintable
from vcs.law.book.sections import Section, Table

FRIDAY_20_MARCH = date(2026, 3, 20)


def short(book: Lawbook) -> Lawbook:
    """Return the book without its longest lists: those take the press half a minute."""
    long = (one for one in book.sections if one.number not in ("5", "6"))
    return replace(book, sections=tuple(long))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the short book of a day, printed."""
    path = tmp_path_factory.mktemp("book") / "law.pdf"
    path.write_bytes(on_paper(short(lawbook(FRIDAY_20_MARCH, date(2020, 11, 30)))).pdf)
    return path


def test_the_paper_says_its_language_title_and_structure(paper: Path) -> None:
    with pikepdf.open(paper) as pdf:
        tags = [
            str(one["/S"])
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one
        ]
        heads = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"
        ]

        assert str(pdf.Root["/Lang"]) == "en"
        assert str(pdf.docinfo["/Title"]).endswith("passed on Friday 20 March 2026")
        assert (tags.count("/H1"), tags.count("/H2")) == (1, 4 + 10)
        assert {str(one["/A"]["/Scope"]) for one in heads} == {"/Column"}


def test_the_paper_has_no_error_under_pdf_ua(paper: Path) -> None:
    command = [str(Path(sys.executable).with_name("outloud")), "--json", "-", "--fail-on", "never"]
    said = subprocess.run([*command, str(paper)], check=False, capture_output=True).stdout
    (result,) = json.loads(said)["results"]

    # The headings that a table repeats on each of its pages look to the checker like a page header.
    found = [one for one in result["findings"] if one["rule"] != "PAG-001"]
    assert [(one["rule"], one["message"]) for one in found] == []
    assert result["counts"]["error"] == 0


def test_every_page_is_numbered_and_the_contents_name_the_page(paper: Path) -> None:
    command = ["pdftotext", "-layout", str(paper), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = text.split("\f")[:-1]

    assert [n for n, page in enumerate(pages, 1) if f"Page {n} of {len(pages)}" not in page] == []
    (place,) = [n for n, page in enumerate(pages, 1) if page.lstrip().startswith("8 Provisions")]
    listed = next(line for line in pages[1].splitlines() if line.startswith("8 Provisions"))
    assert listed.split()[-1] == str(place)


@pytest.mark.parametrize("day", [date(2003, 6, 2), date(2016, 5, 10), FRIDAY_20_MARCH], ids=str)
def test_the_font_has_every_character_of_the_whole_law(day: date) -> None:
    def text(one: Section) -> str:
        cells = (cell for row in (one.table.rows if one.table else ()) for cell in row)
        own = "".join((one.title, *one.words, *one.points, *cells))
        return own + "".join(text(part) for part in one.parts)

    assert unprintable("".join(text(one) for one in lawbook(day).sections)) == ()


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    wide = widths(Table(("What", "How sure"), (("a" * 80 + " b", "unconfirmed"),)))

    assert wide[0] > wide[1] > 15
    assert 98 <= sum(wide) <= 102
