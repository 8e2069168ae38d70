"""Numbers of a person: their check letters, and each way in which systems write them."""

from __future__ import annotations

import pytest

from vcs.intake import person_numbers as numbers
from vcs.intake.person_numbers import Number


@pytest.mark.parametrize("written", ["2006/9000126L", "06/9000126L", "20069000126l", "069000126L"])
def test_a_pnc_number_is_one_however_it_is_written(written: str) -> None:
    assert numbers.pnc(written) == "069000126L"


@pytest.mark.parametrize("written", ["2006/9000126M", "2006/9000127L", "", "not known"])
def test_a_pnc_number_with_a_wrong_letter_is_none(written: str) -> None:
    assert numbers.pnc(written) is None


def test_a_cro_number_of_nobody_is_none() -> None:
    assert numbers.cro("990126/06M") == "99012606M"
    assert numbers.cro("000000/00Z") is None
    assert numbers.cro("990126/06N") is None


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("pnc:069000126L", Number.PNC),
        ("pnc:069000126M", None),
        ("cro:99012606M", Number.CRO),
        ("master:0000", None),
        ("asn:2631ZD", None),
    ],
)
def test_a_mark_says_of_which_number_it_is(mark: str, kind: Number | None) -> None:
    assert numbers.kind_of(mark) is kind
