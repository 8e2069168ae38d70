"""A matched fact recorded as a key event of the offender: it opens the set of who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.clock import LONDON
from vcs.consequences.key_events import record_told_event
from vcs.custody.facts import ask, undo
from vcs.custody.facts.readings import Does, Follows, follows
from vcs.custody.records import CustodyFact, EndsAs
from vcs.events.catalogue import CATALOGUE, When, Whereabouts, kind_row
from vcs.events.moments import last_of_month
from vcs.events.offender import events_of, referrals_of_offender
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.lists.matches.held import HeldSentence
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Outcome

_INSTANT = "prisoner-offender-search."

_LICENCES = "create-and-vary-a-licence."

_NOT_CONFIRMED = (
    "The prison has not sent its second event, which comes after 45 minutes. Make sure with the "
    "prison before anybody is told."
)

_LATE = timedelta(days=1)

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
    """Record a fact for the offender of these sentences; returns how it ended, and why."""
    row = follows(fact.reading)
    held = [one for one in held if not is_before_sentence(fact, one)]
    if not held:
        return EndsAs.NOTHING, "It happened before any sentence of theirs that we hold"
    groups = list(_offenders(work, held))
    if not groups:
        return _without_referral(work, fact, held)
    ends = [
        _of_one(_case(work, fact, row, referral, one), only_month=only_month)
        for referral, one in groups
    ]
    return min(ends, key=lambda ended: _SURE_OF.index(ended[0]))


def is_before_sentence(fact: CustodyFact, held: HeldSentence) -> bool:
    """True if a fact is from before a sentence: a remand, or an earlier sentence."""
    return fact.happened_on is not None and fact.happened_on < held.sentenced_on


def _offenders(work: Work, held: Sequence[HeldSentence]) -> Iterator[tuple[Referral, HeldSentence]]:
    """Yield one referral per offender on record; the same person may be on record twice."""
    by_id = {one.sentence_id: one for one in held}
    query = select(Referral).where(col(Referral.sentence_id).in_(list(by_id)))
    found = work.session.exec(query.order_by(col(Referral.id)).with_for_update(key_share=True))
    covered: set[int] = set()
    for referral in sorted(found, key=lambda one: one.status == ReferralStatus.CLOSED):
        if referral.id not in covered:
            covered |= {
                one.id for one in referrals_of_offender(work.session, work.sealer, referral)
            }
            yield referral, by_id[referral.sentence_id]


def _case(
    work: Work, fact: CustodyFact, row: Follows, referral: Referral, held: HeldSentence
) -> _Case:
    referrals = referrals_of_offender(work.session, work.sealer, referral)
    events = (one for one in events_of(work.session, referrals) if one.taken_back_at is None)
    return _Case(work, fact, row, referral, held, tuple(events))


def _without_referral(work: Work, fact: CustodyFact, held: Sequence[HeldSentence]) -> Ended:
    undecided = [one for one in held if one.outcome is not Outcome.NOT_ELIGIBLE]
    if not undecided:
        return EndsAs.NOT_OWED, "Their victims are owed no contact by the law"
    words = (
        "The offender of this sentence is in the news of the prison, and nobody has decided yet "
        "whether a victim is owed contact. Decide that today."
    )
    ask.about_meaning(work.session, fact, (undecided[0], words), work.now)
    return EndsAs.CHECK, "Nobody has decided yet whether a victim is owed contact"


def _of_one(case: _Case, *, only_month: bool) -> Ended:
    if said := _why_ask(case):
        ask.about_meaning(case.work.session, case.fact, (case.held, said), case.work.now)
        return EndsAs.CHECK, said
    if said := _why_nothing(case):
        return EndsAs.NOTHING, said
    if case.fact.reading == "back_after_release_in_error":
        _record_the_error(case)
    kind = _kind(case)
    event, is_new = record_told_event(
        case.work, case.referral, _entry(case, kind, only_month=only_month)
    )
    case.fact.event_id = event.id
    if is_new:
        return EndsAs.RECORDED, f"Recorded as {event.reference}"
    if _is_another_time(case, event):
        said = f"They were back since {kind_row(event.kind).words.lower()} was recorded that day."
        ask.about_meaning(case.work.session, case.fact, (case.held, said), case.work.now)
        return EndsAs.CHECK, said
    return EndsAs.SAME, f"Recorded already as {event.reference}"


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
    if died is not None and died.happened_on < fact.happened_on and kind is not EventKind.DIED:
        return "A death of this offender was recorded for an earlier day. One of the two is wrong."
    later = [one for one in case.events if _is_out(one) and one.happened_on >= fact.happened_on]
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
    if fact.happened_on and case.work.today - fact.happened_on > _LATE and not _is_ahead(case):
        known = fact.known_at.astimezone(LONDON)
        yield f"We were told of it late, on {known.day} {known:%B %Y}. Do not say that it is today."
    yield f"Told by a program, with the code “{fact.code}”."


def _is_ahead(case: _Case) -> bool:
    return case.row.kind in _PLANS


def _is_out(event: KeyEvent) -> bool:
    return kind_row(event.kind).after is Whereabouts.OUT


def _was_out(case: _Case) -> bool:
    """Say whether the offender was out before this, as far as events tell."""
    fact = case.fact
    before = [one for one in case.events if kind_row(one.kind).after and _is_before(one, fact)]
    temporary = (EventKind.TEMPORARY_RELEASE, EventKind.NOT_RETURNED)
    gone = [one for one in case.events if one.kind in temporary and _is_before(one, fact)]
    if fact.reading == "back_from_absence":
        return bool(before) and before[-1].kind == EventKind.NOT_RETURNED and bool(gone)
    return bool(before) and _is_out(before[-1])


def _is_before(event: KeyEvent, fact: CustodyFact) -> bool:
    if fact.happened_on is None or event.happened_on != fact.happened_on:
        return fact.happened_on is not None and event.happened_on < fact.happened_on
    if event.happened_at is None or fact.happened_at is None:
        return True
    return event.happened_at <= fact.happened_at


def _is_another_time(case: _Case, event: KeyEvent) -> bool:
    """Say whether they were back between two events of one kind on one day."""
    fact = case.fact
    if fact.happened_at is None or event.happened_at is None:
        return False
    between = (one for one in case.events if one.happened_at and one.id != event.id)
    return any(
        one.happened_at is not None
        and event.happened_at < one.happened_at < fact.happened_at
        and kind_row(one.kind).after is not None
        for one in between
    )


def _record_the_error(case: _Case) -> None:
    """Record that the release before was in error, where nobody had told us."""
    out = [one for one in case.events if _is_out(one) and _is_before(one, case.fact)]
    if not out or out[-1].kind == EventKind.RELEASED_IN_ERROR:
        return
    last = out[-1]
    local = last.happened_at.astimezone(LONDON) if last.happened_at else None
    entry = EventEntry(
        EventKind.RELEASED_IN_ERROR,
        last.happened_on,
        EventSource.PRISON,
        happened_time=f"{local:%H:%M}" if local else "",
        source_words=case.work.actor.name,
        words="The prison received them back after a release in error, of which we were not told.",
        known_at=case.fact.known_at,
    )
    record_told_event(case.work, case.referral, entry)
