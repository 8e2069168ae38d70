"""The measure of a realistic year: its families, what it counts, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prove import year

HEADER = "offence_code,title,thousands_a_year_12_months_or_more,thousands_a_year_under_12_months\n"

WOUNDING = "OF61016,Section 18 - wounding with intent,1.5,0\n"


def test_a_family_keeps_to_its_act_and_holds_the_code_itself() -> None:
    codes = year.family("TH68036", "Burglary dwelling and theft - no violence")

    assert codes[0] == "TH68036"
    assert "TH68037" in codes
    assert {one[:4] for one in codes} == {"TH68"}
    assert codes == year.family("TH68036", "Burglary dwelling and theft - no violence")


def test_a_listed_offence_is_counted_as_owed_and_none_is_missed(tmp_path: Path) -> None:
    mix = tmp_path / "mix.csv"
    mix.write_text(HEADER + WOUNDING + "RT88333,Drive whilst disqualified,0,2\n")

    shares = year.of_the_year(mix)

    assert shares.outcomes == {"statutory": pytest.approx(1.5)}
    assert shares.not_found == []


def test_what_cannot_be_told_names_the_code_and_what_is_asked(tmp_path: Path) -> None:
    mix = tmp_path / "mix.csv"
    mix.write_text(HEADER + "CJ03507,Commission of a further offence,1.5,3.5\n")

    (reason,) = year.of_the_year(mix).reasons

    assert reason.startswith("cannot_tell: CJ03507")
    assert reason.endswith("?")


def test_a_folder_without_the_estimate_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert year.main([str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
