"""Who is asking, and what they may see: asked in one place, for reading and changing alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session

from vcs.clock import london_date
from vcs.errors import NotAllowed
from vcs.sealing import Sealer
from vcs.terms import Role

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff who is signed in, as the door knows them, or a program that refers.

    ``client_id`` is the program's; one without a police area refers for every area.
    """

    account_id: int
    name: str
    role: Role
    region_code: str | None = None
    police_area: str | None = None
    client_id: str | None = None

    @property
    def who(self) -> str:
        """Return how the audit trail names this person or program."""
        return f"client:{self.client_id}" if self.client_id else f"account:{self.account_id}"

    @property
    def of_every_area(self) -> bool:
        """Say whether this is a program that refers for every police area."""
        return self.client_id is not None and self.police_area is None


@dataclass(frozen=True, slots=True)
class Work:
    """One act of one person or program: the transaction, the keys, who does it, and when."""

    session: Session
    sealer: Sealer
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return today's date in London."""
        return london_date(self.now)


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
