"""Who is asking, and what they may see: asked in one place, for reading and changing alike."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import ColumnElement, false, true

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


def may_see(actor: Actor, placed: Placed) -> bool:
    """Say whether a person may see a sentence or referral, and whatever hangs on it.

    A referral that no region has yet is every manager's, so that it is somebody's.
    """
    if actor.role is Role.MANAGER:
        return placed.region_code is None or placed.region_code == actor.region_code
    if actor.role is Role.VLO:
        return placed.region_code is not None and placed.region_code == actor.region_code
    if actor.role is Role.WITNESS_CARE:
        same_area = placed.police_area is not None and placed.police_area == actor.police_area
        return actor.of_every_area or same_area
    return False


def seen_by(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Return the same rule for a query over a table with ``region_code`` and ``police_area``."""
    found: ColumnElement[bool] = false()
    region, area = table.region_code, table.police_area
    if actor.role is Role.MANAGER:
        found = region.is_(None) | (region == actor.region_code)
    elif actor.role is Role.VLO and actor.region_code is not None:
        found = region == actor.region_code
    elif actor.of_every_area:
        found = true()
    elif actor.role is Role.WITNESS_CARE and actor.police_area is not None:
        found = area == actor.police_area
    return found


def require(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the person has one of these roles."""
    if actor.role not in roles:
        raise NotAllowed("You are signed in, but this is not yours to see or do.")
