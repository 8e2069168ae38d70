"""For how long a case stays open that was opened in an emergency: policy of ours, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vcs.access.reading.limits import FIRST_DAY


@dataclass(frozen=True, slots=True)
class EmergencyRule:
    """One row. It counts from ``since`` until the day of the next."""

    lasts: timedelta
    since: date


RULES = (EmergencyRule(timedelta(hours=4), FIRST_DAY),)

REASONS = {
    "a victim is in danger now": "A victim is in danger now",
    "the offender is out": "The offender was released, or has escaped, and a victim must be told",
    "police or a court must know now": "Police or a court must have an answer now",
}
"""Why somebody opens a case in an emergency. Set phrases: they go into the trail."""


def rule_on(day: date) -> EmergencyRule:
    """Return the rule in force on a day."""
    return max((one for one in RULES if one.since <= day), key=lambda one: one.since)
