"""When time alone brings a letter: settings of ours, dated, each to be confirmed by its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Wait:
    """One setting: how long, in what it is counted, since when, and where it comes from."""

    count: int
    unit: str
    from_day: date
    source: str
    confirmed: bool = False


_SCHEME_BEGAN: Final = date(2001, 4, 1)

REMIND_AFTER: Final = Wait(
    15, "working days", _SCHEME_BEGAN, "10 to 20 are spoken of; the Policy Framework was not seen"
)
"""How long after a first letter a reminder is drafted where nobody replied."""

YEAR: Final = Wait(12, "months", _SCHEME_BEGAN, "The duty annual-contact: meeting notes")
"""How long after joining, or after the last annual letter, the next one is drafted."""

BEFORE_RELEASE: Final = Wait(8, "weeks", _SCHEME_BEGAN, "Our own setting: no time was found")
"""How long before a release that is planned its letter is drafted; the offer comes before that."""
