"""The finished letter, read back as a PDF reader, a screen reader and a postman would read it."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from letters.catalogue import compose
from letters.render import Renderer
from letters.samples import variants
from tests.letters.a_letter import contents, facts, text_of, words_of
from vcs.post.catalogue import INITIAL_CONTACT
from vcs.terms import Language, SentenceKind

EN, CY = Language.ENGLISH, Language.WELSH

TITLES = {
    EN: "An invitation to join the Victim Contact Scheme",
    CY: "Gwahoddiad i ymuno â’r Cynllun Cyswllt Dioddefwyr",
}

# Left, top, width and height: where the windows of a DL and of a C5 envelope can reach however the
# paper slips, and what both show of it as it stands on the bottom of the envelope, pushed aside.
REACHED = ((10, 46, 100, 46), (1, 53.5, 109, 48.5))

AT_REST = (20, 53.5, 71, 27.5)

NAMES = [name for name, _ in variants()]

LETTERS = [(language, name) for language in (EN, CY) for name in NAMES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, renderer: Renderer) -> Path:
    here = tmp_path_factory.mktemp("letters")
    for language, name in LETTERS:
        made = compose(INITIAL_CONTACT, language, dict(variants())[name])
        path_of(here, language, name).write_bytes(renderer.letter(made).pdf)
    return here


def path_of(folder: Path, language: Language, name: str) -> Path:
    return folder / f"{INITIAL_CONTACT}-{language}-{name}.pdf"


def tags_of(pdf: pikepdf.Pdf) -> list[str]:
    def walk(node: pikepdf.Object) -> list[str]:
        if not isinstance(node, pikepdf.Dictionary):
            return []
        own = [str(node["/S"])] if "/S" in node else []
        kids = node.get("/K", pikepdf.Array())
        inside = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        return own + [tag for kid in inside for tag in walk(kid)]

    return walk(pdf.Root["/StructTreeRoot"])


@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_a_letter_says_its_language_title_and_structure(
    folder: Path, language: Language, name: str
) -> None:
    with pikepdf.open(path_of(folder, language, name)) as pdf:
        tags = tags_of(pdf)
        assert str(pdf.Root["/Lang"]) == language
        assert pdf.docinfo["/Title"] == TITLES[language]
        assert "/Author" not in pdf.docinfo
        assert (tags.count("/H1"), tags.count("/H2"), tags.count("/H3")) == (1, 9, 4)
        assert tags.count("/L") == 3
        assert len(pdf.pages) in (3, 4)


@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_only_the_address_shows_in_the_window_wherever_the_paper_slips(
    folder: Path, language: Language, name: str
) -> None:
    pdf = path_of(folder, language, name)
    given = compose(INITIAL_CONTACT, language, dict(variants())[name]).window
    for box in (*REACHED, AT_REST):
        lines = text_of(pdf, page=1, box_mm=box).splitlines()
        assert tuple(line.strip() for line in lines if line.strip()) == given


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
def test_an_address_of_any_length_shows_whole(
    renderer: Renderer, tmp_path: Path, lines: int
) -> None:
    made = contents(address=[f"Wŷl Ŵgj Place {n}, West Wilmslow" for n in range(lines)])
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    for box in (*REACHED, AT_REST):
        shown = text_of(tmp_path / "letter.pdf", page=1, box_mm=box).splitlines()
        assert tuple(line.strip() for line in shown if line.strip()) == made.window


NEVER = {
    EN: r"unknown|offender|defendant|\bHMP\b|\bVLO\b|\bVLU\b|no significant|released on|\{|\}|None",
    CY: r"anhysbys|troseddwr\b|diffynnydd|\bHMP\b|\bVLO\b|\bVLU\b|\{|\}|None",
}

NEVER_WITH_A_HOSPITAL_ORDER = {EN: r"prison|releas|sentence", CY: r"carchar|rhyddh|ryddh|dedfryd"}


@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_a_letter_never_says_what_it_must_not(folder: Path, language: Language, name: str) -> None:
    text = text_of(path_of(folder, language, name))
    assert not re.findall(NEVER[language], text)
    if "hospital" in name:
        assert not re.findall(NEVER_WITH_A_HOSPITAL_ORDER[language], text, re.I)


MUST_SAY = {
    EN: (
        "Probation Victim Liaison Unit", "Victim Contact Scheme", "Joining is your choice",
        "Cardiff Crown Court", "2 October 2026", "23 November 2026", "14 December 2026",
        "I can visit you", "You choose how much", "029 2018 0123", "victim.liaison@example.org",
        "join later", "change your mind at any time", "Right 11", "08 08 16 89 111",
        "VCS-7K3M-9QTD", "Reply sheet", "Ŵyn", "Tŷ-Newydd", "yn Gymraeg",
    ),
    CY: (
        "Uned Cyswllt Dioddefwyr y Gwasanaeth Prawf", "Cynllun Cyswllt Dioddefwyr",
        "Eich dewis chi yw ymuno", "Llys y Goron Caerdydd", "2 Hydref 2026", "23 Tachwedd 2026",
        "14 Rhagfyr 2026", "Gallaf ymweld â chi", "Chi sy’n dewis faint", "029 2018 0123",
        "victim.liaison@example.org", "ymuno’n ddiweddarach", "newid eich meddwl ar unrhyw adeg",
        "Hawl 11", "08 08 16 89 111", "VCS-7K3M-9QTD", "Taflen ateb", "Ŵyn", "Tŷ-Newydd",
        "in English",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "name"), LETTERS)
def test_a_letter_says_what_it_must(folder: Path, language: Language, name: str) -> None:
    text = words_of(text_of(path_of(folder, language, name)))
    assert [words for words in MUST_SAY[language] if words not in text] == []


@pytest.mark.parametrize(
    ("name", "english", "welsh"),
    [
        ("victim-prison", "a prison sentence of 4 years and 6", "o garchar am 4 blynedd a 6 mis"),
        ("victim-hospital", "made a hospital order", "orchymyn ysbyty"),
        ("victim-hospital", "the hospital managers will also", "reolwyr yr ysbyty hefyd"),
        ("next-of-kin-prison", "very sorry for your loss", "ddrwg iawn gennyf am eich colled"),
        ("parent-prison", "a parent, guardian or carer", "rhiant, gwarcheidwad neu ofalwr"),
        ("spokesperson-prison", "you speak for someone", "siarad ar ran rhywun"),
    ],
)
def test_each_variant_has_its_own_words_in_both_languages(
    folder: Path, name: str, english: str, welsh: str
) -> None:
    assert english in words_of(text_of(path_of(folder, EN, name)))
    assert welsh in words_of(text_of(path_of(folder, CY, name)))


def test_only_an_unrestricted_order_speaks_of_hospital_managers(folder: Path) -> None:
    text = text_of(path_of(folder, EN, "victim-restricted-hospital"))
    assert "hospital managers" not in words_of(text)


def test_a_bereaved_family_is_not_called_the_victim_of_a_crime(folder: Path) -> None:
    text = words_of(text_of(path_of(folder, EN, "next-of-kin-prison"), page=1))
    assert "you were the victim" not in text


def test_a_letter_without_a_day_to_reply_by_or_a_postal_address_reads_on(
    renderer: Renderer, tmp_path: Path
) -> None:
    made = contents(reply_by=None, unit_address=None)
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    text = words_of(text_of(tmp_path / "letter.pdf"))
    assert "It would help to hear from you by" not in text
    assert "Please email a photo of this sheet to victim.liaison@example.org" in text


HOSTILE = "{{ 7*7 }} <b>Bob</b> <img src=x> &amp;"


def test_markup_in_a_name_is_printed_letter_by_letter(renderer: Renderer, tmp_path: Path) -> None:
    made = contents(vlo_name=HOSTILE, salutation=HOSTILE, address=["<i>1 Street", "A{{1}}"][1:])
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    text = words_of(text_of(tmp_path / "letter.pdf"))
    assert f"Dear {HOSTILE}" in text
    assert "A{{1}}" in text


def syllables(word: str) -> int:
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, found - word.lower().endswith("e"))


@pytest.mark.parametrize("kind", [SentenceKind.IMPRISONMENT, SentenceKind.LIFE])
def test_the_english_letter_can_be_read_at_eleven(
    renderer: Renderer, tmp_path: Path, kind: SentenceKind
) -> None:
    made = compose(INITIAL_CONTACT, EN, facts(sentence_kind=kind))
    (tmp_path / "letter.pdf").write_bytes(renderer.letter(made).pdf)
    text = text_of(tmp_path / "letter.pdf", page=1).split("Scheme\n", 1)[1]
    sentences = [s for s in re.split(r"[.:•\n]\s*(?=[A-Z•\n]|$)", text) if s.strip()]
    words = re.findall(r"[A-Za-z’]+", text)
    grade = 0.39 * len(words) / len(sentences)
    grade += 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert grade < 6, "the school grade at which the text can be read; eleven years is grade six"
