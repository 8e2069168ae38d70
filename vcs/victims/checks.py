"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import date

from vcs.errors import NotValid

_LONGEST_WORDS = 500


def _check_told(
    day_field: str, day: date, words_field: str, words: str, earliest: date, today: date
) -> None:
    fields = {}
    if not earliest <= day <= today:
        fields[day_field] = "The day must lie between the day of referral and today"
    if not words.strip() or len(words) > _LONGEST_WORDS:
        fields[words_field] = f"Enter how, in {_LONGEST_WORDS} characters or fewer"
    if fields:
        raise NotValid("Some of what was entered must be mended.", fields)
