"""The table of letters, the page each makes, and what cannot get into a page."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from jinja2 import StrictUndefined, UndefinedError

from letters import LetterRefused, catalogue
from letters.catalogue import compose, html, template_version
from letters.press.needs import SETS
from letters.press.typefaces.fonts import WINDOW_WIDTH_MM, font_paths, unprintable, width_mm
from letters.samples import formats_of, variants
from tests.letters.a_letter import contents, facts, outline_of
from vcs.errors import NotFound, NotSetUp
from vcs.law.deadlines.duties import DUTIES
from vcs.post.catalogue import CATALOGUE, INITIAL_CONTACT, LetterPolicy
from vcs.terms import Language, LetterLanguage, Role

EN, CY = Language.ENGLISH, Language.WELSH


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row.kind)
def test_every_letter_has_a_purpose_a_known_duty_and_people_who_approve_it(
    row: LetterPolicy,
) -> None:
    assert row.purpose
    assert row.duty is None or row.duty in {duty.duty for duty in DUTIES}
    assert Role.WITNESS_CARE not in row.approved_by
    assert row.approved_by


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row.kind)
def test_every_letter_has_a_version_of_its_own_in_each_language_and_format(
    row: LetterPolicy,
) -> None:
    ways = [(language, form) for language in LetterLanguage for form in formats_of(row)]
    versions = {template_version(row.kind, *way) for way in ways}
    assert len(versions) == len(ways)
    for version in versions:
        assert re.fullmatch(rf"{row.kind}-(en|cy|cy-en)-[a-z-]+-[0-9a-f]{{12}}", version)


def test_a_letter_that_is_not_in_the_table_is_not_found() -> None:
    for call in (
        lambda: compose("christmas-card", EN, facts()),
        lambda: catalogue.missing_facts("christmas-card", facts()),
        lambda: template_version("christmas-card", EN),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.parametrize(("name", "given"), list(variants()))
def test_the_welsh_letter_is_built_like_the_english_one(
    name: str, given: dict[str, object]
) -> None:
    english, welsh = (html(compose(INITIAL_CONTACT, language, given)) for language in (EN, CY))
    assert outline_of(english) == outline_of(welsh), name


def test_a_fact_a_template_misspells_stops_the_letter() -> None:
    environment = catalogue.environment_of(EN)
    assert environment.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        environment.from_string("Dear {{ f.nmae }}").render(f=SimpleNamespace(name="Ann"))


HOSTILE = (
    "{{ 7 * 7 }}",
    "{% for x in ().__class__.__mro__ %}x{% endfor %}",
    "<b>bold</b>",
    "</address><script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(http://127.0.0.1/x.css)</style>",
    '"><p style="background:url(file:///etc/passwd)">',
    "&lt;b&gt; &amp;",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_a_name_is_only_text(name: str) -> None:
    given = contents(addressee=f"Ann {name}", vlo_name=f"Bob {name}", salutation=f"Ann {name}")
    plain = contents(addressee="Ann", vlo_name="Bob", salutation="Ann")
    # A long name stands on two lines of the window.
    fits = replace(given, window=plain.window)
    assert outline_of(html(fits)) == outline_of(html(plain))


@pytest.mark.parametrize(
    ("changes", "field", "named"),
    [
        ({"addressee": "ᏣᏪ", "salutation": "A"}, "addressee", "“Ꮳ” (U+13E3), “Ꮺ” (U+13EA)"),
        ({"address": ["1 Rue 😀"]}, "address", "“😀” (U+1F600)"),
        ({"vlo_name": "Ann \u202eeeL"}, "vlo_name", "hidden or joining character (U+202E)"),
        ({"vlo_name": "Ann\u200bLee"}, "vlo_name", "hidden or joining character (U+200B)"),
        ({"court_name": "Leeds\x00"}, "court_name", "hidden or joining character (U+0000)"),
        ({"salutation": "\u0302q"}, "salutation", "hidden or joining character (U+0302)"),
        ({"salutation": "q" + 5 * "\u0302"}, "salutation", "hidden or joining character (U+0302)"),
        ({"reference": "\ud800"}, "reference", "hidden or joining character (U+D800)"),
        ({"unit_address": ["ᓄᓇᕗᑦ"]}, "unit_address", "U+14C4"),
    ],
)
def test_a_character_the_font_cannot_print_is_named_with_its_field(
    changes: dict[str, object], field: str, named: str
) -> None:
    with pytest.raises(LetterRefused) as refusal:
        html(contents(**changes))
    assert list(refusal.value.fields) == [field]
    assert named in refusal.value.fields[field]


def test_welsh_and_the_usual_names_of_europe_print() -> None:
    assert unprintable("Siân Ŵŵ Ŷŷ Ẁẁ Ẃẃ Ẅẅ Ỳỳ Łódź Ðorđe Çağlar Iñárritu O’Brien Σωκράτης") == ()


@pytest.mark.parametrize("text", ["W\u0302yn", "y\u0302"])
def test_a_letter_written_as_two_characters_prints_as_one(text: str) -> None:
    assert unprintable(text) == ()


def test_a_line_too_long_for_the_window_is_refused_before_it_is_printed() -> None:
    longest = "W" * next(n for n in range(1, 99) if width_mm("W" * (n + 1)) > WINDOW_WIDTH_MM)
    html(contents(addressee=longest))
    with pytest.raises(LetterRefused, match="The name is too long for the envelope"):
        html(contents(addressee=f"{longest}W"))
    with pytest.raises(LetterRefused, match="Address line 2 is too long"):
        html(contents(address=["1 Street", f"{longest}W"]))


def test_a_machine_without_the_font_is_told_which_package_to_install() -> None:
    nowhere = tuple((package, (), files) for package, _, files in SETS)
    with pytest.raises(NotSetUp, match="fonts-liberation, fonts-noto-core, fonts-noto-cjk"):
        font_paths(nowhere)
