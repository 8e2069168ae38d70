"""A matched fact recorded as a key event of the offender: it opens the set of who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from vcs.access.work import Work
from vcs.clock import LONDON
from vcs.consequences.key_events import record_told_event
from vcs.custody.facts import ask, undo
from vcs.custody.facts.concerned import (
    came_back,
    each_offender,
    is_before_sentence,
    undecided,
)
from vcs.custody.facts.nobody import of_not_owed, of_undecided
from vcs.custody.facts.order import (
    is_another_time,
    is_before,
    is_order_unknown,
    is_out,
    release_before,
    what_came_since,
)
from vcs.custody.facts.readings import TELL_OF_DANGER, Does, Follows, follows
from vcs.custody.records import CustodyFact, EndsAs
from vcs.events.catalogue import CATALOGUE, When, kind_row
from vcs.events.moments import last_of_month
from vcs.events.offender import events_of, referrals_of_offender
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.lists.matches.held import HeldSentence
from vcs.referrals.records import Referral
from vcs.terms import Outcome

_INSTANT = "prisoner-offender-search."

_LICENCES = "create-and-vary-a-licence."

_NOT_CONFIRMED = (
    "The prison has not sent its second event, which comes after 45 minutes. Make sure with the "
    "prison before anybody is told."
)

_LATE = timedelta(days=1)

_DAY_UNKNOWN = "The day on which they were let out is not known: it is this day at the latest."

_BOTH_WAYS = (
    "On one day they went out and came in, and the hour of one is not known. Find out where they "
    "are now, and take back what is wrong."
)

Ended = tuple[EndsAs, str]

_SURE_OF = (EndsAs.RECORDED, EndsAs.CHECK, EndsAs.SAME, EndsAs.NOT_OWED, EndsAs.NOTHING)


@dataclass(frozen=True, slots=True)
class _Case:
    """A fact, one referral of its offender, and the key events recorded for them so far."""

    work: Work
    fact: CustodyFact
    row: Follows
    referral: Referral
    held: HeldSentence
    events: tuple[KeyEvent, ...]


def record_fact(
    work: Work, fact: CustodyFact, held: Sequence[HeldSentence], *, only_month: bool = False
) -> Ended:
    """Record a fact for the offender of these sentences; returns how it ended, and why.

    ``held`` are all sentences that ``with_known`` returns.
    """
    row = follows(fact.reading)
    since = [one for one in held if not is_before_sentence(fact, one)]
    if not since:
        return _before_sentence(work, fact, held)
    ends = [
        _of_one(_case(work, fact, row, referral, one), only_month=only_month)
        for referral, one in each_offender(work, since)
    ]
    ends += [of_undecided(work, fact, one) for one in undecided(work, since)]
    if not ends:
        return of_not_owed(work, fact, since)
    return min(ends, key=lambda ended: _SURE_OF.index(ended[0]))


def _before_sentence(work: Work, fact: CustodyFact, held: Sequence[HeldSentence]) -> Ended:
    """End what happened before any sentence; danger that nobody told the end of is asked about."""
    said = "It happened before any sentence of theirs that we hold"
    owed = [one for one in held if one.outcome is not Outcome.NOT_ELIGIBLE]
    is_danger = fact.reading in TELL_OF_DANGER and not follows(fact.reading).was_danger
    if not is_danger or not owed or came_back(work, fact):
        return EndsAs.NOTHING, said
    words = f"{said}, and nobody told that they came back. Find out where they are."
    ask.about_meaning(work.session, fact, (owed[0], words), work.today)
    return EndsAs.CHECK, words


def _case(
    work: Work, fact: CustodyFact, row: Follows, referral: Referral, held: HeldSentence
) -> _Case:
    referrals = referrals_of_offender(work.session, work.sealer, referral)
    events = (one for one in events_of(work.session, referrals) if one.taken_back_at is None)
    return _Case(work, fact, row, referral, held, tuple(events))


def _of_one(case: _Case, *, only_month: bool) -> Ended:
    if said := _why_ask(case):
        return _ask(case, said)
    if said := _why_nothing(case):
        return EndsAs.NOTHING, said
    if case.row.was_danger:
        _tell_what_was(case)
    kind = _kind(case)
    event, is_new = record_told_event(
        case.work, case.referral, _entry(case, kind, only_month=only_month)
    )
    case.fact.event_id = event.id
    if not is_new and is_another_time(case.fact, event, case.events):
        said = f"They were back since {kind_row(event.kind).words.lower()} was recorded that day."
        return _ask(case, said)
    if is_new and is_order_unknown(case.fact, event, case.events):
        _ask(case, _BOTH_WAYS)
    if is_new:
        return EndsAs.RECORDED, f"Recorded as {event.reference}"
    return EndsAs.SAME, f"Recorded already as {event.reference}"


def _ask(case: _Case, said: str) -> Ended:
    ask.about_meaning(case.work.session, case.fact, (case.held, said), case.work.today)
    return EndsAs.CHECK, said


def _why_ask(case: _Case) -> str:
    """Return what a person is asked instead; empty where the fact is clear."""
    if case.row.does is Does.CHECK:
        return case.row.say
    fact, kind = case.fact, case.row.kind
    if fact.happened_on is None or kind is None:
        return "There is no day on which this happened."
    if CATALOGUE[kind].when is When.PAST and fact.happened_on > case.work.today:
        return "This is dated in the future. Ask the prison."
    died = next((one for one in case.events if one.kind == EventKind.DIED), None)
    if died is not None and kind is not EventKind.DIED:
        is_that_day = case.row.is_danger and died.happened_on == fact.happened_on
        if is_that_day or died.happened_on < fact.happened_on:
            day = "that" if is_that_day else "an earlier"
            return f"A death of this offender was recorded for {day} day. One of the two is wrong."
    later = [one for one in case.events if is_out(one) and one.happened_on >= fact.happened_on]
    if kind is EventKind.DIED and later:
        return (
            f"The prison tells of a death, and {later[0].reference} says that they are out since "
            "that day. Nobody should be told of a release: look at it now, and record the death."
        )
    return ""


def _why_nothing(case: _Case) -> str:
    fact, kind = case.fact, case.row.kind
    if case.row.does is Does.IF_OUT and not _was_out(case):
        return "They were in custody already, as far as we know"
    same_day = [one for one in case.events if one.happened_on == fact.happened_on]
    if any(one.kind == EventKind.DIED for one in same_day) and kind is not EventKind.DIED:
        return "They died that day, and this is how the prison records it"
    planned = fact.happened_on if kind is EventKind.RELEASE_PLANNED else None
    if planned is not None and last_of_month(planned) < case.work.today:
        return "The month that was planned is over"
    return ""


def _kind(case: _Case) -> EventKind:
    kind = case.row.kind or EventKind.RELEASED
    if kind is EventKind.RELEASED and case.held.sentenced_on == case.fact.happened_on:
        return EventKind.TIME_SERVED
    if kind is EventKind.RELEASE_PLANNED and case.fact.happened_on is not None:
        month = case.fact.happened_on.replace(day=1)
        planned = [one for one in case.events if one.kind in _PLANS]
        if planned and planned[-1].happened_on.replace(day=1) != month:
            return EventKind.RELEASE_MOVED
    return kind


_PLANS = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)


def _entry(case: _Case, kind: EventKind, *, only_month: bool) -> EventEntry:
    fact, source = case.fact, EventSource.PRISON
    if fact.code.startswith(_LICENCES) or only_month:
        source = EventSource.OFFENDER_MANAGER
    first = undo.first_known(case.work.session, fact)
    local = fact.happened_at.astimezone(LONDON) if fact.happened_at else None
    return EventEntry(
        kind,
        fact.happened_on or case.work.today,
        source,
        happened_time=f"{local:%H:%M}" if local else "",
        source_words=case.work.actor.name,
        words=" ".join(_words(case)),
        only_month=only_month,
        known_at=first.known_at,
    )


def _words(case: _Case) -> Iterator[str]:
    fact = case.fact
    if case.row.say:
        yield case.row.say
    if fact.code.startswith(_INSTANT) and case.row.waits:
        yield _NOT_CONFIRMED
    if since := what_came_since(fact, case.row.after, case.events):
        yield since
    if fact.happened_on and case.work.today - fact.happened_on > _LATE and not _is_ahead(case):
        known = fact.known_at.astimezone(LONDON)
        yield f"We were told of it late, on {known.day} {known:%B %Y}. Do not say that it is today."
    yield f"Told by a program, with the code “{fact.code}”."


def _is_ahead(case: _Case) -> bool:
    return case.row.kind in _PLANS


def _was_out(case: _Case) -> bool:
    """Say whether the offender was out before this, as far as events tell."""
    fact = case.fact
    before = [one for one in case.events if kind_row(one.kind).after and is_before(one, fact)]
    temporary = (EventKind.TEMPORARY_RELEASE, EventKind.NOT_RETURNED)
    gone = [one for one in case.events if one.kind in temporary and is_before(one, fact)]
    if fact.reading == "back_from_absence":
        return bool(before) and before[-1].kind == EventKind.NOT_RETURNED and bool(gone)
    return bool(before) and is_out(before[-1])


def _tell_what_was(case: _Case) -> None:
    """Tell of the danger that somebody is back from, where nobody had told us of it."""
    if case.fact.reading == "back_after_release_in_error":
        _record_the_error(case)
    elif release_before(case.fact, case.events) is None:
        _ask(
            case,
            "They were caught, and nobody told us that they were at large. Find out since "
            "when and why, and record it.",
        )


def _record_the_error(case: _Case) -> None:
    """Record that they had been released in error, where nobody had told us.

    On the day of the release that stands; where none does, on the day of the return at the latest,
    and a person finds out since when.
    """
    out = release_before(case.fact, case.events)
    if out is not None and out.kind == EventKind.RELEASED_IN_ERROR:
        return
    at = out.happened_at.astimezone(LONDON) if out and out.happened_at else None
    words = "The prison received them back after a release in error, of which we were not told."
    entry = EventEntry(
        EventKind.RELEASED_IN_ERROR,
        out.happened_on if out else case.fact.happened_on or case.work.today,
        EventSource.PRISON,
        happened_time=f"{at:%H:%M}" if at else "",
        source_words=case.work.actor.name,
        words=words if out else f"{words} {_DAY_UNKNOWN}",
        known_at=case.fact.known_at,
    )
    record_told_event(case.work, case.referral, entry)
    if out is None:
        _ask(case, f"{words} {_DAY_UNKNOWN} Find out since when they were out, and record it.")
