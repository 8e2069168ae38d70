"""A matched fact recorded as a key event of the offender: it opens the set of who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from vcs.access.work import Work
from vcs.clock import LONDON
from vcs.consequences.key_events import record_told_event
from vcs.custody.history import undo
from vcs.custody.history.cases import Case, is_plan, kind_of, why_ask, why_nothing
from vcs.custody.history.order import (
    is_another_time,
    is_order_unknown,
    release_before,
    what_came_since,
)
from vcs.custody.history.twice import told_by_another
from vcs.custody.matches.concerned import (
    came_back,
    each_offender,
    is_before_sentence,
    undecided,
)
from vcs.custody.questions import ask
from vcs.custody.questions.nobody import of_not_owed, of_undecided
from vcs.custody.readings import TELL_OF_DANGER, Follows, follows
from vcs.custody.records import CustodyFact, EndsAs
from vcs.events.catalogue import When, kind_row
from vcs.events.offender import events_of, referrals_of_offender
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.lists.matches.held import HeldSentence
from vcs.referrals.records import Referral
from vcs.terms import Outcome

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
) -> Case:
    referrals = referrals_of_offender(work.session, work.sealer, referral)
    events = (one for one in events_of(work.session, referrals) if one.taken_back_at is None)
    return Case(work, fact, row, referral, held, tuple(events))


def _of_one(case: Case, *, only_month: bool) -> Ended:
    if said := why_ask(case):
        return _ask(case, said)
    if said := why_nothing(case):
        return EndsAs.NOTHING, said
    if case.row.was_danger:
        _tell_what_was(case)
    kind = kind_of(case)
    if held := told_by_another(case, kind):
        case.fact.event_id = held.id
        return EndsAs.SAME, f"Recorded already as {held.reference}, which another system told"
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


def _ask(case: Case, said: str) -> Ended:
    ask.about_meaning(case.work.session, case.fact, (case.held, said), case.work.today)
    return EndsAs.CHECK, said


def _entry(case: Case, kind: EventKind, *, only_month: bool) -> EventEntry:
    fact, source = case.fact, EventSource.PRISON
    if fact.code.startswith(_LICENCES) or only_month:
        source = EventSource.OFFENDER_MANAGER
    first = undo.first_known(case.work.session, fact)
    day, at = _when(case)
    return EventEntry(
        kind,
        day,
        source,
        source_words=case.work.actor.name,
        words=" ".join(_words(case)),
        only_month=only_month,
        known_at=first.known_at,
        happened_at=at,
    )


def _when(case: Case) -> tuple[date, datetime | None]:
    """Return when it happened, to the minute; now, where the prison's clock is ahead of ours."""
    fact, now = case.fact, case.work.now
    if fact.happened_at is None:
        return fact.happened_on or case.work.today, None
    if fact.happened_at > now and kind_row(kind_of(case)).when is When.PAST:
        return case.work.today, to_the_minute(now)
    return fact.happened_on or case.work.today, to_the_minute(fact.happened_at)


def to_the_minute(at: datetime) -> datetime:
    """Return a moment without its seconds, in UTC."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _words(case: Case) -> Iterator[str]:
    fact = case.fact
    if case.row.say:
        yield case.row.say
    is_instant = fact.code.startswith(undo.INSTANT) and case.row.waits
    if is_instant and not undo.is_confirmed(case.work.session, fact):
        yield _NOT_CONFIRMED
    if since := what_came_since(fact, case.row.after, case.events):
        yield since
    if fact.happened_at and fact.happened_at > case.work.now:
        yield f"The prison’s clock says {fact.happened_at.astimezone(LONDON):%H:%M}: it is ahead."
    if fact.happened_on and case.work.today - fact.happened_on > _LATE and not is_plan(case):
        known = fact.known_at.astimezone(LONDON)
        yield f"We were told of it late, on {known.day} {known:%B %Y}. Do not say that it is today."
    yield f"Told by a program, with the code “{fact.code}”."


def _tell_what_was(case: Case) -> None:
    """Tell of the danger that somebody is back from, where nobody had told us of it."""
    if case.fact.reading == "back_after_release_in_error":
        _record_the_error(case)
    elif release_before(case.fact, case.events) is None:
        _ask(
            case,
            "They were caught, and nobody told us that they were at large. Find out since "
            "when and why, and record it.",
        )


def _record_the_error(case: Case) -> None:
    """Record that they had been released in error, where nobody had told us.

    On the day of the release that stands; where none does, on the day of the return at the latest,
    and a person finds out since when.
    """
    out = release_before(case.fact, case.events)
    if out is not None and out.kind == EventKind.RELEASED_IN_ERROR:
        return
    words = "The prison received them back after a release in error, of which we were not told."
    entry = EventEntry(
        EventKind.RELEASED_IN_ERROR,
        out.happened_on if out else case.fact.happened_on or case.work.today,
        EventSource.PRISON,
        happened_at=out.happened_at if out else None,
        source_words=case.work.actor.name,
        words=words if out else f"{words} {_DAY_UNKNOWN}",
        known_at=case.fact.known_at,
    )
    record_told_event(case.work, case.referral, entry)
    if out is None:
        _ask(case, f"{words} {_DAY_UNKNOWN} Find out since when they were out, and record it.")
