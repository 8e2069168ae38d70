"""Templates and message catalogues agree in both directions; missing Welsh is an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from letters import agreement
from letters.catalogue import compose, html
from letters.language import mutations, translations
from letters.language.translations import NoWelsh, welsh_file
from letters.sample_facts import PRISON
from letters.samples import MADE_UP
from vcs.post.catalogue import CATALOGUE
from vcs.post.language.welsh import SIGNED_OFF
from vcs.terms import LetterLanguage


def test_every_template_and_its_welsh_agree() -> None:
    assert list(agreement.problems()) == []


@pytest.fixture
def another_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the Welsh of the recall letter, to be spoilt."""
    folder = tmp_path / "cy"
    folder.mkdir()
    for kind in ("recall", "layout"):
        text = welsh_file(kind).read_text(encoding="utf-8")
        (folder / f"{kind}.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    translations._messages.cache_clear()
    monkeypatch.setattr(agreement, "CATALOGUE", [one for one in CATALOGUE if one.kind == "recall"])
    yield folder
    translations._messages.cache_clear()


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "recall.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems() -> str:
    return "\n".join(agreement.problems())


def recall(language: LetterLanguage) -> str:
    return html(compose("recall", language, {**MADE_UP, **PRISON, "standing": "victim"}))


def test_a_message_that_loses_its_welsh_is_named_and_stops_the_letter(another_locale: Path) -> None:
    assert recall(LetterLanguage.BILINGUAL)
    translations._messages.cache_clear()
    spoil(another_locale, 'msgid "What this means for you"', 'msgid "What that means"')
    said = problems()
    assert "recall: no Welsh for “What this means for you”" in said
    assert "recall: no template says “What that means”" in said
    with pytest.raises(NoWelsh, match="What this means for you"):
        recall(LetterLanguage.BILINGUAL)
    assert recall(LetterLanguage.ENGLISH)


def test_welsh_that_is_marked_as_unsure_is_no_welsh(another_locale: Path) -> None:
    spoil(another_locale, 'msgid "What this means', '#, fuzzy\nmsgid "What this means')
    assert "the Welsh is not finished for “What this means for you”" in problems()
    with pytest.raises(NoWelsh):
        recall(LetterLanguage.WELSH)


def test_welsh_may_name_only_what_its_template_gives(another_locale: Path) -> None:
    path = another_locale / "layout.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Annwyl %(name)s", "Annwyl %(nmae)s"), encoding="utf-8")
    assert "the Welsh of “Dear %(name)s” names nmae" in problems()


@pytest.mark.parametrize(
    ("change", "word", "changed"),
    [
        (mutations.soft, "Caerdydd", "Gaerdydd"),
        (mutations.soft, "Llys y Goron", "Lys y Goron"),
        (mutations.soft, "Gwent", "Went"),
        (mutations.soft, "rhiant", "riant"),
        (mutations.soft, "Dinbych", "Ddinbych"),
        (mutations.soft, "chwaer", "chwaer"),
        (mutations.soft, "Abertawe", "Abertawe"),
        (mutations.soft, "", ""),
        (mutations.nasal, "Caerdydd", "Nghaerdydd"),
        (mutations.nasal, "Bangor", "Mangor"),
        (mutations.nasal, "Llanelli", "Llanelli"),
        (mutations.nasal, "Talbot", "Nhalbot"),
        (mutations.aspirate, "Caerdydd", "Chaerdydd"),
        (mutations.aspirate, "tad", "thad"),
        (mutations.aspirate, "Llanelli", "Llanelli"),
    ],
)
def test_the_first_letter_changes_as_welsh_grammar_has_it(
    change: object, word: str, changed: str
) -> None:
    assert callable(change)
    assert change(word) == changed


def test_welsh_that_changed_since_it_was_signed_off_is_signed_no_longer() -> None:
    stale = [row for row in SIGNED_OFF if row.version != translations.welsh_version(row.kind)]
    assert stale == []
