"""Every letter in every language and format: each is listed, and a sample is right under PDF/UA-1.

``make letters-proof`` makes and checks all of them.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from letters import catalogue, samples
from letters.agreement import messages_of, templates_of
from letters.language.translations import welsh
from letters.render import Renderer
from letters.sample_facts import sets_for
from letters.samples import RELATIONS, every_sample, formats_of, make
from tests.letters.a_letter import text_of, words_of
from tests.letters.every_letter import Case, every_case, faults
from tests.letters.proof import prove
from vcs.post.catalogue import CATALOGUE, Addressee
from vcs.terms import LetterFormat, LetterLanguage

PARTS = 53

CASES = list(every_case())[::PARTS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_a_letter_has_no_fault_under_pdf_ua(case: Case, renderer: Renderer, tmp_path: Path) -> None:
    made = tmp_path / case.file
    made.write_bytes(renderer.letter(case.contents()).pdf)
    assert faults(case, made) == []


def test_the_proof_makes_every_letter_with_short_facts_and_with_long_ones() -> None:
    made = {(case.kind, case.language, case.form, case.name) for case in every_case()}
    for row in CATALOGUE:
        forms = set(formats_of(row)) - {LetterFormat.TEXT}
        for language in LetterLanguage:
            for form in forms:
                for length in ("short", "long"):
                    sets = range(len(sets_for(row.kind)))
                    assert made >= {(row.kind, language, form, f"{length}-{n}") for n in sets}


def test_every_sentence_of_every_letter_is_in_one_that_the_proof_makes_or_in_plain_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: set[tuple[str, str]] = set()

    def heard(kind: str, english: str) -> str:
        said.add((kind, english))
        return welsh(kind, english)

    monkeypatch.setattr(catalogue, "welsh", heard)
    for case in every_case():
        if case.language is LetterLanguage.WELSH and case.form is not LetterFormat.LARGE_PRINT:
            catalogue.html(case.contents())
    for one in every_sample():
        if one.language is LetterLanguage.WELSH and one.format is LetterFormat.TEXT:
            catalogue.text(catalogue.compose(one.kind, one.language, one.facts(), one.format))
    written = {
        (row.kind, sentence)
        for row in CATALOGUE
        for template in templates_of(row)
        for sentence in messages_of(template)
    }
    assert written - said == set()


def test_what_is_wrong_with_a_letter_is_found(renderer: Renderer, tmp_path: Path) -> None:
    large = next(case for case in every_case() if case.form is LetterFormat.LARGE_PRINT)
    standard = replace(large, form=LetterFormat.STANDARD)
    made = tmp_path / large.file
    made.write_bytes(renderer.letter(standard.contents()).pdf)
    assert faults(standard, made) == []
    assert any("point" in fault for fault in faults(large, made))
    with pikepdf.open(made, allow_overwriting_input=True) as pdf:
        pdf.Root["/Lang"] = pikepdf.String("cy")
        del pdf.Root["/StructTreeRoot"]
        pdf.save(made)
    found = faults(standard, made)
    assert "its language is cy" in found
    assert "the verdict is fail" in found


def test_the_proof_names_the_letter_that_cannot_be_made(renderer: Renderer) -> None:
    whole = next(every_case())
    nowhere = replace(whole, facts={**whole.facts, "address": ()})
    (fault,) = prove([whole, nowhere], renderer)
    assert fault.startswith(f"{whole.file}: ")
    assert "address" in fault


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes, of two letters: the list of all is compared below."""
    here = tmp_path_factory.mktemp("samples")
    wanted = ("hospital-managers-notice", "hospital-managers")
    with pytest.MonkeyPatch.context() as patch:
        rows = tuple(row for row in CATALOGUE if row.kind in wanted)
        patch.setattr(samples, "CATALOGUE", rows)
        samples.samples(here)
    return here


def test_the_command_writes_each_letter_under_its_name_and_lists_it(few: Path) -> None:
    with (few / "index.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert list(listed[0]) == ["kind", "language", "format", "to", "pages", "file"]
    found = {str(path.relative_to(few)) for path in few.rglob("*") if path.is_file()}
    assert {row["file"] for row in listed} == found - {"index.csv"}
    for row in listed:
        ending = "txt" if row["format"] == "text" else "pdf"
        assert row["file"].endswith(f"{row['kind']}.{row['language']}.{row['format']}.{ending}")
        if ending == "pdf":
            with pikepdf.open(few / row["file"]) as pdf:
                assert len(pdf.pages) == int(row["pages"])
    named = {row["file"] for row in listed if "/" not in row["file"]}
    assert len(named) == 12 + 3
    assert len(found) > len(named) + 1, "also to other relations"


def test_every_letter_is_sampled_in_every_language_and_format() -> None:
    named = {one.file for one in every_sample() if "/" not in one.file}
    to_victims = sum(row.to is Addressee.CONTACT for row in CATALOGUE)
    assert len(named) == to_victims * 3 * 4 + (len(CATALOGUE) - to_victims) * 3
    assert {one.to for one in every_sample()} >= {*RELATIONS, "witness care", "hospital managers"}


BESIDE_THE_CODE = "If this letter comes back"
"""For whoever opens returned post: no room for it beside the window in large print."""

NUMBER = re.compile(r"Page (\d+) of (\d+)")
"""At the foot of each page but the first; large print has more pages."""


def test_the_large_print_letter_says_what_the_standard_one_says(
    renderer: Renderer, tmp_path: Path
) -> None:
    texts, pages = {}, {}
    for form in (LetterFormat.STANDARD, LetterFormat.LARGE_PRINT):
        (tmp_path / form).write_bytes(
            make(renderer, samples.Sample("recall", LetterLanguage.ENGLISH, form, "victim")).pdf
        )
        said = words_of(text_of(tmp_path / form)).replace(BESIDE_THE_CODE, "")
        texts[form] = sorted(NUMBER.sub("", said).split())
        with pikepdf.open(tmp_path / form) as pdf:
            pages[form] = len(pdf.pages)
        numbered = [(int(page), int(of)) for page, of in NUMBER.findall(said)]
        assert numbered == [(page, pages[form]) for page in range(2, pages[form] + 1)]
    assert texts[LetterFormat.STANDARD] == texts[LetterFormat.LARGE_PRINT]
    assert pages[LetterFormat.STANDARD] < pages[LetterFormat.LARGE_PRINT]
