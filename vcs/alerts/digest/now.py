"""What somebody's digest would tell of at this moment: their page of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.alerts.digest.agenda.matters import Found
from vcs.alerts.digest.agenda.whose import Whose, whose_for
from vcs.alerts.digest.due import covered_until
from vcs.alerts.digest.facts import DigestFacts, SilentCourt
from vcs.alerts.digest.gather import draft_for, read_page
from vcs.alerts.rungs.directory import directory
from vcs.clock import london_date
from vcs.errors import NotFound

Find = Callable[[Session, Whose, date], Found]
"""Finds the referrals that fall due first of some officers or of a region."""


def digest_now(
    session: Session, actor: Actor, now: datetime, silent: Sequence[SilentCourt], find: Find
) -> tuple[DigestFacts, bool]:
    """Return a person's digest as it would be now, and whether more is open than was read."""
    require_may(actor, Act.SEE_DIGEST)
    since = covered_until(session, [actor.account_id], now)[actor.account_id]
    today = london_date(now)
    staff = directory(session, today)
    person = staff.people.get(actor.account_id)
    if person is None:
        raise NotFound("There is nothing at this address.")
    whose = whose_for(session, staff, person)
    those = find(session, whose, today)
    morning = read_page(session, (now, since, silent), staff, whose, those)
    draft = draft_for(session, morning, person, since, whole=True)
    return draft.facts, morning.is_cut
