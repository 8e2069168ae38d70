"""Move a rung of a region's ladder within its bounds, and read how each region has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.alerts.digest.records import LadderChange
from vcs.alerts.rungs.ladder import LADDER, LadderRow, row_of, with_changes
from vcs.database import lock
from vcs.errors import NotAllowed, NotValid

_ONE_AT_A_TIME = 0x76634C61

_CORRECT = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as its page shows it."""

    rung: str
    after: int
    why: str
    who: str
    changed_at: datetime


def set_rung(work: Work, rung: str, after: int, why: str, seen: str) -> None:
    """Set a rung of the actor's own region.

    ``seen`` is the version of the region's ladder that the actor was shown. Raises NotValid where
    another one counts now, and outside the rung's bounds.
    """
    work.require_may(Act.EDIT_LADDER)
    region_code = work.actor.region_code
    if region_code is None:
        raise NotAllowed("Only somebody of a region can change when it is told.")
    lock(work.session, _ONE_AT_A_TIME)
    require_version(seen, ladder_version(ladder_in(work.session, region_code)))
    row = row_of(rung)
    if not row.least <= after <= row.most:
        raise NotValid(_CORRECT, {"after": f"Enter a number from {row.least} to {row.most}"})
    if not why.strip():
        raise NotValid(_CORRECT, {"why": "Enter why it is changed"})
    work.session.add(
        LadderChange(
            region_code=region_code,
            rung=str(row.rung),
            after=after,
            why=why.strip(),
            changed_at=work.now,
            changed_by=work.actor.account_id,
        )
    )
    work.note("ladder.changed", region_code, f"{row.rung}: {after}")


def ladder_version(ladder: tuple[LadderRow, ...]) -> str:
    """Return the version of a ladder: after how much each rung is reached."""
    return version_of([(str(row.rung), row.after) for row in ladder])


def ladder_in(session: Session, region_code: str | None) -> tuple[LadderRow, ...]:
    """Return the ladder of one region."""
    return ladders(session).get(region_code, LADDER)


def ladders(session: Session) -> Mapping[str | None, tuple[LadderRow, ...]]:
    """Return the ladders of the regions that changed a rung."""
    query = select(LadderChange).order_by(col(LadderChange.id))
    newest: dict[str, dict[str, int]] = defaultdict(dict)
    for one in session.exec(query):
        newest[one.region_code][one.rung] = one.after
    return {region: with_changes(changes) for region, changes in newest.items()}


def changes_in(session: Session, region_code: str | None) -> tuple[ChangeRow, ...]:
    """Return what a region changed, the newest first, and who changed it."""
    query = (
        select(LadderChange, Account.name)
        .join(Account, col(Account.id) == col(LadderChange.changed_by))
        .where(LadderChange.region_code == region_code)
        .order_by(col(LadderChange.id).desc())
    )
    return tuple(
        ChangeRow(one.rung, one.after, one.why, name, one.changed_at)
        for one, name in session.exec(query)
    )
