"""Keep counted figures, and read them back with the moment they hold for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlmodel import Session, col

from vcs.access.actors import Reach
from vcs.access.records import AuditEntry
from vcs.database import insert_once
from vcs.intake.records import CourtMessage
from vcs.ledger.counted.records import STAY, CountedFigures
from vcs.ledger.kept.cells import Axis
from vcs.ledger.kept.figures import Wanted, figures, total
from vcs.tables import table_of

Found = TypeVar("Found")

MOST_COUNTED_AT_ONCE: Final = 5_000
"""With more sentences than so many, figures are counted once a day, and not for each who asks."""

FORMAT: Final = 2
"""To be raised with whatever is counted or written otherwise: what an older program kept today is
shown by none that is newer."""

_KEPT_FOR = timedelta(days=1)

_TABLE = table_of(CountedFigures)

_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True)
class Counting(Generic[Found]):
    """What figures are of, and how they are counted and kept.

    ``asked`` is plain, names the day as known on which they are, and is the same for all who reach
    the same.
    """

    kind: str
    asked: Mapping[str, Any]
    count: Callable[[Session], Found]
    as_plain: Callable[[Found], Any]
    from_plain: Callable[[Any], Found]

    @property
    def written(self) -> str:
        """Return what they are of as it is kept."""
        how = {} if self.kind in STAY else {"format": FORMAT}
        return json.dumps({**how, **self.asked}, sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Found]):
    """Figures, and the moment for which they hold."""

    found: Found
    counted_at: datetime


def plain_reach(reach: Reach) -> dict[str, Any]:
    """Return a reach as what figures are asked of: whatever could make two of them differ."""
    plain = asdict(reach)
    plain["hidden"] = sorted(reach.hidden.sentences)
    return plain | {name: sorted(plain[name]) for name in ("opened", "sampled")}


def is_large(session: Session) -> bool:
    """Say whether so many sentences are stored that figures are counted once a day."""
    places = figures(session, Reach(everywhere=True), Wanted(Axis.PLACE))
    return total(places).n > MOST_COUNTED_AT_ONCE


def newest_change(session: Session) -> tuple[int, int]:
    """Return numbers that grow with whatever somebody does and with each message of a court."""
    newest = (select(func.max(col(one))) for one in (AuditEntry.seq, CourtMessage.id))
    act, message = (session.execute(one).scalar() or 0 for one in newest)
    return act, message


def kept(session: Session, counting: Counting[Found]) -> Shown[Found] | None:
    """Return figures that were counted; None where nobody counted them so that they can be read."""
    query = select(_TABLE.c.content, _TABLE.c.counted_at).where(_is_of(counting))
    row = session.execute(query).first()
    if row is None:
        return None
    try:
        return Shown(counting.from_plain(json.loads(row.content)), row.counted_at)
    except _UNREADABLE:
        return None  # written by another version: they are counted again


def _is_of(counting: Counting[Any]) -> ColumnElement[bool]:
    return and_(_TABLE.c.kind == counting.kind, _TABLE.c.asked == counting.written)


def keep(session: Session, counting: Counting[Found], shown: Shown[Found]) -> None:
    """Keep figures; whoever counted them first has counted them for all who can read that."""
    if kept(session, counting) is None:
        session.execute(delete(_TABLE).where(_is_of(counting)))
    row = {
        "kind": counting.kind,
        "asked": counting.written,
        "counted_at": shown.counted_at,
        "content": json.dumps(counting.as_plain(shown.found)),
    }
    session.execute(insert_once(session, _TABLE, "kind", "asked").values(row))


def remove_old(session: Session, now: datetime) -> None:
    """Remove figures that no page of today shows; what was made known stays."""
    is_old = _TABLE.c.counted_at < now - _KEPT_FOR
    session.execute(delete(_TABLE).where(is_old, _TABLE.c.kind.not_in(STAY)))
