"""Check a day and the words that somebody reports."""

from __future__ import annotations

from datetime import date

from vcs.errors import NotValid

_LONGEST_WORDS = 500


def check_reported(
    day_field: str, day: date, words_field: str, words: str, earliest: date, today: date
) -> None:
    """Raise NotValid unless the day lies between the earliest day and today, with words."""
    fields = {}
    if not earliest <= day <= today:
        fields[day_field] = "The day must lie between the day of referral and today"
    if not words.strip() or len(words) > _LONGEST_WORDS:
        fields[words_field] = f"Enter how, in {_LONGEST_WORDS} characters or fewer"
    if fields:
        raise NotValid("Some of what was entered must be mended.", fields)
