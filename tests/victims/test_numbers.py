"""Telephone numbers that are one, however they are written."""

from __future__ import annotations

import pytest

from vcs.victims.same_person import numbers_in


@pytest.mark.parametrize(
    "written",
    [
        *(
            "07700 900123",
            "07700900123",
            "+447700900123",
            "+44 (0)7700 900123",
            "0044 7700-900-123",
        ),
        *("(07700) 900 123", "44 7700 900123", "7700900123", "07700.900.123", "07700 900123 ext 4"),
    ],
)
def test_two_spellings_of_a_number_are_one(written: str) -> None:
    assert numbers_in(written) == ("7700900123",)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("", ()),
        ("555 CRIME", ()),
        ("none", ()),
        ("+353 1 496 0000", ("35314960000",)),
        ("00353 1 496 0000", ("35314960000",)),
        ("0113 496 0000, 07700 900123", ("1134960000", "7700900123")),
        ("07700 900123 or 07700 900124", ("7700900123", "7700900124")),
    ],
)
def test_what_is_no_number_is_none_and_several_are_several(
    written: str, numbers: tuple[str, ...]
) -> None:
    assert numbers_in(written) == numbers
