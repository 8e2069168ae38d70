"""Who answers for an officer's referrals on a day. Pure functions over leave and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leave:
    """The days on which an officer is away, both included, and who covers.

    ``cover_id`` None leaves the referrals to the managers of the region.
    """

    account_id: int
    cover_id: int | None
    first_on: date
    last_on: date
    absence_id: int = 0

    def on(self, day: date) -> bool:
        """Say whether the officer is away on a day."""
        return self.first_on <= day <= self.last_on

    def meets(self, other: Leave) -> bool:
        """Say whether two leaves share a day."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on


@dataclass(frozen=True, slots=True)
class Presence:
    """The officers with an open account, and everybody's leave.

    ``places`` is where each works and as what: who works elsewhere by now covers for nobody there.
    """

    active: frozenset[int]
    leaves: tuple[Leave, ...] = ()
    places: Mapping[int, tuple[str | None, bool]] = field(default_factory=dict)

    def leave_of(self, account_id: int | None, day: date) -> Leave | None:
        """Return the leave that an officer with an open account is on, if they are away."""
        if account_id not in self.active:
            return None
        its_own = (one for one in self.leaves if one.account_id == account_id)
        return next((one for one in its_own if one.on(day)), None)

    def chain(self, account_id: int, day: date) -> tuple[Leave, ...]:
        """Return the leave that an officer is on, then that of whoever covers, and so on."""
        passed: list[Leave] = []
        leave = self.leave_of(account_id, day)
        while leave is not None and leave not in passed:
            passed.append(leave)
            leave = self.leave_of(leave.cover_id, day) if self._may_cover(leave) else None
        return tuple(passed)

    def _may_cover(self, leave: Leave) -> bool:
        """Say whether who covers works where the officer does, and at the same."""
        return self.places.get(leave.account_id) == self.places.get(leave.cover_id or 0)

    def answers(self, account_id: int | None, day: date) -> int | None:
        """Return who answers for an officer's referrals on a day.

        The officer, or whoever covers, or whoever covers for that person; None is the managers of
        the region, where nobody of these is at work.
        """
        if account_id not in self.active:
            return None
        chain = self.chain(account_id, day)
        if chain and not self._may_cover(chain[-1]):
            return None
        last = chain[-1].cover_id if chain else account_id
        is_there = last in self.active and self.leave_of(last, day) is None
        return last if is_there else None

    def covered_by(self, account_id: int, day: date) -> tuple[int, ...]:
        """Return the officers for whom somebody else answers on a day."""
        away = {one.account_id for one in self.leaves if one.on(day)} - {account_id}
        return tuple(sorted(one for one in away if self.answers(one, day) == account_id))

    def with_managers(self, day: date) -> tuple[int, ...]:
        """Return the officers who are away on a day and for whom nobody is at work."""
        away = {one.account_id for one in self.leaves if one.on(day)}
        return tuple(sorted(one for one in away if self.answers(one, day) is None))

    def gap(self, leave: Leave, from_day: date) -> date | None:
        """Return the first day of a leave, from a day on, on which only the managers answer."""
        first = max(leave.first_on, from_day)
        changes = {first, *_changes(self.leaves)}
        days = sorted(day for day in changes if first <= day <= leave.last_on)
        return next((day for day in days if self.answers(leave.account_id, day) is None), None)

    def days_of_change(self, from_day: date) -> tuple[date, ...]:
        """Return a day, and each later one on which who is at work changes."""
        changes = {from_day, *_changes(self.leaves)}
        return tuple(sorted(day for day in changes if day >= from_day))

    def circle(self, leave: Leave) -> tuple[Leave, date] | None:
        """Return the cover that would lead back to the officer who goes on leave, and the day."""
        days = {leave.first_on, *_changes(self.leaves)}
        for day in sorted(one for one in days if leave.on(one)):
            first = self.leave_of(leave.cover_id, day)
            held = self.chain(first.account_id, day) if first else ()
            back = next((one for one in held if one.cover_id == leave.account_id), None)
            if back is not None:
                return back, day
        return None


def _changes(leaves: Iterable[Leave]) -> set[date]:
    """Return the days on which who is at work changes."""
    return {day for one in leaves for day in (one.first_on, one.last_on + _DAY)}
