"""Each kind of key event, and the rules by which people are told: rows, read by the code.

No law says how soon. Every ``tell_by`` is a setting of ours, to be confirmed by whoever owns the
scheme's policy: ``confirmed`` False says so on the page, and ``source`` says where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from vcs.events.records import EventKind, IfOut, Way


class Unit(StrEnum):
    """What a time to tell is counted in. Hours run by day and night, at weekends too."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"


class When(StrEnum):
    """On which days an event may be, seen from the day on which it is recorded."""

    PAST = "past"
    AHEAD = "ahead"
    EITHER = "either"


class Whereabouts(StrEnum):
    """Where the offender is after an event."""

    OUT = "out"
    IN = "in"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class TellBy:
    """How soon everybody is told, from when we knew. 0 working days is the same day.

    A planned event is told at the latest on the day before it, whatever the count.
    """

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class KindRow:
    """One row.

    ``danger`` opens a set without a hold, each person rung at once. ``may_hold`` keeps news back
    until every line is ready. ``live_call`` is news of a release: never by letter first, unless the
    person chose letters only or was tried often enough. ``after`` is where the offender
    is then. ``say`` is what whoever tells people must keep to. ``at_once`` says that officers hear
    of it as it is recorded, whoever recorded it, and not in the last half of its time.
    """

    kind: EventKind
    words: str
    danger: bool
    when: When
    tell_by: TellBy
    may_hold: bool
    live_call: bool
    after: Whereabouts | None
    provision: str
    say: str = ""
    source: str = "Our own setting: no legal time was found"
    confirmed: bool = False
    at_once: bool = False


_HOUR: Final = TellBy(1, Unit.HOURS)
_TWO_HOURS: Final = TellBy(2, Unit.HOURS)
_SAME_DAY: Final = TellBy(0, Unit.WORKING_DAYS)
_NEXT_DAY: Final = TellBy(1, Unit.WORKING_DAYS)
_TWO_DAYS: Final = TellBy(2, Unit.WORKING_DAYS)
_TWO_WEEKS: Final = TellBy(10, Unit.WORKING_DAYS)

_INFORM: Final = "Victims' Code 2020 Right 11"


_MONTH: Final = "Tell people the month, never the day. It may still move."

_SAY: Final[Mapping[EventKind, str]] = {
    EventKind.RECALLED: "Say that the offender is back, and for how long. Never say why.",
    EventKind.TO_HOSPITAL: "Say that this is not a release. Say nothing of the offender’s health.",
    EventKind.HOSPITAL_REVIEW: "Say nothing of the offender’s health.",
    EventKind.HOSPITAL_DECISION: "Say nothing of the offender’s health.",
    EventKind.RESTRICTIONS_ENDED: "Say who tells them from now on. Say nothing of health.",
    EventKind.DIED: "The offender’s family is told first. Ask before anybody else is told.",
    EventKind.RECALL_ORDERED: "Say that the licence was revoked, and that the offender is not "
    "known to be in custody. Ask the offender manager first whether people may be told now. Never "
    "say why.",
}


def _danger(kind: EventKind, words: str) -> KindRow:
    return KindRow(kind, words, True, When.PAST, _HOUR, False, True, Whereabouts.OUT, _INFORM)


def _news(
    kind: EventKind,
    words: str,
    tell_by: TellBy,
    after: Whereabouts | None = None,
    when: When = When.PAST,
) -> KindRow:
    say = _SAY.get(kind, "")
    return KindRow(kind, words, False, when, tell_by, True, False, after, _INFORM, say)


def _release(
    kind: EventKind, words: str, tell_by: TellBy, when: When, after: Whereabouts | None = None
) -> KindRow:
    say = _MONTH if when is When.AHEAD else ""
    return KindRow(kind, words, False, when, tell_by, True, True, after, _INFORM, say)


