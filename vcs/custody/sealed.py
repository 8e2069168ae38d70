"""What is kept sealed of a fact: whom it is about, and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.custody.records import CustodyFact
from vcs.custody.sources.told import Told, Who
from vcs.intake.person_numbers import Number
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Opened:
    """What a fact says of a person."""

    who: Who
    only_month: bool
    merged_from: str


def sealed_told(sealer: Sealer, told: Told) -> bytes:
    """Seal what names somebody."""
    who = told.who
    return sealer.seal_json(
        {
            "numbers": {str(kind): number for kind, number in who.numbers.items()},
            "surname": who.surname,
            "forename": who.forename,
            "born_on": _text(who.born_on),
            "sentenced_on": _text(who.sentenced_on),
            "only_month": told.only_month,
            "merged_from": told.merged_from,
        }
    )


def opened(sealer: Sealer, fact: CustodyFact) -> Opened:
    """Open it again."""
    if fact.sealed is None:
        return Opened(Who(), only_month=False, merged_from="")
    raw = sealer.open_json(fact.sealed)
    who = Who(
        {Number(kind): number for kind, number in raw["numbers"].items()},
        raw["surname"],
        raw["forename"],
        _day(raw["born_on"]),
        _day(raw["sentenced_on"]),
    )
    return Opened(who, raw["only_month"], raw["merged_from"])


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
