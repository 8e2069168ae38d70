"""For whom figures are counted before they ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.actors import Reach
from vcs.access.emergency.opened import with_what_they_see
from vcs.access.records import Account
from vcs.access.rules import Act, may, reach_of_counts
from vcs.access.signing_in.sign_in import actor_of
from vcs.ledger.counted.keep import plain_reach


def reaches(session: Session, act: Act, now: datetime) -> Iterator[Reach]:
    """Yield each reach of the people who may do something, once."""
    accounts = session.execute(select(Account).where(col(Account.active))).scalars()
    actors = (actor_of(one) for one in accounts)
    seen = (with_what_they_see(session, one, now) for one in actors if may(one, act))
    apart = {
        json.dumps(plain_reach(one), sort_keys=True): one for one in map(reach_of_counts, seen)
    }
    yield from apart.values()
