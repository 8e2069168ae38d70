"""By what a message says that its people are found, as a person typed it: a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vcs.intake import identifiers
from vcs.intake.by_hand.entry import HandReading
from vcs.intake.message import CasePlace
from vcs.terms import FoundBy

_POSTCODE: Final = re.compile(r"[\s,]*\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\s*$", re.IGNORECASE)

_FEWEST_DIGITS: Final = 7
"""Fewer are no telephone number that anybody can be rung by."""


def address_of(line: str) -> tuple[str, ...]:
    """Return the parts of an address that was typed in one line, the postcode last."""
    found = _POSTCODE.search(line)
    street = line[: found.start()] if found else line
    parts = [" ".join(part.split()) for part in street.split(",")]
    return (*(part for part in parts if part), *((found[1].upper(),) if found else ()))


def is_number_or_mailbox(line: str) -> bool:
    """Say whether a line can be a telephone number or an email address."""
    return "@" in line or sum(map(str.isdigit, line)) >= _FEWEST_DIGITS


def places_in(entry: HandReading) -> Iterator[CasePlace]:
    """Yield every address and number of an entry, tied to its case."""
    case = identifiers.case_reference(entry.case_reference)
    for lines in entry.offender_places:
        yield CasePlace(case, entry.offender_name, lines)
    for lines in entry.others_places:
        yield CasePlace(case, "", lines)
    for told in entry.reached_by:
        yield CasePlace(case, "", (told,), FoundBy.EMAIL if "@" in told else FoundBy.PHONE)
