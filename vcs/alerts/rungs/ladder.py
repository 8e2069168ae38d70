"""The ladder: who is told of a duty that nobody has done, and on which day.

One row for each rung. A region may move a rung within its bounds (``ladder_changes.py``); who is
told is never changed. There is no account of a regional director: the head of public protection
stands in, and gets the weekly list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from vcs.law.deadlines.working_days import add_working_days, is_working_day, working_days_between
from vcs.terms import Role


class Rung(StrEnum):
    """How far a duty has run. ``AHEAD`` and ``RAISED`` are no rows of the ladder.

    ``AHEAD`` is what a manager sees coming; ``RAISED`` is a plan that passed without an act.
    """

    AHEAD = "ahead"
    HALF_TIME = "half time"
    THREE_QUARTERS = "three quarters"
    BREACH = "breach"
    WELL_OVER = "well over"
    WEEKLY_LIST = "weekly list"
    RAISED = "raised"


class Counted(StrEnum):
    """How the day of a rung is counted."""

    SHARE = "per cent of the time allowed"
    OVER = "working days after the due day"


class Stand(StrEnum):
    """Whom a rung names. ``UPWARDS`` says who is told where nobody is there."""

    OFFICER = "officer"
    UNIT_ADMINISTRATOR = "unit administrator"
    MANAGER = "unit manager"
    HEAD = "head of public protection"
    DIRECTOR = "regional director"
    ADMINISTRATOR = "administrator"


ROLE_OF: Mapping[Stand, Role] = {
    Stand.OFFICER: Role.VLO,
    Stand.UNIT_ADMINISTRATOR: Role.UNIT_ADMINISTRATOR,
    Stand.MANAGER: Role.MANAGER,
    Stand.HEAD: Role.HEAD,
    Stand.DIRECTOR: Role.HEAD,
    Stand.ADMINISTRATOR: Role.ADMINISTRATOR,
}

UPWARDS: tuple[Stand, ...] = (
    Stand.OFFICER,
    Stand.UNIT_ADMINISTRATOR,
    Stand.MANAGER,
    Stand.HEAD,
    Stand.ADMINISTRATOR,
)

"""From each stand to the next; a director's list goes to the head, then to an administrator."""


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One rung: when it is reached, within which bounds a region may set that, and who is told."""

    rung: Rung
    counted: Counted
    after: int
    least: int
    most: int
    told: tuple[Stand, ...]
    is_weekly: bool = False


LADDER: tuple[LadderRow, ...] = (
    LadderRow(Rung.HALF_TIME, Counted.SHARE, 50, 30, 60, (Stand.OFFICER,)),
    LadderRow(
        Rung.THREE_QUARTERS,
        Counted.SHARE,
        75,
        60,
        90,
        (Stand.OFFICER, Stand.UNIT_ADMINISTRATOR),
    ),
    # The manager knows on the working day after: no region may put this off.
    LadderRow(Rung.BREACH, Counted.OVER, 1, 1, 1, (Stand.MANAGER,)),
    LadderRow(Rung.WELL_OVER, Counted.OVER, 3, 2, 5, (Stand.HEAD,)),
    LadderRow(Rung.WEEKLY_LIST, Counted.OVER, 10, 6, 10, (Stand.DIRECTOR,), is_weekly=True),
)

ORDER: tuple[Rung, ...] = (Rung.AHEAD, *(row.rung for row in LADDER), Rung.RAISED)


def row_of(rung: str, ladder: tuple[LadderRow, ...] = LADDER) -> LadderRow:
    """Return the row of a rung."""
    return next(row for row in ladder if row.rung == rung)


def with_changes(changes: Mapping[str, int]) -> tuple[LadderRow, ...]:
    """Return the ladder with a region's own numbers, each kept within its bounds."""
    return tuple(
        replace(row, after=min(max(changes[row.rung], row.least), row.most))
        if row.rung in changes
        else row
        for row in LADDER
    )


def rung_on(row: LadderRow, starts_on: date, due_on: date) -> date:
    """Return the working day on which a rung is reached.

    Raises ValueError outside the years that the calendar covers.
    """
    if row.counted is Counted.OVER:
        day = add_working_days(due_on, row.after)
        return weekly_on(day) if row.is_weekly else day
    whole = working_days_between(starts_on, due_on)
    if whole < 1:
        return working_day_from(due_on)
    return add_working_days(starts_on, max(1, -(-whole * row.after // 100)))


def working_day_from(day: date) -> date:
    """Return a day if it is a working day, and else the next one."""
    return day if is_working_day(day) else add_working_days(day, 1)


def weekly_on(day: date) -> date:
    """Return the day of the weekly list on or after a day: the first working day of a week."""
    monday = day - timedelta(days=day.weekday())
    first = working_day_from(monday)
    return first if first >= day else working_day_from(monday + timedelta(weeks=1))


def above(stand: Stand) -> Stand | None:
    """Return the next stand up; None above an administrator."""
    here = Stand.HEAD if stand is Stand.DIRECTOR else stand
    at = UPWARDS.index(here) + 1
    return UPWARDS[at] if at < len(UPWARDS) else None


def stand_of(role: str) -> Stand | None:
    """Return where somebody of a role stands; None for a role that the ladder does not name."""
    return next((one for one in UPWARDS if ROLE_OF[one] == role), None)
