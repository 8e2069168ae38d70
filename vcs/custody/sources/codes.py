"""What a source's code means: dated rows with sources. A code that no row holds is unknown."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from vcs.custody.readings import DEATH_IN_DOUBT, DIED, IN_DOUBT, TELL_OF_DANGER

UNKNOWN: Final = "unknown"

_VERSION: Final = re.compile(r"(?:_\d{1,2})$")

_OF_TYPES: Final[Mapping[tuple[str, str], str]] = {
    ("CRT", "OUT"): "not_a_release",
    ("CRT", "IN"): "not_a_reception",
    ("TRN", "OUT"): "not_a_release",
    ("TRN", "IN"): "not_a_reception",
    ("TAP", "OUT"): "temporary_release",
    ("TAP", "IN"): "back_from_absence",
}
"""Movements whose type alone says what they are: to court, to a prison, temporarily absent."""

_CARRY_A_MOVEMENT: Final[Mapping[str, str]] = {
    "prison-offender-events.prisoner.released": "REL",
    "prison-offender-events.prisoner.received": "ADM",
}

_AS_INSTANT: Final = "prisoner-offender-search."

_AS_LATER: Final = "prison-offender-events."


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the tables, for people to check."""

    event: str
    reason: str
    reading: str
    read_on: str
    confirmed: bool
    source: str


@cache
def events() -> Mapping[tuple[str, str], Code]:
    """Return the readings of event types, reports, adjustments and recalls, by type and reason."""
    rows = _rows("vcs.custody", "events.csv")
    return {
        (row["event"], row["reason"]): Code(
            row["event"],
            row["reason"],
            row["reading"],
            row["read_on"],
            row["confirmed"] == "yes",
            row["source"],
        )
        for row in rows
    }


@cache
def movements() -> Mapping[tuple[str, str], Code]:
    """Return the readings of prisons' movement reasons, which lists of prisoners share."""
    rows = _rows("vcs.lists", "movement_reasons.csv")
    return {
        (row["movement"], row["reason"]): Code(
            row["movement"], row["reason"], row["reading"], row["read_on"], True, row["source"]
        )
        for row in rows
    }


def of_movement(kind: str, reason: str, direction: str = "") -> str:
    """Return the reading of a movement; ``direction`` is OUT or IN where the type has both.

    A reason of danger under a type that is none is in doubt, and so is one without a type; so is
    that of a death.
    """
    if found := movements().get((kind, reason)):
        return found.reading
    reading = _OF_TYPES.get((kind, direction or "OUT"), UNKNOWN)
    if reading != UNKNOWN and _of_leaving(reason) == DIED:
        return DEATH_IN_DOUBT
    return IN_DOUBT if reading != UNKNOWN and is_of_danger(reason) else reading


def _of_leaving(reason: str) -> str:
    found = movements().get(("REL", reason))
    return found.reading if found else UNKNOWN


def is_of_danger(reason: str) -> bool:
    """Say whether a movement's reason tells of danger, whichever way it went."""
    every = (movements().get((kind, reason)) for kind in ("REL", "ADM"))
    return any(found is not None and found.reading in TELL_OF_DANGER for found in every)


def of_event(event: str, reason: str, movement: str = "") -> str:
    """Return the reading of a domain event. A movement's own reason says more than the event's.

    The instant event and the later one have the same reasons. What leaves for a court or another
    prison is no release, whatever the movement's reason says; a reason of danger, or of a death, is
    in doubt then.
    """
    later = event.replace(_AS_INSTANT, _AS_LATER, 1)
    found = events().get((later, reason)) or events().get((later, ""))
    reading = found.reading if found else UNKNOWN
    if later not in _CARRY_A_MOVEMENT or not movement:
        return reading
    of_reason = of_movement(_CARRY_A_MOVEMENT[later], movement)
    if of_reason == UNKNOWN:
        return reading if reading.startswith("not_") else UNKNOWN
    if reading not in {*_SAYS_LESS, of_reason}:
        if of_reason == DIED:
            return DEATH_IN_DOUBT
        if of_reason in TELL_OF_DANGER:
            return IN_DOUBT
    return of_reason if reading in _SAYS_LESS else reading


_SAYS_LESS: Final = frozenset({"released", "admitted", "readmitted", "check", UNKNOWN})


def of_report(kind: str) -> str:
    """Return the reading of an incident report; of a kind that no row holds, an unknown one.

    Only what is listed as harmless is no news: kinds are renamed, and each has numbered versions.
    """
    reading = of_table("incident", kind)
    return of_table("incident", _VERSION.sub("", _plain(kind))) if reading == UNKNOWN else reading


def of_table(event: str, reason: str) -> str:
    """Return the reading of a report, an adjustment, a recall or a status, however spaced."""
    found = events().get((event, _plain(reason)))
    return found.reading if found else UNKNOWN


def _plain(code: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", code.upper()).strip("_")


def _rows(package: str, name: str) -> list[dict[str, str]]:
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
