"""A fact in hand with one referral of its offender; why it is asked about, or no news. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from vcs.access.work import Work
from vcs.clock import london_date
from vcs.custody.history.order import is_after_hours, is_before, is_out
from vcs.custody.readings import AT_LARGE_AFTER_RECALL, DIED, Does, Follows
from vcs.custody.records import CustodyFact
from vcs.events.catalogue import CATALOGUE, When, Whereabouts, kind_row
from vcs.events.moments import last_of_month, start_of
from vcs.events.offender import RECALL_WRITTEN_LATE, where_after
from vcs.events.records import EventKind, KeyEvent
from vcs.lists.matches.held import HeldSentence
from vcs.referrals.records import Referral

CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""By how much a prison's clock may be ahead of ours: ours, to be confirmed."""

_PLANNED: Final = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)

_AWAY: Final = (
    EventKind.NOT_RETURNED,
    EventKind.ABSCONDED,
    EventKind.ESCAPED,
    EventKind.RELEASED_IN_ERROR,
    EventKind.RECALL_ORDERED,
)
"""Somebody who is at large comes back by whichever gate: also as from a temporary release."""


@dataclass(frozen=True, slots=True)
class Case:
    """A fact, one referral of its offender, and the key events recorded for them so far."""

    work: Work
    fact: CustodyFact
    row: Follows
    referral: Referral
    held: HeldSentence
    events: tuple[KeyEvent, ...]

    @property
    def before(self) -> KeyEvent | None:
        """Return the event that says where the offender was before the fact."""
        return where_after(one for one in self.events if is_before(one, self.fact))


def is_ahead(fact: CustodyFact, now: datetime) -> bool:
    """Say whether a fact is dated after now by more than two clocks differ."""
    if fact.happened_at is not None:
        return fact.happened_at > now + CLOCKS_DIFFER
    return fact.happened_on is not None and fact.happened_on > london_date(now)


def may_come(fact: CustodyFact, now: datetime) -> bool:
    """Say whether a fact that is ahead may be true once its hour has come: within a day."""
    return begins_at(fact) <= now + _A_DAY


def begins_at(fact: CustodyFact) -> datetime:
    """Return the moment of a fact, or the beginning of its day."""
    if fact.happened_at is not None:
        return fact.happened_at
    return start_of(fact.happened_on or date.max)


_A_DAY: Final = timedelta(days=1)


def why_ask(case: Case) -> str:
    """Return what a person is asked instead; empty where the fact is clear."""
    if case.row.does is Does.CHECK:
        return case.row.say
    fact, kind = case.fact, case.row.kind
    if fact.happened_on is None or kind is None:
        return (
            _NO_DAY_OF_DEATH if fact.reading == DIED else "There is no day on which this happened."
        )
    if CATALOGUE[kind].when is When.PAST and is_ahead(fact, case.work.now):
        return "This is dated in the future. Ask the prison."
    return _against_a_death(case) or _against_a_return(case)


_NO_DAY_OF_DEATH: Final = (
    "A prison’s system says that they died, and not on which day. Ask the prison now, and record "
    "it. Nobody should be told meanwhile of anything as if they lived."
)


def _against_a_death(case: Case) -> str:
    fact, events = case.fact, case.events
    died = next((one for one in events if one.kind == EventKind.DIED), None)
    if fact.happened_on is None:
        return ""
    if died is not None and fact.reading != DIED:
        is_that_day = case.row.is_danger and died.happened_on == fact.happened_on
        if is_that_day or died.happened_on < fact.happened_on:
            day = "that" if is_that_day else "an earlier"
            return f"A death of this offender was recorded for {day} day. One of the two is wrong."
    later = [one for one in events if is_out(one) and not is_after_hours(fact, one)]
    if died is None and fact.reading == DIED and later:
        return (
            f"The prison tells of a death, and {later[0].reference} says that they are out since "
            "that day. Nobody should be told of a release: look at it now, and record the death."
        )
    return ""


def _against_a_return(case: Case) -> str:
    """Ask where two systems say that somebody is in and out, and neither is surely the later."""
    before, reading = case.before, case.fact.reading
    if before is None:
        return ""
    if reading == "back_from_absence" and is_out(before) and before.kind not in _AWAY:
        return (
            f"The prison says that they are back from a temporary release, and {before.reference} "
            "says that they are out. Find out where they are, and record it."
        )
    if reading == AT_LARGE_AFTER_RECALL and _is_back_already(case):
        return (
            f"By a prison’s system they are unlawfully at large after a recall, and "
            f"{before.reference} says that they are back. Find out where they are, and record it."
        )
    return ""


def why_nothing(case: Case) -> str:
    """Return why a fact is no news; empty where it is."""
    fact, kind = case.fact, case.row.kind
    if case.row.does is Does.IF_OUT and not _was_out(case):
        return "They were in custody already, as far as we know"
    if case.row.does is Does.UNLESS_IN and _is_back_already(case):
        return "They were back in custody already, as far as we know"
    same_day = [one for one in case.events if one.happened_on == fact.happened_on]
    if any(one.kind == EventKind.DIED for one in same_day) and kind is not EventKind.DIED:
        return "They died that day, and this is how the prison records it"
    planned = fact.happened_on if kind is EventKind.RELEASE_PLANNED else None
    if planned is not None and last_of_month(planned) < case.work.today:
        return "The month that was planned is over"
    return ""


def _was_out(case: Case) -> bool:
    """Say whether the offender was out before this, as far as events tell."""
    return case.before is not None and is_out(case.before)


def _is_back_already(case: Case) -> bool:
    """Say whether somebody whose recall is told came back shortly before: it is written down late.

    Whoever came back long before must have been let out since.
    """
    before, day = case.before, case.fact.happened_on
    if before is None or day is None or kind_row(before.kind).after is not Whereabouts.IN:
        return False
    return day - before.happened_on <= RECALL_WRITTEN_LATE


def is_plan(case: Case) -> bool:
    """Say whether a fact tells of what is still to come."""
    return case.row.kind in _PLANNED


def kind_of(case: Case) -> EventKind:
    """Return the kind of key event that a fact is, among what was recorded before."""
    kind = case.row.kind or EventKind.RELEASED
    if kind is EventKind.RELEASED and case.held.sentenced_on == case.fact.happened_on:
        return EventKind.TIME_SERVED
    if kind is EventKind.RELEASE_PLANNED and case.fact.happened_on is not None:
        month = case.fact.happened_on.replace(day=1)
        planned = [one for one in case.events if one.kind in _PLANNED]
        if planned and planned[-1].happened_on.replace(day=1) != month:
            return EventKind.RELEASE_MOVED
    return kind
