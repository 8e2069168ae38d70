"""Which referrals the worklist is asked for, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vcs.paging import FIRST, Slice

Sort = Literal[
    "reference", "-reference", "case", "-case", "court", "-court", "sentenced", "-sentenced"
]
"""A column to sort by; with a stroke before it, the other way about."""

Filter = Literal[
    "open",
    "overdue",
    "due_soon",
    "mine",
    "awaiting",
    "unassigned",
    "referred",
    "closed",
    "all",
]


@dataclass(frozen=True, slots=True)
class WorklistAsked:
    """Which referrals the worklist is asked for, and which part of that list.

    ``officer`` narrows it to the referrals of one officer; ``references`` to those named.
    ``sort`` None is by what is wanted next: urgent ones first, then the soonest due.
    """

    show: Filter = "open"
    part: Slice = FIRST
    sort: Sort | None = None
    officer: int | None = None
    references: tuple[str, ...] | None = None


WORKLIST = WorklistAsked()
