"""What a person read in one court message about one offender: the shape in which it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import orjson

from vcs.terms import Finding, SentenceKind, Sequence

NAME = "readByHand"

MOST_OFFENCES = 30


@dataclass(frozen=True, slots=True)
class HandSentence:
    """One thing imposed for an offence. ``length`` in words; empty where the message states none.

    ``days_counted`` are days on remand or tagged bail; ``released`` is free at once.
    """

    kind: SentenceKind
    length: str = ""
    runs: Sequence = Sequence.NOT_STATED
    days_counted: int | None = None
    released: bool = False


@dataclass(frozen=True, slots=True)
class HandOffence:
    """One offence. ``offence_code`` is the CJS code; empty where the message gives none.

    ``notification`` None means that it cannot be seen whether the court recorded notification.
    """

    offence_code: str
    title: str
    finding: Finding
    committed_on: date | None
    notification: bool | None
    sentences: tuple[HandSentence, ...]


@dataclass(frozen=True, slots=True)
class HandReading:
    """One offender on one day of sentence, as a person read it in the message ``of_receipt``.

    ``offender_places`` are the offender's addresses, the newest first, ``others_places`` those of
    others in the case and of who came with the offender, each with its postcode last, and
    ``reached_by`` telephone numbers and email addresses of any of them: no letter to a victim goes
    there, and nobody rings there, unseen.
    """

    of_receipt: str
    entered_at: datetime
    court_code: str
    sentenced_on: date
    case_reference: str
    offender_name: str
    date_of_birth: date | None
    asn: str
    pnc: str
    offences: tuple[HandOffence, ...]
    offender_places: tuple[tuple[str, ...], ...] = ()
    others_places: tuple[tuple[str, ...], ...] = ()
    reached_by: tuple[str, ...] = ()

    def body(self) -> bytes:
        """Return the message that is kept: the same entry within a minute is the same bytes."""
        at = self.entered_at.astimezone(UTC).replace(second=0, microsecond=0)
        return orjson.dumps({NAME: replace(self, entered_at=at)}, option=orjson.OPT_SORT_KEYS)


def entered(held: Mapping[str, Any]) -> HandReading:
    """Return an entry as it is kept. Raises KeyError, TypeError or ValueError for any other."""
    read = {
        "entered_at": datetime.fromisoformat(held["entered_at"]),
        "sentenced_on": date.fromisoformat(held["sentenced_on"]),
        "date_of_birth": _day(held["date_of_birth"]),
        "offences": tuple(map(_offence, held["offences"])),
        # Entries from before these were asked about do not have them.
        "offender_places": tuple(map(tuple, held.get("offender_places", ()))),
        "others_places": tuple(map(tuple, held.get("others_places", ()))),
        "reached_by": tuple(held.get("reached_by", ())),
    }
    reading = HandReading(**dict(held) | read)
    if not (reading.offences and reading.case_reference and reading.offender_name):
        raise ValueError("an entry about nobody")
    return reading


def _offence(held: Mapping[str, Any]) -> HandOffence:
    read = {
        "finding": Finding(held["finding"]),
        "committed_on": _day(held["committed_on"]),
        "sentences": tuple(map(_sentence, held["sentences"])),
    }
    return HandOffence(**dict(held) | read)


def _sentence(held: Mapping[str, Any]) -> HandSentence:
    return HandSentence(
        **dict(held) | {"kind": SentenceKind(held["kind"]), "runs": Sequence(held["runs"])}
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
