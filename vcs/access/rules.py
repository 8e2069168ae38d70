"""Who may see what: one rule, for reading and changing, in Python and in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, false, or_, true

from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.terms import Role


class Placed(Protocol):
    """Anything that lies in a probation region and a police area."""

    @property
    def region_code(self) -> str | None:
        """Return the code of the probation region."""

    @property
    def police_area(self) -> str | None:
        """Return the code of the police area."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which regions and police areas somebody reaches: the one rule, as Python and as SQL.

    ``unplaced`` adds what no region has yet, so that it is somebody's.
    """

    everywhere: bool = False
    region_code: str | None = None
    police_area: str | None = None
    unplaced: bool = False

    def covers(self, placed: Placed) -> bool:
        """Return whether something lies within reach."""
        if self.everywhere or (self.unplaced and placed.region_code is None):
            return True
        if self.region_code is not None and placed.region_code == self.region_code:
            return True
        return self.police_area is not None and placed.police_area == self.police_area

    def covering(self, region: Any, area: Any = None) -> ColumnElement[bool]:
        """Return the same rule over a column of regions, and one of police areas."""
        if self.everywhere:
            return true()
        ways = [region.is_(None)] if self.unplaced else []
        if self.region_code is not None:
            ways.append(region == self.region_code)
        if self.police_area is not None and area is not None:
            ways.append(area == self.police_area)
        return or_(*ways) if ways else false()


def reach(actor: Actor) -> Reach:
    """Return what somebody may see: sentences and referrals, and whatever belongs to them."""
    if actor.role is Role.MANAGER:
        return Reach(region_code=actor.region_code, unplaced=True)
    if actor.role is Role.VLO:
        return Reach(region_code=actor.region_code)
    if actor.role is Role.WITNESS_CARE:
        return Reach(everywhere=actor.of_every_area, police_area=actor.police_area)
    return Reach()


def reach_of_counts(actor: Actor) -> Reach:
    """Return what is counted for somebody: an administrator sees every number and no name."""
    return Reach(everywhere=True) if actor.role is Role.ADMINISTRATOR else reach(actor)


def may_see(actor: Actor, placed: Placed) -> bool:
    """Return whether somebody may see a sentence or referral, and whatever belongs to it."""
    return reach(actor).covers(placed)


def seen_by(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Return the same rule for a query over a table with ``region_code`` and ``police_area``."""
    return reach(actor).covering(table.region_code, table.police_area)


def require(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the person has one of these roles."""
    if actor.role not in roles:
        raise NotAllowed("You are signed in, but this is not yours to see or do.")
