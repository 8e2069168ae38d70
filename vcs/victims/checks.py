"""Check the day that somebody reports, and how they know of it."""

from __future__ import annotations

from datetime import date

from vcs.errors import NotValid

_LONGEST_WORDS = 500


def check_reported(day_field: str, day: date, how: str, earliest: date, today: date) -> None:
    """Raise NotValid unless the day lies between the earliest day and today, and how is said.

    ``day_field`` is what the form calls the day.
    """
    fields = {}
    if not earliest <= day <= today:
        fields[day_field] = "The day must lie between the day of referral and today"
    if not how.strip() or len(how) > _LONGEST_WORDS:
        fields["how"] = f"Enter how, in {_LONGEST_WORDS} characters or fewer"
    if fields:
        raise NotValid("Some details need correcting.", fields)
