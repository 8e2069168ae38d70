"""What stays together where a letter runs over its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from letters.render import Renderer
from letters.samples import Sample, make
from tests.letters.a_letter import text_of, words_of
from vcs.terms import LetterFormat, LetterLanguage

LARGE, EASY = LetterFormat.LARGE_PRINT, LetterFormat.EASY_READ


@pytest.fixture
def pages(renderer: Renderer, tmp_path: Path) -> Pages:
    return Pages(renderer, tmp_path / "letter.pdf")


class Pages:
    """Prints samples, and reads the words of each page."""

    def __init__(self, renderer: Renderer, place: Path) -> None:
        self._renderer, self._place = renderer, place

    def of(
        self,
        kind: str,
        form: LetterFormat,
        to: str = "victim",
        language: LetterLanguage = LetterLanguage.ENGLISH,
    ) -> list[str]:
        made = make(self._renderer, Sample(kind, language, form, to))
        self._place.write_bytes(made.pdf)
        return [words_of(text_of(self._place, page=n + 1)) for n in range(made.pages)]


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("back-in-custody", LARGE),
        ("death", LARGE),
        ("early-release", EASY),
        ("licence-conditions-offer", EASY),
        ("youth-offending-team", LetterFormat.STANDARD),
    ],
)
def test_the_signature_is_not_alone_on_a_page(pages: Pages, kind: str, form: LetterFormat) -> None:
    last = pages.of(kind, form)[-1]
    ending = "From" if form is EASY else "Yours sincerely"
    assert ending in last
    assert not last.startswith(ending)


@pytest.mark.parametrize(
    ("kind", "form", "begins"),
    [
        ("recall", LetterFormat.STANDARD, "Where to get help"),
        ("sentence-changed", LetterFormat.STANDARD, "Where to get help"),
        ("closure", LARGE, "Where to get help"),
        ("death", EASY, "Where to get help"),
        ("offender-manager", LetterFormat.STANDARD, "How to reply"),
    ],
)
def test_the_english_half_ends_with_all_that_belongs_together(
    pages: Pages, kind: str, form: LetterFormat, begins: str
) -> None:
    last = pages.of(kind, form, language=LetterLanguage.BILINGUAL)[-1]
    ending = "From" if form is EASY else "Yours sincerely"
    assert begins in last
    assert last.index(begins) < last.index(ending)


@pytest.mark.parametrize("kind", ["opt-out-confirmation", "officer-changed"])
def test_an_english_half_that_fits_a_page_takes_no_more(pages: Pages, kind: str) -> None:
    found = pages.of(kind, LetterFormat.STANDARD, language=LetterLanguage.BILINGUAL)
    assert "Dear Ms" in found[-1]


@pytest.mark.parametrize("kind", ["open-conditions", "temporary-release", "welcome"])
def test_whom_to_ring_is_on_the_page_of_its_heading(pages: Pages, kind: str) -> None:
    (page,) = (page for page in pages.of(kind, EASY) if "Who to ring" in page)
    assert "029 2018 0123" in page


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (kind, form)
        for kind in ("initial-contact", "initial-contact-discretionary")
        for form in (LARGE, EASY)
    ],
)
def test_a_reply_sheet_is_one_page_with_where_to_post_it(
    pages: Pages, kind: str, form: LetterFormat
) -> None:
    *_, sheet = pages.of(kind, form)
    assert sheet.startswith("Reply sheet")
    assert re.search(r"1 Example Place Caerdydd CF10 9ZZ Page (\d+) of \1$", sheet)


def test_a_list_begins_on_the_page_of_the_words_that_lead_to_it(pages: Pages) -> None:
    (page,) = (
        page for page in pages.of("licence-conditions-offer", LARGE) if "sentenced must:" in page
    )
    assert "not contact you or your family" in page
