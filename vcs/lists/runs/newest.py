"""Which list of a kind is the newest: by the day on which it was drawn, and not by its upload."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from vcs.lists.records import ListRun
from vcs.tables import table_of

_RUNS = table_of(ListRun)


def has_newer(runs: Any) -> ColumnElement[bool]:
    """Say whether a list of the kind was drawn later; of one day, the one matched last is newer."""
    later = _RUNS.alias()
    is_later = or_(
        later.c.drawn_on > runs.c.drawn_on,
        and_(later.c.drawn_on == runs.c.drawn_on, later.c.id > runs.c.id),
    )
    newer = select(later.c.id).where(later.c.kind == runs.c.kind, is_later)
    return exists(newer.correlate(runs))
