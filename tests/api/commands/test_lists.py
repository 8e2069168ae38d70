"""``vcs reconcile`` and ``vcs certificate``: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.commands.test_keeping import folder, ran
from tests.lists.listed import QUILL, line, probation, told
from vcs.errors import NotValid

__all__ = ["folder"]

KEYS = [
    "row",
    "ends_as",
    "sentence_ref",
    "case_reference",
    "rule",
    "match_weight",
    "why",
]


@pytest.fixture
def held(folder: Path) -> Path:
    """Return a folder whose database holds Quillfeather's sentence."""
    (folder / "one.json").write_bytes(told(QUILL))
    ran("migrate")
    ran("load", str(folder / "one.json"))
    return folder


def test_it_prints_one_object_for_each_line_and_then_the_counts(held: Path) -> None:
    (held / "list.csv").write_bytes(probation(line(), "", "Total,1"))
    *lines, counts = map(
        json.loads,
        ran("reconcile", str(held / "list.csv"), "--list", "probation", "--json").splitlines(),
    )
    assert [list(one) for one in lines] == [KEYS] * 3
    assert [(one["row"], one["ends_as"]) for one in lines] == [
        (1, "matched"),
        (2, "explained"),
        (3, "explained"),
    ]
    assert lines[0]["case_reference"] == "31NQ9900126"
    assert counts["lines"] == sum(counts["ended"].values()) == 3


def test_the_order_of_days_is_told_once_for_a_source(held: Path) -> None:
    file = held / "list.csv"
    file.write_bytes(probation(line(born="03/04/1988", on="05/10/2026")))
    asked = ("reconcile", str(file), "--list", "probation", "--source", "Team A")
    with pytest.raises(NotValid, match="two ways"):
        ran(*asked)
    assert "1 lines" in ran(*asked, "--dates", "dmy")
    assert "1 lines" in ran(*asked)


def test_a_column_is_named_by_hand(held: Path) -> None:
    file = held / "list.csv"
    file.write_bytes(probation(line()).replace(b"SURNAME", b"FAMILY"))
    asked = ("reconcile", str(file), "--list", "probation")
    with pytest.raises(NotValid, match="--column"):
        ran(*asked)
    assert "matched 1" in ran(*asked, "--column", "surname=FAMILY")
    assert "matched 1" in ran(*asked)


def test_the_certificate_is_written_with_all_that_checks_it(held: Path) -> None:
    (held / "list.csv").write_bytes(probation(line()))
    ran("reconcile", str(held / "list.csv"), "--list", "probation")
    ran("certificate", str(held / "out"))
    assert sorted(one.name for one in (held / "out").iterdir()) == [
        "certificate-key.pem",
        "certificate.json",
        "certificate.json.sig",
        "certificate.pdf",
        "certificate.pdf.sig",
        "how-to-check.txt",
    ]
    for name in ("certificate.json", "certificate.pdf"):
        assert "as it was signed" in ran("certificate", "verify", str(held / "out" / name))
    checked = "certificate", "verify", str(held / "out" / "certificate.json")
    assert "Two people have not confirmed it yet" in ran(*checked)
    own = next(held.rglob("certificate.key"))
    secret = own.read_text()
    own.unlink()
    ran(*checked, exits=2)
    own.write_text(secret)
    (held / "out" / "certificate.json").write_bytes(b"{}")
    with pytest.raises(NotValid, match="not what was signed"):
        ran("certificate", "verify", str(held / "out" / "certificate.json"))
