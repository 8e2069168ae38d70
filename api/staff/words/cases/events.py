"""What pages say of key events, of telling people, and of the time there is for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from api.staff.words.text import day, days, london_day, moment, short_day
from vcs.events.catalogue import (
    CATALOGUE,
    RISK_ORDER,
    UPDATE_EVERY,
    Because,
    KindRow,
    Risk,
    TellBy,
    Unit,
)
from vcs.events.records import EventSource, IfOut, NotTold, Way
from vcs.events.updates.records import Ended
from vcs.law.deadlines.working_days import working_days_between

EVENT_KINDS: Mapping[str, str] = {row.kind: row.words for row in CATALOGUE.values()}

EVENT_SOURCES: Mapping[str, str] = {
    EventSource.PRISON: "The prison",
    EventSource.OFFENDER_MANAGER: "The offender manager",
    EventSource.POLICE: "The police",
    EventSource.PAROLE_BOARD: "The Parole Board",
    EventSource.HOSPITAL: "A hospital",
    EventSource.COURT: "A court",
    EventSource.VICTIM: "A victim",
    EventSource.OTHER: "Somebody else, or the press",
}

WAYS_TO_TELL: Mapping[str, str] = {
    Way.PHONE: "By phone",
    Way.IN_PERSON: "In person",
    Way.VIDEO: "By video call",
    Way.THIRD_PARTY: "Through the safe third party",
    Way.POLICE: "By the police, who go to them",
    Way.LETTER: "By letter",
}

NOT_TOLD: Mapping[str, str] = {
    NotTold.OPTED_OUT: "They opted out",
    NotTold.NOT_WANTED: "They do not want to be told of this",
    NotTold.DECEASED: "They have died",
    NotTold.ANOTHER_OFFENDER: "This is another person of the same name",
    NotTold.OTHER: "Another reason",
    NotTold.OFFENDER_DIED: "The offender died: what came before is told no more",
}

MAY_SAY_NOT_TOLD: Mapping[str, str] = {
    reason: words for reason, words in NOT_TOLD.items() if reason != NotTold.OFFENDER_DIED
}
"""What somebody may choose. What a death ends follows from the death alone."""

IF_OUT: Mapping[str, str] = {
    IfOut.RING: "Ring them, at any hour",
    IfOut.THIRD_PARTY: "Ring a safe third party",
    IfOut.POLICE: "Send the police to them",
    IfOut.NEVER: "Never contact them: the police go",
}

RISKS: Mapping[Risk, str] = RISK_ORDER

BECAUSE: Mapping[Because, str] = {
    Because.ASKED_FOR: "They asked for this beforehand",
    Because.NOT_SAFE: "Nobody of ours may write, ring or visit",
    Because.OPTED_OUT: "They opted out, so nobody of ours contacts them",
}


UPDATE_ENDED: Mapping[str, str] = {
    Ended.BACK: "The offender is back",
    Ended.OVERTAKEN: "Something has happened since",
    Ended.TAKEN_BACK: "It was a mistake",
    Ended.NOT_WANTED: "They want no more word",
    Ended.CHOICE: "They asked never to be contacted, or opted out",
    Ended.DECEASED: "They have died",
    Ended.CLOSED: "Their referral is closed",
    Ended.DIED: "The offender died",
}


def update_every(row: KindRow) -> str:
    """Say how often people hear again while a danger lasts; empty where they do not."""
    hours = UPDATE_EVERY.get(row.kind, 0)
    return f"every {_count(hours, 'hour')}" if hours else ""


def due_at(by: datetime, now: datetime) -> str:
    """Say by which moment something is owed, and how long there is."""
    return f"by {moment(by)} ({_left(by - now)})"


class Happened(Protocol):
    """Anything that has the time of an event."""

    @property
    def happened_on(self) -> date:
        """Return the day, or the first of the month."""

    @property
    def happened_at(self) -> datetime | None:
        """Return the moment, where the hour is known."""

    @property
    def only_month(self) -> bool:
        """Say whether only the month is known."""


_MINUTES_OF_A_DAY = 24 * 60


def happened(event: Happened, *, short: bool = False) -> str:
    """Say when an event happened or is planned, as exactly as that is known."""
    if event.only_month:
        return f"{event.happened_on:%B %Y}"
    if event.happened_at is not None:
        return moment(event.happened_at)
    return short_day(event.happened_on) if short else day(event.happened_on)


def how_soon(tell_by: TellBy) -> str:
    """Say how soon everybody is told, from when we knew."""
    if tell_by.unit is Unit.HOURS:
        return f"within {_count(tell_by.count, 'hour')}"
    return f"within {days(tell_by.count)}" if tell_by.count else "the same day"


def tell_by(row: KindRow, by: datetime, now: datetime) -> str:
    """Say by when everybody is told, and how long there is, in words that are true then."""
    if row.tell_by.unit is Unit.HOURS:
        return f"by {moment(by)} ({_left(by - now)})"
    last = london_day(by)
    today = london_day(now)
    if last < today:
        over = working_days_between(last, today)
        return f"by the end of {day(last)} ({f'{days(over)} overdue' if over else 'overdue'})"
    left = working_days_between(today, last)
    words = "today" if last == today else f"{days(left)} left" if left else f"{last:%A}"
    return f"by the end of {day(last)} ({words})"


def _left(time: timedelta) -> str:
    seconds = time.total_seconds()
    minutes = int(abs(seconds) // 60)
    if seconds < 0:
        return f"over by {_long(minutes)}" if minutes else "over by less than a minute"
    return f"{_long(minutes)} left" if minutes else "less than a minute left"


def _long(minutes: int) -> str:
    if minutes >= _MINUTES_OF_A_DAY:
        return _count(minutes // _MINUTES_OF_A_DAY, "day")
    hours, rest = divmod(minutes, 60)
    parts = [_count(hours, "hour")] if hours else []
    parts += [_count(rest, "minute")] if rest else []
    return " ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
