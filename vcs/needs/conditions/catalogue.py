"""The licence conditions that a victim may ask for: rows of the national catalogue, version 4.0.

The wording of a condition belongs to the catalogue: here stand its code, what kind it is and what
it does, in our words. Only those that concern victims are rows; a new version is new rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vcs.errors import NotFound

VERSION: Final = "4.0"

SOURCE: Final = "HMPPS create and vary a licence, additional conditions of policy version 4.0"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``has_place`` says that it keeps somebody away from a place or an area."""

    code: str
    title: str
    does: str
    has_place: bool = False
    version: str = VERSION
    source: str = SOURCE


CONDITIONS: Final = (
    Condition(
        "4858cd8b-bca6-4f11-b6ee-439e27216d7d",
        "No contact with the victim or their family",
        "Keeps the offender from approaching or contacting people who are named.",
    ),
    Condition(
        "d5998ca1-62a2-4409-88cd-3137d893c2a0",
        "No contact with any victim of the offences",
        "Keeps the offender from approaching or contacting victims, and names nobody.",
    ),
    Condition(
        "355700a9-6184-40c0-9759-0dfed1994e1e",
        "No contact with a person who is named",
        "Keeps the offender from contacting somebody else, who is named.",
    ),
    Condition(
        "0f9a20f4-35c7-4c77-8af8-f200f153fa11",
        "Keep out of an area on a map",
        "Keeps the offender out of an area that a map shows.",
        has_place=True,
    ),
    Condition(
        "42f71b40-84cd-446d-8647-f00bbb6c079c",
        "Keep out of a building, address or road",
        "Keeps the offender out of a place that is named.",
        has_place=True,
    ),
    Condition(
        "c4a17002-88a3-43b4-b3f7-82ff476cb217",
        "Keep away from a kind of place",
        "Keeps the offender out of, and out of sight of, a kind of place.",
        has_place=True,
    ),
    Condition(
        "99195049-f355-46fb-b7d8-aef87a1b19c5",
        "Keep out of an area during an event",
        "Keeps the offender out of an area that a map shows, while an event takes place.",
        has_place=True,
    ),
)


def condition(code: str) -> Condition:
    """Return a row of the catalogue. Raises NotFound for another code."""
    found = next((row for row in CONDITIONS if row.code == code), None)
    if found is None:
        raise NotFound("There is no such condition for victims in the catalogue.")
    return found
