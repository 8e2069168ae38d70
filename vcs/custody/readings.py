"""What follows from each reading of a code: rows, read by the code. How long the hour is, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from vcs.events.catalogue import CATALOGUE, Whereabouts
from vcs.events.records import EventKind

UNDONE_WITHIN: Final = timedelta(minutes=60)
"""A release that is undone is undone within this time.

Prisons publish their own second event after 45 minutes, and never for what was undone before
(hmpps-domain-events, prisoner.released); a quarter of an hour more is for its way to us.
"""


class Does(StrEnum):
    """What is done with a fact."""

    RECORD = "record"
    IF_OUT = "record where the offender was out"
    UNLESS_IN = "record unless the offender is back already"
    IF_TOLD = "ask where danger was told"
    NOTHING = "nothing"
    CHECK = "ask a person"
    MERGE = "join two numbers"


@dataclass(frozen=True, slots=True)
class Follows:
    """One row. ``waits`` may still be undone; ``say`` goes with the event or the question.

    ``was_danger`` says that the offender was out who should not have been, and is back.
    """

    does: Does
    kind: EventKind | None = None
    say: str = ""
    waits: bool = False
    was_danger: bool = False

    @property
    def is_danger(self) -> bool:
        """Say whether people must be told within the hour."""
        return self.kind is not None and CATALOGUE[self.kind].danger

    @property
    def after(self) -> Whereabouts | None:
        """Return where the offender is then."""
        return CATALOGUE[self.kind].after if self.kind else None


def _record(kind: EventKind, say: str = "", *, waits: bool = False) -> Follows:
    return Follows(Does.RECORD, kind, say, waits)


def _back(say: str, does: Does = Does.RECORD) -> Follows:
    return Follows(does, EventKind.BACK_IN_CUSTODY, say, waits=True)


def _back_from_danger(say: str) -> Follows:
    """Return what tells of danger that was: it takes back no release, and nothing takes it back."""
    return Follows(Does.RECORD, EventKind.BACK_IN_CUSTODY, say, was_danger=True)


def _check(say: str) -> Follows:
    return Follows(Does.CHECK, None, say)


_NO_NEWS: Final = Follows(Does.NOTHING)

_FIXED: Final = "A fixed term recall of {days} days: they will be released again."

_NEW_MATTER: Final = "In custody again, perhaps for another matter. Find out which."

_REVOKED: Final = (
    "The licence was revoked. No prison has said that it has them: they are unlawfully at large "
    "until one does."
)

DIED: Final = "died"

DEATH_IN_DOUBT: Final = "death_in_doubt"

RECALL_ORDERED: Final = "recall_ordered"

AT_LARGE_AFTER_RECALL: Final = "at_large_after_recall"

REPORT_GONE: Final = "report_gone"

ADJUSTMENT_GONE: Final = "adjustment_gone"

IN_DOUBT: Final = "danger_in_doubt"

AT_LARGE: Final = "unlawfully_at_large"

FOLLOWS: Final[Mapping[str, Follows]] = {
    "released": _record(EventKind.RELEASED, waits=True),
    "released_on_licence": _record(EventKind.RELEASED, waits=True),
    "re_released_after_recall": _record(
        EventKind.RELEASED, "Released again after a recall.", waits=True
    ),
    "sentence_ended": _record(
        EventKind.RELEASED,
        "The prison says that the sentence is complete: there may be no licence and no conditions.",
        waits=True,
    ),
    "released_and_removed": _record(EventKind.REMOVED, waits=True),
    "time_served": _record(EventKind.TIME_SERVED),
    "temporary_release": _record(EventKind.TEMPORARY_RELEASE, waits=True),
    "to_hospital": _record(EventKind.TO_HOSPITAL),
    DIED: _record(EventKind.DIED),
    DEATH_IN_DOUBT: _check(
        "By its code they died, and the rest of the message says otherwise. Ask the prison now, "
        "and record what happened. Tell nobody before that."
    ),
    "released_in_error": _record(EventKind.RELEASED_IN_ERROR),
    "escaped": _record(EventKind.ESCAPED),
    "absconded": _record(EventKind.ABSCONDED),
    "not_returned": _record(EventKind.NOT_RETURNED),
    RECALL_ORDERED: Follows(Does.UNLESS_IN, EventKind.RECALL_ORDERED, _REVOKED),
    AT_LARGE_AFTER_RECALL: Follows(Does.UNLESS_IN, EventKind.RECALL_ORDERED, _REVOKED),
    "recalled": _record(EventKind.RECALLED),
    "recalled_14": _record(EventKind.RECALLED, _FIXED.format(days=14)),
    "recalled_28": _record(EventKind.RECALLED, _FIXED.format(days=28)),
    "recalled_56": _record(EventKind.RECALLED, _FIXED.format(days=56)),
    "recaptured": _back_from_danger("Recaptured."),
    "readmitted": _back("Received into prison again."),
    "back_after_release_in_error": _back_from_danger("Back in prison after a release in error."),
    "admitted": _back(_NEW_MATTER, Does.IF_OUT),
    "sentenced": _back(_NEW_MATTER, Does.IF_OUT),
    "remanded": _back(_NEW_MATTER, Does.IF_OUT),
    "convicted_not_sentenced": _back(_NEW_MATTER, Does.IF_OUT),
    "from_abroad": _back("Received from a prison abroad.", Does.IF_OUT),
    "back_from_absence": _back("Back from temporary release.", Does.IF_OUT),
    "licence_active": _record(
        EventKind.LICENCE_CHANGED, "A licence began. Compare its conditions with what was asked."
    ),
    "licence_varied": _record(
        EventKind.LICENCE_CHANGED, "A licence was varied. Compare its conditions again."
    ),
    "licence_ended": _record(
        EventKind.LICENCE_ENDS, "A licence is no longer active. Ask why before anybody is told."
    ),
    "release_planned": _record(EventKind.RELEASE_PLANNED),
    "conviction_or_sentence_gone": _record(
        EventKind.SENTENCE_CHANGED,
        "The prison released them because an appeal or the charges ended. Ask the court.",
    ),
    "merged": Follows(Does.MERGE),
    REPORT_GONE: Follows(Does.IF_TOLD),
    ADJUSTMENT_GONE: Follows(Does.IF_TOLD),
    "not_a_release": _NO_NEWS,
    "not_a_reception": _NO_NEWS,
    "not_this_scheme": _NO_NEWS,
    "absence_planned": _check("A temporary release was approved. Ask the prison when and where."),
    "dates_changed": _check(
        "A release date was worked out anew, and this message does not say which. Ask the offender "
        "manager for the month, and record it as an event. Never tell a day."
    ),
    "check_bail": _check("The prison says that they were bailed. Find out whether they are out."),
    "check": _check("What this means is not certain. Find out whether they are out."),
    IN_DOUBT: _check(
        "By its code, somebody is or was out of custody who should not be, and the rest of the "
        "message cannot be read or says otherwise. Ask the prison now, and record what happened."
    ),
    "escape_attempted": _check("An escape was attempted. Make sure that they are in custody."),
    AT_LARGE: _check(
        "Unlawfully at large, by the days of their sentence. Find out since when, and why."
    ),
    "unknown": _check("No table holds this code. Find out what it means for this offender."),
    "report_to_fetch": _check(
        "An incident was reported, and the message does not say which. Look the report up today: "
        "it may be an escape or a release in error."
    ),
    "adjustment_to_fetch": _check(
        "Days of a sentence were adjusted, and the message does not say why. Look it up: it may "
        "be a release in error."
    ),
}


TELL_OF_DANGER: Final = frozenset(
    {reading for reading, row in FOLLOWS.items() if row.is_danger or row.was_danger}
    | {IN_DOUBT, AT_LARGE}
)
"""What never ends unseen: it is recorded, or a person is asked that day."""


SAYS_NOTHING: Final = frozenset({"report_to_fetch", "adjustment_to_fetch", "unknown", "check"})
"""What is a person's to find out, and contradicts nothing: a report that was amended may say the
same."""


def follows(reading: str) -> Follows:
    """Return what follows from a reading; a person is asked about one that no row holds."""
    return FOLLOWS.get(reading, FOLLOWS["unknown"])