def _hospital(kind: EventKind, words: str, tell_by: TellBy) -> KindRow:
    """Return news of a patient. The sections bind the unit to tell; how soon is ours."""
    provision = "DVCVA 2004 s.37"
    live, when = kind is not EventKind.RESTRICTIONS_ENDED, When.EITHER
    if kind is not EventKind.HOSPITAL_REVIEW:
        when = When.PAST
    return KindRow(kind, words, False, when, tell_by, True, live, None, provision, _SAY[kind])


_ROWS: Final = (
    _danger(EventKind.RELEASED_IN_ERROR, "Released in error"),
    _danger(EventKind.ESCAPED, "Escaped"),
    _danger(EventKind.ABSCONDED, "Absconded"),
    _danger(EventKind.NOT_RETURNED, "Did not return from temporary release"),
    _danger(EventKind.TIME_SERVED, "Released straight from court: time served"),
    _release(EventKind.RELEASE_PLANNED, "Release planned", _TWO_WEEKS, When.AHEAD),
    _release(EventKind.RELEASE_MOVED, "Release date moved", _TWO_DAYS, When.AHEAD),
    _release(EventKind.RELEASED, "Released", _SAME_DAY, When.PAST, Whereabouts.OUT),
    _release(EventKind.TEMPORARY_RELEASE, "Temporary release", _TWO_DAYS, When.EITHER),
    _news(EventKind.RECALLED, "Recalled to prison", _NEXT_DAY, Whereabouts.IN),
    # A recall on paper: they are unlawfully at large until a prison has them (CJA 2003 s.255).
    replace(
        _news(
            EventKind.RECALL_ORDERED, "Licence revoked, not in custody", _SAME_DAY, Whereabouts.OUT
        ),
        live_call=True,
        at_once=True,
    ),
    # Nobody is kept waiting for the news that they are safe again.
    KindRow(
        EventKind.BACK_IN_CUSTODY,
        "Back in custody",
        danger=False,
        when=When.PAST,
        tell_by=_TWO_HOURS,
        may_hold=False,
        live_call=False,
        after=Whereabouts.IN,
        provision="Victims' Code 2020 Right 11",
        at_once=True,
    ),
    _news(EventKind.PAROLE_REVIEW, "Parole review", _TWO_WEEKS, None, When.EITHER),
    _release(EventKind.PAROLE_DECISION, "Parole decision", _NEXT_DAY, When.PAST),
    _release(EventKind.OPEN_CONDITIONS, "Moved to open conditions", _TWO_DAYS, When.EITHER),
    _news(EventKind.TO_HOSPITAL, "Moved to hospital", _TWO_DAYS, Whereabouts.IN),
    _news(EventKind.FROM_HOSPITAL, "Returned from hospital to prison", _TWO_DAYS, Whereabouts.IN),
    _news(EventKind.REMOVED, "Removed from the country", _TWO_DAYS, Whereabouts.OUT, When.EITHER),
    # Somebody may be about to ring who does not know, and the offender's family is told first.
    replace(_news(EventKind.DIED, "The offender died", _NEXT_DAY, Whereabouts.DEAD), at_once=True),
    _news(EventKind.LICENCE_CHANGED, "Licence conditions changed", _TWO_DAYS, None, When.EITHER),
    _news(EventKind.LICENCE_ENDS, "Licence or sentence ends", _TWO_WEEKS, None, When.EITHER),
    _news(EventKind.SENTENCE_CHANGED, "Sentence changed or set aside", _SAME_DAY),
    _release(EventKind.EARLY_RELEASE, "Early release assessed", _TWO_DAYS, When.EITHER),
    _hospital(EventKind.HOSPITAL_REVIEW, "Discharge from hospital considered", _TWO_WEEKS),
    _hospital(EventKind.HOSPITAL_DECISION, "Decision about discharge from hospital", _NEXT_DAY),
    _hospital(EventKind.RESTRICTIONS_ENDED, "Restrictions on a patient ended", _TWO_DAYS),
)

