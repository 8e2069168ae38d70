"""How often each court and each client speaks, and which of them has fallen silent.

A court's rhythm is learnt from the working days on which it spoke. Weekends and bank holidays
neither count as silence nor as speech. Whoever fell silent stays listed until they speak again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from vcs import clock
from vcs.access.records import FeedClient
from vcs.intake.records import FeedDay, FeedKind, UnknownCode
from vcs.intake.regions import court
from vcs.law.deadlines.working_days import is_working_day, working_days_between
from vcs.ledger.runs import last_run_of

LOOK = "notice-silence"

"""The name of the job that looks for silence, once a day."""

LEARNT_OVER = timedelta(weeks=8)

KNOWN_FOR = timedelta(weeks=26)

"""What a court that speaks seldom is learnt over; one of no rhythm is no longer listed after it."""

LEAST_DAYS = 8

"""On how many days somebody must have spoken before anything is expected of them."""

LEAST_ALLOWED, MOST_ALLOWED = 3, 15

_USUAL_SHARE = 0.9


class FeedStatus(StrEnum):
    """Whether a feed is active, silent or not expected."""

    SILENT = "silent"
    SPEAKING = "speaking"
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Working days from one word to the next: ``usual`` in 9 of 10 cases, ``allowed`` at most."""

    usual: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A court or client. ``quiet_for`` counts whole working days since it last spoke."""

    kind: FeedKind
    code: str
    name: str
    last_on: date
    times: int
    rhythm: Rhythm | None
    quiet_for: int

    @property
    def called(self) -> str:
        """Return its name with its code: two courts may share a name."""
        return self.name if self.name == self.code else f"{self.name} ({self.code})"

    @property
    def voice(self) -> FeedStatus:
        """Say whether it speaks as expected."""
        if self.rhythm is None:
            return FeedStatus.NOT_EXPECTED
        return FeedStatus.SILENT if self.quiet_for > self.rhythm.allowed else FeedStatus.SPEAKING


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that no table holds."""

    kind: str
    code: str
    times: int
    last_on: date


def rhythm(days: Sequence[date]) -> Rhythm | None:
    """Learn a rhythm from the days on which somebody spoke; None while they are too few."""
    worked = sorted({day for day in days if is_working_day(day)})
    if len(worked) < LEAST_DAYS:
        return None
    gaps = sorted(working_days_between(one, other) for one, other in pairwise(worked))
    usual = gaps[min(int(len(gaps) * _USUAL_SHARE), len(gaps) - 1)]
    allowed = min(max(2 * usual, LEAST_ALLOWED), MOST_ALLOWED)
    # Whoever is usually quiet for longer than the bound is not late before it.
    return Rhythm(usual, max(usual, allowed))


def quiet_for(last_on: date, today: date) -> int:
    """Return the whole working days since somebody spoke; today is not over and does not count."""
    return max(0, working_days_between(last_on, today - timedelta(days=1)))


def feeds(session: Session, today: date) -> list[Feed]:
    """Return who spoke in half a year, and who fell silent before; the silent ones first."""
    spoke: dict[tuple[str, str], list[FeedDay]] = defaultdict(list)
    for one in session.execute(_days(today - KNOWN_FOR, today)).scalars():
        spoke[one.kind, one.name].append(one)
    for kind, code, last_on in session.execute(_quiet_since(today - KNOWN_FOR)):
        its_own = col(FeedDay.kind) == kind, col(FeedDay.name) == code
        days = _days(last_on - KNOWN_FOR, last_on).where(*its_own)
        spoke[kind, code] = list(session.execute(days).scalars())
    clients = {one.client_id: one for one in session.execute(select(FeedClient)).scalars()}
    each = (_feed(kind, code, days, clients, today) for (kind, code), days in spoke.items())
    found = [one for one in each if one.rhythm or one.last_on > today - KNOWN_FOR]
    order = list(FeedStatus)
    return sorted(found, key=lambda one: (order.index(one.voice), -one.quiet_for, one.name))


def _days(after: date, until: date) -> Select[FeedDay]:
    query = select(FeedDay).where(col(FeedDay.day) > after, col(FeedDay.day) <= until)
    return query.order_by(col(FeedDay.day))


def _quiet_since(day: date) -> Select[str, str, date]:
    """Select who has not spoken since a day, and when they last did: few."""
    kind, name, last_on = col(FeedDay.kind), col(FeedDay.name), func.max(col(FeedDay.day))
    return select(kind, name, last_on).group_by(kind, name).having(last_on <= day)


def _feed(
    kind: str, code: str, days: list[FeedDay], clients: dict[str, FeedClient], today: date
) -> Feed:
    last_on = days[-1].day
    recent = [one.day for one in days if one.day > last_on - LEARNT_OVER]
    # A court that sits once a fortnight has spoken on too few days of eight weeks.
    learnt, name = rhythm(recent) or rhythm([one.day for one in days]), code
    if kind == FeedKind.COURT:
        known = court(code)
        name = known.name if known else code
    elif code in clients:
        name = clients[code].name
    if kind == FeedKind.CLIENT and not (code in clients and clients[code].active):
        # Files loaded by hand, or a client that was disabled: nothing is expected of it.
        learnt = None
    times = sum(one.times for one in days)
    return Feed(FeedKind(kind), code, name, last_on, times, learnt, quiet_for(last_on, today))


def silent(found: Sequence[Feed]) -> list[Feed]:
    """Return whose silence is to be told: where every client is silent, that says it for all."""
    quiet = [one for one in found if one.voice is FeedStatus.SILENT]
    clients = [one for one in found if one.kind is FeedKind.CLIENT and one.rhythm is not None]
    if clients and all(one.voice is FeedStatus.SILENT for one in clients):
        return [one for one in quiet if one.kind is FeedKind.CLIENT]
    return quiet


def silence_due(session: Session, now: datetime) -> bool:
    """Say whether to look for silence now: once each London day, and again until all was told."""
    last = last_run_of(session, LOOK)
    if last is None or last.fault or last.failed:
        return True
    return clock.london_date(last.finished_at) != clock.london_date(now)


def unknown_codes(session: Session, limit: int = 100) -> tuple[CodeRow, ...]:
    """Return the codes that no table holds, those that came most often first."""
    query = select(UnknownCode).order_by(
        col(UnknownCode.times).desc(), col(UnknownCode.kind), col(UnknownCode.code)
    )
    rows = session.execute(query.limit(limit)).scalars()
    return tuple(CodeRow(one.kind, one.code, one.times, one.last_on) for one in rows)
