"""Until when an email waits for its next try, and for whoever has it in hand.

No wait and no claim is longer than these. One that seems to be was written while the clock was
ahead, and would keep its email until the clock has caught up: it counts as over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import or_

LONGEST_BETWEEN_TRIES = timedelta(minutes=30)

LONGEST_CLAIM = timedelta(minutes=10)
"""Longer than anybody has emails in hand: a mail server has a minute for each."""


def is_due(next_try_at: Any, now: datetime) -> ColumnElement[bool]:
    """Say of a column whether its next try has come."""
    return or_(next_try_at <= now, next_try_at > now + LONGEST_BETWEEN_TRIES)


def has_come(next_try_at: datetime, now: datetime) -> bool:
    """Say the same of a moment."""
    return next_try_at <= now or next_try_at > now + LONGEST_BETWEEN_TRIES


def is_free(claimed_until: Any, now: datetime) -> ColumnElement[bool]:
    """Say of a column whether nobody has its email in hand."""
    return or_(claimed_until.is_(None), ~is_in_hand(claimed_until, now))


def is_in_hand(claimed_until: Any, now: datetime) -> ColumnElement[bool]:
    """Say of a column whether somebody has its email in hand at this moment."""
    held: ColumnElement[bool] = claimed_until.between(now, now + LONGEST_CLAIM)
    return held