CATALOGUE: Final[Mapping[EventKind, KindRow]] = {row.kind: row for row in _ROWS}


def kind_row(kind: str) -> KindRow:
    """Return the row of a kind as it is kept in the database."""
    return CATALOGUE[EventKind(kind)]


OUT_FROM_ITS_DAY: Final = (EventKind.RELEASED, EventKind.TEMPORARY_RELEASE)
"""The offender is among people from the day itself: once it has come, nobody waits for others."""

DANGER_KINDS: Final = tuple(str(row.kind) for row in _ROWS if row.danger)

WHEREABOUTS_KINDS: Final = tuple(str(row.kind) for row in _ROWS if row.after is not None)

IF_OUT_WAYS: Final[Mapping[IfOut, Way]] = {
    IfOut.RING: Way.PHONE,
    IfOut.THIRD_PARTY: Way.THIRD_PARTY,
    IfOut.POLICE: Way.POLICE,
    # No call from us, ever: that the offender is out they must know all the same.
    IfOut.NEVER: Way.POLICE,
}
"""How a person is told in danger, by what they asked for beforehand."""

COUNTS_AS: Final[Mapping[Way, tuple[Way, ...]]] = {
    Way.PHONE: (Way.PHONE, Way.IN_PERSON, Way.VIDEO, Way.POLICE),
    Way.IN_PERSON: (Way.PHONE, Way.IN_PERSON, Way.VIDEO, Way.POLICE),
    Way.VIDEO: (Way.PHONE, Way.IN_PERSON, Way.VIDEO, Way.POLICE),
    Way.THIRD_PARTY: (Way.THIRD_PARTY, Way.POLICE),
    Way.POLICE: (Way.POLICE,),
    Way.LETTER: (Way.LETTER, Way.PHONE, Way.IN_PERSON, Way.VIDEO),
}
"""By which ways somebody may have been told, where one was decided: what is safer counts too."""

DANGER_WAYS: Final = (Way.PHONE, Way.THIRD_PARTY, Way.POLICE)
"""What a manager may choose in danger, where the person was never asked."""

PLANNED_WAYS: Final = (Way.PHONE, Way.IN_PERSON, Way.VIDEO, Way.LETTER)
"""How an officer may mean to tell somebody of news that is not danger."""


class Because(StrEnum):
    """Why the rules say how somebody is told in danger."""

    ASKED_FOR = "asked_for"
    NOT_SAFE = "not_safe"
    OPTED_OUT = "opted_out"


class Risk(StrEnum):
    """What puts a person at more risk when an offender is out unexpectedly."""

    ADDRESS_PERHAPS_KNOWN = "address_perhaps_known"
    NOT_SAFE = "not_safe"
    NEVER_ASKED = "never_asked"
    NEVER_REACHED = "never_reached"


RISK_ORDER: Final[Mapping[Risk, str]] = {
    Risk.ADDRESS_PERHAPS_KNOWN: "The court holds an address that is or may be theirs",
    Risk.NOT_SAFE: "It is not safe to write to them",
    Risk.NEVER_ASKED: "They were never asked how to be reached if the offender is out unexpectedly",
    Risk.NEVER_REACHED: "Nobody has reached them yet",
}
"""Who is told first in danger: whoever has the earliest of these, then the next, then the rest."""

UPDATE_EVERY: Final[Mapping[EventKind, int]] = {
    EventKind.RELEASED_IN_ERROR: 12,
    EventKind.ESCAPED: 12,
    EventKind.ABSCONDED: 12,
    EventKind.NOT_RETURNED: 12,
}
"""Whoever was told that an offender is unlawfully at large hears again after so many hours.

Our own setting, to be confirmed. Somebody whose time was served is out lawfully: nothing goes on.
"""

TRIES_BEFORE_A_LETTER: Final = 3

WAYS_BEFORE_A_LETTER: Final = 2

"""News of a release goes by letter after so many tries, on so many days, in so many ways."""
