"""**The** table: each duty, what starts its clock here, what meets it, and what stops it.

How long it has is a row of ``vcs/law/data/duties.csv``. A rule gives the runs of a clock from the
facts of one referral alone, so that whoever works them out, and when, finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Final

from vcs.clock import london_date
from vcs.clocks.facts import Facts, VictimFacts
from vcs.clocks.records import ClockStart, StartKind, StopReason
from vcs.events.records import EventKind
from vcs.law.deadlines import duties
from vcs.referrals.records import ReferralStatus
from vcs.terms import Choice, Route
from vcs.victims.records import PostedLetter

ANNUAL: Final = "annual-contact"
MANAGERS_TOLD: Final = "hospital-managers-told"
PAROLE_DECISION: Final = "parole-decision"

_RELEASES = (EventKind.RELEASED, EventKind.TEMPORARY_RELEASE, EventKind.TIME_SERVED)

_MANAGERS = (Route.HOSPITAL_UNRESTRICTED, Route.TRANSFER_UNRESTRICTED)

HAND_OVERS = {
    "hand-over-38b": (Route.HOSPITAL_RESTRICTED, Route.HOSPITAL_DIRECTION),
    "hand-over-44b": (Route.TRANSFER_RESTRICTED,),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """From which day, and why, a clock runs no longer without being met."""

    on: date
    reason: StopReason


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock. ``again`` tells two runs apart that start on one day.

    ``at_latest`` says that the duty was met by ``met_on``, on a day that is not known.
    """

    starts_on: date
    victim_id: int | None = None
    met_on: date | None = None
    stop: Stop | None = None
    at_latest: bool = False
    again: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``by_hand``: nobody but a person can know that the duty was met."""

    duty: str
    runs: Callable[[Facts], Iterable[Run]]
    by_hand: bool = False


def _court_tells(facts: Facts) -> Iterator[Run]:
    told = [one.happened_on for one in _standing(facts, StartKind.RESULT_RECEIVED)]
    if told:
        yield Run(facts.sentence.sentenced_on, met_on=min(told))
        return
    # Whoever refers a victim for a sentence knows of it by then.
    known = facts.referred_on
    yield Run(facts.sentence.sentenced_on, met_on=known, at_latest=known is not None)


def _started(kind: StartKind) -> Callable[[Facts], Iterator[Run]]:
    def runs(facts: Facts) -> Iterator[Run]:
        for one in facts.starts:
            if one.kind == kind:
                yield Run(one.happened_on, stop=_taken_back(one), again=one.id)

    return runs


def _standing(facts: Facts, kind: StartKind) -> list[ClockStart]:
    return [one for one in facts.starts if one.kind == kind and one.taken_back_at is None]


def _taken_back(one: ClockStart) -> Stop | None:
    return _stop_at(one.taken_back_at)


def _referred(facts: Facts) -> Iterator[Run]:
    met = [one.met_on for one in facts.deadlines if one.duty == duties.REFER]
    yield Run(facts.sentence.sentenced_on, met_on=next((day for day in met if day), None))


def _contacted(facts: Facts) -> Iterator[Run]:
    owed = [
        one for one in facts.deadlines if one.duty == duties.FIRST_CONTACT and one.lifted_on is None
    ]
    met = [one.met_on for one in owed if one.met_on]
    is_met = bool(met) and len(met) == len(owed)
    yield Run(facts.sentence.sentenced_on, met_on=max(met) if is_met else None)


def _allocated(facts: Facts) -> Iterator[Run]:
    if facts.referred_on is not None:
        yield Run(facts.referred_on, met_on=facts.assigned_on)


def _reminded(facts: Facts) -> Iterator[Run]:
    """Yield a run for each first letter: one that came back was sent again, on its own clock."""
    for one in facts.victims:
        for number, first in enumerate(one.posted):
            if first.duty == duties.FIRST_CONTACT:
                came_back = first.came_back_on
                stop = Stop(came_back, StopReason.CAME_BACK) if came_back else None
                heard_on = _heard_on(one, first.posted_on, one.posted[number + 1 :])
                yield Run(first.posted_on, one.victim.id, heard_on, stop)


def _heard_on(one: VictimFacts, since: date, later: Iterable[PostedLetter]) -> date | None:
    """Return the day on which a victim replied after a letter, was reached, or was written to."""
    replied = [said.chosen_on for said in one.choices if said.choice != Choice.NO_REPLY]
    reached = [talk.happened_on for talk in one.contacts if talk.reached]
    written = [post.posted_on for post in later if post.came_back_on is None]
    return min((day for day in (*replied, *reached, *written) if day >= since), default=None)


@dataclass(frozen=True, slots=True)
class _Membership:
    """From when somebody was in the scheme, and from when no longer."""

    joined_on: date
    left: Stop | None


def _memberships(one: VictimFacts) -> list[_Membership]:
    found: list[_Membership] = []
    for said in one.choices:
        is_in = bool(found) and found[-1].left is None
        if said.choice == Choice.OPT_IN and not is_in:
            found.append(_Membership(said.chosen_on, None))
        elif said.choice == Choice.OPT_OUT and is_in:
            stop = Stop(said.chosen_on, StopReason.NO_CONTACT_WANTED)
            found[-1] = replace(found[-1], left=stop)
    return found


def _each_until_next(*days: date) -> Iterator[tuple[date, date | None]]:
    return zip_longest(days, days[1:])


def _each_year(facts: Facts) -> Iterator[Run]:
    for one in facts.victims:
        for spell in _memberships(one):
            until = spell.left.on if spell.left else date.max
            letters = [
                post.posted_on
                for post in one.posted
                if post.duty == ANNUAL and post.came_back_on is None
                if spell.joined_on <= post.posted_on <= until
            ]
            for starts_on, met_on in _each_until_next(spell.joined_on, *letters):
                yield Run(starts_on, one.victim.id, met_on, spell.left)


def _asked_again(facts: Facts) -> Iterator[Run]:
    for one in facts.victims:
        left = [spell.left for spell in _memberships(one)]
        for asked_on, next_on in _each_until_next(*one.asked):
            yield Run(asked_on, one.victim.id, next_on, left[-1] if left else None)


def _managers_told(facts: Facts) -> Iterator[Run]:
    if facts.sentence.route not in _MANAGERS:
        return
    for one in facts.victims:
        stayed = (post for post in one.posted if post.came_back_on is None)
        by_post = (post.posted_on for post in stayed if post.duty == MANAGERS_TOLD)
        told = (*by_post, *one.handed_over)
        for spell in _memberships(one):
            met_on = min((day for day in told if day >= spell.joined_on), default=None)
            yield Run(spell.joined_on, one.victim.id, met_on, spell.left)


def _handed_over(duty: str) -> Callable[[Facts], Iterator[Run]]:
    def runs(facts: Facts) -> Iterator[Run]:
        if facts.sentence.route in HAND_OVERS[duty]:
            yield from _started(StartKind.RESTRICTIONS_END)(facts)

    return runs


def _hearings(facts: Facts) -> Iterator[Run]:
    decided = [
        one.happened_on
        for one in facts.events
        if one.kind == EventKind.PAROLE_DECISION and one.taken_back_at is None
    ]
    for one in facts.events:
        if one.kind == EventKind.PAROLE_REVIEW:
            met_on = min((day for day in decided if day >= one.happened_on), default=None)
            stop = _stop_at(one.taken_back_at)
            yield Run(one.happened_on, None, met_on, stop, again=one.id)


def _after_parole(facts: Facts) -> Iterator[Run]:
    for one in facts.events:
        if one.kind == EventKind.PAROLE_DECISION:
            stop = _stop_at(one.taken_back_at)
            yield Run(one.happened_on, stop=stop, again=one.id)


def _stop_at(at: datetime | None) -> Stop | None:
    return Stop(london_date(at), StopReason.TAKEN_BACK) if at else None


def _told_of(*kinds: EventKind) -> Callable[[Facts], Iterator[Run]]:
    def runs(facts: Facts) -> Iterator[Run]:
        for one in facts.victims:
            for line, event in one.lines:
                if event.kind not in kinds:
                    continue
                told_on = london_date(line.told_at) if line.told_at else None
                stop = _stop_at(event.taken_back_at)
                if line.not_told_reason:
                    day = line.not_told_at or event.recorded_at
                    stop = Stop(london_date(day), StopReason.NOT_TO_BE_TOLD)
                yield Run(event.happened_on, one.victim.id, told_on, stop, again=event.id)

    return runs


def _sent(facts: Facts) -> Iterator[Run]:
    for one in facts.victims:
        posted = {post.letter_id: post.posted_on for post in one.posted}
        for letter in one.letters:
            day = letter.withdrawn_on
            stop = Stop(day, StopReason.LETTER_WITHDRAWN) if day else None
            met_on = posted.get(letter.id)
            yield Run(letter.approved_on, one.victim.id, met_on, stop, again=letter.id)


RULES: tuple[Rule, ...] = (
    Rule("court-tells-witness-care", _court_tells),
    Rule("tell-victim-sentence", _started(StartKind.RESULT_RECEIVED), by_hand=True),
    Rule("tell-victim-hearing", _started(StartKind.HEARING_RESULT), by_hand=True),
    Rule("tell-victim-hearing-enhanced", _started(StartKind.HEARING_RESULT_ENHANCED), by_hand=True),
    Rule("back-stop-alert", _referred),
    Rule("back-stop-breach", _contacted),
    Rule("allocate", _allocated),
    Rule("send-letter", _sent),
    Rule("remind-victim", _reminded),
    Rule(ANNUAL, _each_year),
    Rule("ask-needs-again", _asked_again),
    Rule(MANAGERS_TOLD, _managers_told, by_hand=True),
    Rule("hand-over-38b", _handed_over("hand-over-38b"), by_hand=True),
    Rule("hand-over-44b", _handed_over("hand-over-44b"), by_hand=True),
    Rule(PAROLE_DECISION, _hearings),
    Rule("tell-victim-parole-decision", _told_of(EventKind.PAROLE_DECISION)),
    Rule("parole-decision-summary", _after_parole, by_hand=True),
    Rule("parole-reconsideration", _after_parole, by_hand=True),
    Rule("tell-victim-release", _told_of(*_RELEASES)),
    Rule("complaint-acknowledged", _started(StartKind.COMPLAINT), by_hand=True),
    Rule("complaint-answered", _started(StartKind.COMPLAINT), by_hand=True),
)

BY_HAND: Final = frozenset(rule.duty for rule in RULES if rule.by_hand)

OF_TASKS: Final = ("decide", "answer-set-aside")
"""Clocks that are questions for a person: the task itself holds them."""


def closed(facts: Facts) -> Stop | None:
    """Return from when nothing runs, because the referral was closed."""
    referral = facts.referral
    if referral.status != ReferralStatus.CLOSED or referral.closed_on is None:
        return None
    return Stop(referral.closed_on, StopReason.REFERRAL_CLOSED)
