"""Identifiers: every spelling of one has one form, and two identifiers have two."""

from __future__ import annotations

from importlib import import_module

import pytest

from vcs.intake import identifiers

ALIKE = {
    "case_reference": (
        ("13EX0000126", "13ex0000126", "13/EX/00001/26", "13 EX 00001 26", "13/EX/1/26",
         "13-EX-00001-26", "13.EX.00001.26", "13\u2013EX\u201300001\u201326", " 13EX0000126\u00a0"),
        ("XTA/2026-0815", "xta 2026 0815", "XTA.2026.0815", "XTA20260815"),
        ("T20267001", "T2026 7001", "t2026-7001"),
    ),
    "asn": (
        ("2613ZX0000000000036D", "26/13ZX/00/00000000036D", "26/13ZX/00/36D", "2613zx0036d"),
    ),
    "pnc": (("2006/9000126L", "06/9000126L", "20069000126l", "2006 / 9000126 L"),
            ("2006/0000126L", "06/126L", "2006/126L")),
    "cro": (("012345/06A", "12345/06a", "12345 06 A"), ("SF39/12345A", "sf39 12345a")),
    "crn": (("X123456", "x 123-456"),),
    "offence_code": (("OF61131", "of61131", "OF 61131"),),
    "court_code": (("C13LE00", "c13le00", "C13 LE00"),),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "spellings"), [(kind, some) for kind, groups in ALIKE.items() for some in groups]
)
def test_every_spelling_has_one_form(kind: str, spellings: tuple[str, ...]) -> None:
    form = getattr(identifiers, kind)
    assert len({form(one) for one in spellings}) == 1
    assert form(form(spellings[0])) == form(spellings[0])


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("case_reference", "13EX0000126", "13EX0000226"),
        ("case_reference", "13EX0000126", "13EXO000126"),
        ("case_reference", "XTA/2026-0815", "XTA/2026-815"),
        ("asn", "26/13ZX/00/36D", "26/13ZX/00/360D"),
        ("pnc", "2006/9000126L", "2007/9000126L"),
        ("cro", "12345/06A", "12345/07A"),
        ("offence_code", "OF61131", "0F61131"),
        ("offence_code", "OF61131", "OF61131A"),
    ],
)
def test_two_identifiers_have_two_forms(kind: str, one: str, other: str) -> None:
    form = getattr(identifiers, kind)
    assert form(one) != form(other)


@pytest.mark.parametrize("text", [s for some in ALIKE["case_reference"] for s in some] + ["-", ""])
def test_the_migration_gives_stored_references_the_same_form(text: str) -> None:
    migration = import_module("vcs.migrations.versions.0019_case_keys")
    assert migration._form(text) == identifiers.case_reference(text)


def test_a_police_case_is_known_by_its_form_and_may_be_written_short() -> None:
    assert identifiers.is_police_case("13EX0000126")
    assert not any(map(identifiers.is_police_case, ("T20267001", "13EX126", "XTA20260815", "")))
    short = {identifiers.without_padding(one) for one in ("13EX0000126", "13EX126", "13EX00126")}
    assert short == {"13EX126"}
    assert identifiers.without_padding("T20267001") == "T20267001"
