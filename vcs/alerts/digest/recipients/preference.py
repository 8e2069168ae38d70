"""At which hour somebody's digest comes: before eight, and never not at all."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.alerts.digest.records import DigestHour
from vcs.errors import NotValid

HOURS: Mapping[int, str] = {
    360: "6 o’clock",
    390: "Half past 6",
    420: "7 o’clock",
    450: "Half past 7",
}
"""In minutes after midnight in London."""

_USUAL = 420


def hour_of(session: Session, account_id: int) -> int:
    """Return when somebody's digest comes, in minutes after midnight."""
    chosen = session.get(DigestHour, account_id)
    return chosen.minutes if chosen else _USUAL


def choose_hour(work: Work, minutes: int) -> None:
    """Choose when one's own digest comes. Raises NotValid for an hour that is not offered."""
    work.require_may(Act.SEE_DIGEST)
    if minutes not in HOURS:
        raise NotValid("Some details need correcting.", {"hour": "Select a time"})
    chosen = work.session.get(DigestHour, work.actor.account_id)
    if chosen is None:
        chosen = DigestHour(account_id=work.actor.account_id, minutes=minutes)
    chosen.minutes = minutes
    work.session.add(chosen)
    work.note("digest.hour", work.actor.who, str(minutes))
