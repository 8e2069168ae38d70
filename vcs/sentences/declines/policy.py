"""When a no takes two people, and when it is looked at again.

No law or policy that we found says when: the days are ours, unconfirmed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from vcs.sentences.records import Sentence
from vcs.tasks.records import BY_TWO
from vcs.terms import Outcome

REVIEW_AFTER_MONTHS: Final = 6
"""When a no is looked at again where nobody names a day."""

LATEST_REVIEW_MONTHS: Final = 12
"""A no is looked at again within so many months."""

SOURCE: Final = "Our own setting: no legal time was found. Not confirmed yet"


def no_takes_two(kind: str, sentence: Sentence, has_referral: bool) -> bool:
    """Say whether a no takes two: by its question, or by what the law says, or what it closes.

    One person is enough only where the law itself says no and no referral is open.
    """
    law = sentence.left_as or sentence.outcome
    return kind in BY_TWO or law != Outcome.NOT_ELIGIBLE or has_referral


def review_day(chosen: date | None, today: date, release_on: date | None) -> date:
    """Return the day of a review: as chosen, else ours, and before a release that is planned."""
    if chosen is not None:
        return chosen
    usual = _months_on(today, REVIEW_AFTER_MONTHS)
    if release_on is None:
        return usual
    return max(today + timedelta(days=1), min(usual, release_on - timedelta(days=1)))


def problems_of(chosen: date | None, today: date, release_on: date | None) -> Iterator[str]:
    """Yield what is wrong with a day that somebody chose."""
    if chosen is None:
        return
    if chosen <= today:
        yield "The day must be in the future"
    elif chosen > _months_on(today, LATEST_REVIEW_MONTHS):
        yield f"The day must be within {LATEST_REVIEW_MONTHS} months"
    elif release_on is not None and today + timedelta(days=1) < release_on <= chosen:
        yield "The day must be before the offender may be released, which is planned by then"


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
