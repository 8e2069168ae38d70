"""One escape, or one recall, that two systems tell on two days or at two hours: one event.

Nobody escapes twice without coming back in between. What one system tells twice is two events.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlmodel import Session, col, select

from vcs.custody.history.cases import Case
from vcs.custody.records import CustodyFact
from vcs.events.catalogue import kind_row
from vcs.events.records import EventKind, KeyEvent

_A_DAY: Final = timedelta(days=1)

_TWO_WEEKS: Final = timedelta(days=14)

APART: Final[Mapping[EventKind, timedelta]] = {
    EventKind.RELEASED_IN_ERROR: _A_DAY,
    EventKind.ESCAPED: _A_DAY,
    EventKind.ABSCONDED: _A_DAY,
    EventKind.NOT_RETURNED: _A_DAY,
    EventKind.RECALLED: _TWO_WEEKS,
    EventKind.RECALL_ORDERED: _TWO_WEEKS,
}
"""How many days apart systems date one event: ours, to be confirmed. A recall has several days."""


def told_by_another(case: Case, kind: EventKind) -> KeyEvent | None:
    """Return the event of which another system told before; None where this is news."""
    fact, apart = case.fact, APART.get(kind)
    if apart is None or fact.happened_on is None:
        return None
    for one in case.events:
        if one.kind != kind or abs(one.happened_on - fact.happened_on) > apart:
            continue
        codes = _codes(case.work.session, one)
        if codes and fact.code not in codes and not _moved_between(case, one):
            return one
    return None


def _codes(session: Session, event: KeyEvent) -> set[str]:
    """Return by which codes programs told of an event; empty where a person did."""
    query = select(col(CustodyFact.code)).where(CustodyFact.event_id == event.id)
    return set(session.exec(query))


def _moved_between(case: Case, event: KeyEvent) -> bool:
    """Say whether the offender went elsewhere between an event and the fact."""
    first, last = sorted((event.happened_on, case.fact.happened_on or event.happened_on))
    after = kind_row(event.kind).after
    return any(
        kind_row(one.kind).after not in (None, after) and first <= one.happened_on <= last
        for one in case.events
    )
