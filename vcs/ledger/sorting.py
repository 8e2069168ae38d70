"""In which order the worklist stands: by what is wanted next, or by a column."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sqlalchemy import case
from sqlmodel import col

from vcs.referrals.records import Referral, ReferralStatus
from vcs.referrals.states import is_urgent
from vcs.sentences.records import Sentence

Sort = Literal[
    "reference", "-reference", "case", "-case", "court", "-court", "sentenced", "-sentenced"
]
"""A column to sort by; with a stroke before it, the other way about."""


def order(sort: Sort | None, due: Any, today: date) -> tuple[Any, ...]:
    """Return the order for a query over referrals with their sentences.

    ``due`` has the first day on which something open falls due. Without a column, urgent referrals
    come first, then traces to be looked at, then the soonest due, and closed ones last.
    """
    columns: dict[str, Any] = {
        "reference": col(Referral.reference),
        "case": col(Sentence.case_reference),
        "court": col(Sentence.court_name),
        "sentenced": col(Sentence.sentenced_on),
    }
    if sort is not None:
        column = columns[sort.removeprefix("-")]
        return (column.desc() if sort.startswith("-") else column, col(Referral.id))
    return (
        case((col(Referral.status) == ReferralStatus.CLOSED, 1), else_=0),
        case((is_urgent(), 0), else_=1),
        case((col(Referral.look_again_on) <= today, 0), else_=1),
        due.c.due_on.is_(None),
        due.c.due_on,
        col(Sentence.sentenced_on),
        col(Referral.id),
    )
