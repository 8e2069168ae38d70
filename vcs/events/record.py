"""Record a key event, once: it opens one set of everybody who is to be told together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.database import lock
from vcs.errors import NotValid
from vcs.events.catalogue import CATALOGUE, KindRow, When, kind_row
from vcs.events.embargo import (
    Embargo,
    embargo_problems,
    is_told_to_anybody,
    is_under_embargo,
    put_under,
    require_second,
)
from vcs.events.in_doubt import ask_units_in_doubt
from vcs.events.moments import DayAndTime, last_of_month, london_moment, read_time, tell_by
from vcs.events.offender import events_of, open_parts, referrals_of_offender
from vcs.events.records import LONGEST_ACCOUNT, LONGEST_NAME, EventKind, EventSource, KeyEvent
from vcs.events.same_event import same_event
from vcs.events.sets.lines import add_line, follow_choices, follow_death
from vcs.events.updates.owed import follow_offender
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral
from vcs.tables import free_reference

_ONE_AT_A_TIME = 0x76637305

_TIME = "Enter the time like 14:05 or 2:05pm, or leave it empty if it is not known"


@dataclass(frozen=True, slots=True)
class EventEntry:
    """What is known of an event. Days are London days, times as they were typed.

    With ``only_month`` the day stands for its month: for what is planned, and for nothing else.
    Before ``embargo`` ends nobody is told. ``known_at`` is when it came to us, where that was
    before it is recorded: the time to tell counts from then. ``happened_at`` is the moment where a
    program knows it: an hour by the clock comes twice in a night of autumn.
    """

    kind: str
    happened_on: date
    source: str
    happened_time: str = ""
    source_words: str = ""
    source_knew_on: date | None = None
    source_knew_time: str = ""
    words: str = ""
    only_month: bool = False
    embargo: Embargo | None = None
    known_at: datetime | None = None
    happened_at: datetime | None = None


def record_event(work: Work, referral_reference: str, entry: EventEntry) -> tuple[KeyEvent, bool]:
    """Keep an event of a referral's offender, with a line for everybody who is to be told.

    Returns it, and whether it is new: what another officer recorded already is the same event (see
    ``same_event.py``). Raises NotValid naming each field to correct.
    """
    work.require_may(Act.RECORD_EVENT)
    hold_events(work.session)
    return keep_event(work, find_referral(work.session, referral_reference, work.actor), entry)


def keep_event(work: Work, referral: Referral, entry: EventEntry) -> tuple[KeyEvent, bool]:
    """Keep an event of the offender of a referral in hand, whoever records it.

    For those who hold what ``hold_events`` holds, and whose act was checked.
    """
    happened, knew = _checked(entry, work.now)
    if entry.only_month:
        happened = DayAndTime(entry.happened_on.replace(day=1))
    referrals = referrals_of_offender(work.session, work.sealer, referral)
    held = same_event(events_of(work.session, referrals), entry.kind, happened)
    if held is not None:
        _keep_embargo(work, held, entry)
        return held, False
    event = _event(work, referral, entry, (happened, knew))
    if entry.embargo is not None:
        put_under(work, event, entry.embargo)
    _open_set(work, event, referrals)
    ask_units_in_doubt(work.session, work.sealer, event, work.today)
    noted = (work.now, work.actor.who)
    follow_death(work.session, work.sealer, event, noted)
    follow_offender(work.session, work.sealer, event, noted)
    return event, True


def hold_events(session: Session) -> None:
    """Let one event be recorded at a time, so that the same one is not recorded twice."""
    lock(session, _ONE_AT_A_TIME)


def _keep_embargo(work: Work, held: KeyEvent, entry: EventEntry) -> None:
    """Put an event that was recorded already under the embargo that the second one knows of."""
    if entry.embargo is None or is_under_embargo(held, work.now):
        return
    if is_told_to_anybody(work.session, held):
        said = "This event was recorded already, and somebody was told. Tell whoever asked for it"
        raise NotValid(said, {"embargo_on": said})
    if held.embargo_until is not None:
        # It was under one before: that ended, and to begin it anew is to make it last longer.
        work.require_may(Act.SET_EMBARGO)
        require_second(work, held, entry.embargo)
    put_under(work, held, entry.embargo)


def _checked(entry: EventEntry, now: datetime) -> tuple[DayAndTime, DayAndTime | None]:
    fields = dict(_problems(entry, now))
    if entry.embargo is not None and "kind" not in fields:
        # A month stands for its first day.
        first = entry.happened_on.replace(day=1) if entry.only_month else entry.happened_on
        fields |= embargo_problems(kind_row(entry.kind), first, entry.embargo, now)
    happened = _happened(entry)
    knew = _at(entry.source_knew_on, entry.source_knew_time) if entry.source_knew_on else None
    if happened is None:
        fields["happened_time"] = _TIME
    if (knew is None and entry.source_knew_on) or (
        entry.source_knew_time.strip() and not entry.source_knew_on
    ):
        fields["source_knew_time"] = _TIME if entry.source_knew_on else "Enter the day as well"
    if happened is None or fields:
        raise NotValid("Some details need correcting.", fields)
    return happened, knew


def _happened(entry: EventEntry) -> DayAndTime | None:
    if entry.happened_at is not None:
        return DayAndTime(entry.happened_on, entry.happened_at)
    return _at(entry.happened_on, entry.happened_time)


def _at(day: date, typed: str) -> DayAndTime | None:
    """Return a day with its time; None where the time cannot be read."""
    if not typed.strip():
        return DayAndTime(day)
    clock = read_time(typed)
    at = london_moment(day, clock) if clock else None
    return DayAndTime(day, at) if at else None


def _problems(entry: EventEntry, now: datetime) -> Iterator[tuple[str, str]]:
    if entry.kind not in tuple(EventKind):
        yield "kind", "Select what happened"
        return
    if entry.source not in tuple(EventSource):
        yield "source", "Select who told us"
    if problem := _day_problem(kind_row(entry.kind), entry, now):
        yield "happened_on", problem
    knew = _at(entry.source_knew_on, entry.source_knew_time) if entry.source_knew_on else None
    if knew and knew.is_after(now):
        yield "source_knew_on", "This must not be after now"
    if len(entry.source_words) > LONGEST_NAME:
        yield "source_words", f"Enter {LONGEST_NAME} characters or fewer"
    if len(entry.words) > LONGEST_ACCOUNT:
        yield "words", f"Enter {LONGEST_ACCOUNT} characters or fewer"


def _day_problem(row: KindRow, entry: EventEntry, now: datetime) -> str:
    happened = _happened(entry)
    if happened is None:
        return ""
    if entry.only_month and row.when is When.PAST:
        return "Enter the day: only what is planned may be known by its month alone"
    if row.when is When.PAST and happened.is_after(now):
        return f"“{row.words}” cannot be recorded before it has happened"
    last = last_of_month(happened.day) if entry.only_month else happened.day
    if row.when is When.AHEAD and last < london_date(now):
        return f"“{row.words}” is for a day that is still to come. Record what happened instead"
    return ""


def _event(
    work: Work,
    referral: Referral,
    entry: EventEntry,
    when: tuple[DayAndTime, DayAndTime | None],
) -> KeyEvent:
    happened, knew = when
    row, known_at = CATALOGUE[EventKind(entry.kind)], entry.known_at or work.now
    said = {"source": entry.source_words.strip(), "words": entry.words.strip()}
    return KeyEvent(
        reference=free_reference(work.session, KeyEvent),
        referral_id=referral.id,
        kind=entry.kind,
        happened_on=happened.day,
        happened_at=happened.at,
        only_month=entry.only_month,
        source=entry.source,
        source_knew_on=knew.day if knew else None,
        source_knew_at=knew.at if knew else None,
        sealed=work.sealer.seal_json(said),
        recorded_at=known_at,
        recorded_by=work.actor.account_id,
        tell_by_at=tell_by(row, happened.day, known_at),
        may_tell_at=None if row.may_hold else work.now,
    )


def _open_set(work: Work, event: KeyEvent, referrals: tuple[Referral, ...]) -> None:
    """Add a line for everybody in the open referrals of the offender, and note it in each."""
    work.session.add(event)
    work.session.flush()
    for victim, _ in open_parts(work.session, referrals):
        add_line(work.session, event, victim, work.now)
    follow_choices(work.session, work.sealer, event, (work.now, work.actor.who))
    for referral in referrals:
        work.note("event.recorded", referral.reference, f"{event.reference} {event.kind}")
