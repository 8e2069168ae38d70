"""Which part of the ledger is looked at, and what it is counted by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vcs.terms import SentenceState

NOWHERE = "none"
"""How a region or court that nobody knows is written in an address."""

WEEK = timedelta(days=7)


class Axis(StrEnum):
    """What the ledger is counted by."""

    REGION = "region"
    COURT = "court"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Cell:
    """Which part of the ledger is looked at; None leaves a side open. ``week`` is a Monday."""

    state: SentenceState | None = None
    region: str | None = None
    court: str | None = None
    week: date | None = None
