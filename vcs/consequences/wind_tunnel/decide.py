"""A few sentences decided under a scenario, in a process of its own. Facts in, moves out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from vcs.consequences.wind_tunnel.scenario import Scenario
from vcs.law import as_if
from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.specified_offence.offences import find
from vcs.terms import Outcome

_OWED: Final = (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME)

_ASKED: Final = (Outcome.CANNOT_TELL, Outcome.DISCRETIONARY)

_PARTS: Final = {
    "murder": "murder",
    "1": "violent",
    "2": "sexual",
    "3": "terrorism",
    "1/2": "violent or sexual",
    "": "not listed",
}


class Way(StrEnum):
    """Which way a sentence moves."""

    GAINS = "gains contact"
    LOSES = "loses contact"
    TO_A_PERSON = "goes to a person"
    NO_LONGER_ASKED = "goes to nobody any more"
    ANOTHER_WAY_IN = "is owed contact by another provision"


class Row(NamedTuple):
    """One sentence as it is stored. ``decision`` is None where nobody asks why it moves.

    A tuple, since a million of them go from one process to another.
    """

    reference: str
    region: str
    outcome: str
    route: str
    facts: str
    decision: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One sentence whose answer would change: never whose it is."""

    reference: str
    region: str
    was: str
    would_be: str
    route: str
    way: Way
    provision: str
    offences: str
    why: tuple[str, ...]


_scenario = Scenario()


def begin(scenario: Scenario) -> None:
    """Prepare this process, which does nothing else and stores nothing."""
    global _scenario
    os.nice(1)
    _scenario = scenario
    _decided.cache_clear()
    if scenario.least_months is not None:
        as_if.set_least_months(scenario.least_months)


def moved(rows: Sequence[Row]) -> tuple[list[Moved], list[str]]:
    """Return which of these sentences would move, and which cannot be decided again."""
    found, unread = [], []
    for row in rows:
        try:
            one = _moved(row)
        except (KeyError, TypeError, ValueError):
            unread.append(row.reference)
            continue
        if one is not None:
            found.append(one)
    return found, unread


@lru_cache(maxsize=16_384)
def _decided(facts: str) -> Decision:
    """Decide facts once, of however many sentences they are; a process tries one scenario."""
    return decide(facts_from_json(facts), _scenario.rules)


def _moved(row: Row) -> Moved | None:
    now = _decided(row.facts)
    route = str(now.route or "")
    if (str(now.outcome), route) == (row.outcome, row.route):
        return None
    was = Outcome(row.outcome)
    return Moved(
        row.reference,
        row.region,
        row.outcome,
        str(now.outcome),
        route,
        _way(was, now.outcome),
        route or row.route or "none",
        _group(now),
        _why(row.decision, now),
    )


def _way(was: Outcome, now: Outcome) -> Way:
    if was in _OWED and now in _OWED:
        return Way.ANOTHER_WAY_IN
    if now in _OWED:
        return Way.GAINS
    if was in _OWED:
        return Way.LOSES
    return Way.TO_A_PERSON if now in _ASKED else Way.NO_LONGER_ASKED


def _group(now: Decision) -> str:
    """Return the part of the Schedule that the deciding offence is in."""
    for offence in now.offences:
        if offence.outcome is now.outcome:
            row = find(offence.offence_code) if offence.offence_code else None
            return _PARTS.get(row.part, "other") if row else "not in the table"
    return "none"


def _why(kept: str | None, now: Decision) -> tuple[str, ...]:
    """Return what the deciding offence now answers that it did not answer before."""
    if kept is None:
        return ()
    was = decision_from_json(kept)
    before = {reason for offence in was.offences for reason in offence.reasons}
    deciding = (offence for offence in now.offences if offence.outcome is now.outcome)
    found = [r for offence in deciding for r in offence.reasons if r not in before]
    return tuple(dict.fromkeys(f"{reason.because} ({reason.provision})" for reason in found))
