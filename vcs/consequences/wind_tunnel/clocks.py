"""A duty with another time: which deadlines would have been late, or in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session

from vcs.access.actors import Reach
from vcs.consequences.wind_tunnel.scenario import ClockChange
from vcs.intake.regions import region_named
from vcs.law.deadlines.duties import ASSESS_NEEDS, FIRST_CONTACT, REFER
from vcs.law.deadlines.working_days import add_working_days
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tables import table_of

_DEADLINES, _REFERRALS = table_of(DeadlineRecord), table_of(Referral)

_AT_A_TIME: Final = 1000

_EVERYWHERE: Final = Reach(everywhere=True)

LATE_THEN, IN_TIME_THEN = "in time, late then", "late, in time then"


DUTIES_TO_TRY: Final = (ASSESS_NEEDS, FIRST_CONTACT, REFER)
"""The duties that have deadlines. From the law: what is held would tell of hidden cases."""


def tried(
    session: Session, change: ClockChange, today: date, reach: Reach = _EVERYWHERE
) -> dict[str, Any]:
    """Return how many deadlines would end otherwise, by region; what is still open counts today."""
    counted: Counter[tuple[str, str]] = Counter()
    looked_at = 0
    for region, starts_on, due_on, ended_on in _deadlines(session, change.duty, reach):
        looked_at += 1
        then = _due(starts_on, change.days)
        ended = ended_on or today
        late, late_then = ended > due_on, ended > then
        if late != late_then:
            counted[_region(region), LATE_THEN if late_then else IN_TIME_THEN] += 1
    return {
        "duty": change.duty,
        "working_days": change.days,
        "deadlines": looked_at,
        "groups": [
            {"by": "region", "group": region, "way": way, "deadlines": count}
            for (region, way), count in sorted(counted.items())
        ],
    }


@lru_cache(maxsize=16_384)
def _due(starts_on: date, days: int) -> date:
    return add_working_days(starts_on, days)


def _deadlines(
    session: Session, duty: str, reach: Reach
) -> Iterator[tuple[str, date, date, date | None]]:
    places = (_REFERRALS.c.region_code, _REFERRALS.c.police_area, _REFERRALS.c.sentence_id)
    query = (
        select(
            _REFERRALS.c.region_code,
            _DEADLINES.c.starts_on,
            _DEADLINES.c.due_on,
            _DEADLINES.c.met_on,
        )
        .join(_REFERRALS, _REFERRALS.c.id == _DEADLINES.c.referral_id)
        .where(_DEADLINES.c.duty == duty, _DEADLINES.c.lifted_on.is_(None))
        .where(reach.covering(*places))
        .order_by(_DEADLINES.c.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    for one in session.execute(query):
        yield one.region_code or "", one.starts_on, one.due_on, one.met_on


def _region(code: str) -> str:
    region = region_named(code)
    return region.name if region else "no region yet"
