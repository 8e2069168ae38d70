"""How many people's details somebody may open in an hour: policy of ours, by role, with dates.

The scheme's own rules set no number: these wait to be confirmed by the owner of the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vcs.access.reading.records import Scope
from vcs.errors import NotSetUp
from vcs.terms import Role

WITHIN = timedelta(hours=1)

LIFTED_FOR = timedelta(days=1)

FIRST_DAY = date(2001, 4, 1)
"""The scheme's first day: the rules below have counted since there was anything to count."""


@dataclass(frozen=True, slots=True)
class ReadingLimit:
    """One row. The managers are told at ``tell_at`` people; ``stop_at`` are the most in an hour.

    It counts from ``since`` until the day of the next row for the same role and scope.
    """

    role: Role
    scope: Scope
    tell_at: int
    stop_at: int
    since: date = FIRST_DAY


LIMITS: tuple[ReadingLimit, ...] = (
    ReadingLimit(Role.VLO, Scope.OUTSIDE, 10, 20),
    ReadingLimit(Role.VLO, Scope.ALL, 40, 80),
    # Managers approve and compare what is their officers': what is outside says nothing of them.
    ReadingLimit(Role.MANAGER, Scope.ALL, 40, 80),
    ReadingLimit(Role.HEAD, Scope.ALL, 40, 80),
    ReadingLimit(Role.UNIT_ADMINISTRATOR, Scope.ALL, 40, 80),
    ReadingLimit(Role.INSPECTOR, Scope.ALL, 40, 80),
    ReadingLimit(Role.ADMINISTRATOR, Scope.ALL, 40, 80),
)


def limits_of(role: Role, day: date) -> tuple[ReadingLimit, ...]:
    """Return the limits of a role on a day, one for each scope that counts for it.

    Raises NotSetUp where there is none: without a limit nothing may be opened.
    """
    newest: dict[Scope, ReadingLimit] = {}
    for limit in sorted(LIMITS, key=lambda one: one.since):
        if limit.role is role and limit.since <= day:
            newest[limit.scope] = limit
    if not newest:
        raise NotSetUp("There is no limit of reading for this role and day, so nothing is shown.")
    return tuple(newest.values())
