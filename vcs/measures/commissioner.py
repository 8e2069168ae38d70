"""The pack for a police and crime commissioner: one police area, one quarter that is over.

Its numbers are those of the whole table of the quarter, withheld over every axis at once, so no two
packs, and no pack beside the measures of the same quarter, give a number away by subtraction.
Quarters do not overlap, and a pack is of no other period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from vcs.access.rules import Reach
from vcs.errors import NotFound, NotValid
from vcs.intake.regions import POLICE_AREAS
from vcs.measures.disclosure.tallies import WHOLE, Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import NOT_RECORDED, Figure
from vcs.measures.formulas.computed import OF_STAFF
from vcs.measures.shown_before import figures_shown
from vcs.small_numbers.withheld import Cell, Shown

_NAMED: Final = re.compile(r"(20\d\d)-Q([1-4])")

_MONTHS: Final = 3

_FIRST_YEAR: Final = 2021


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @classmethod
    def named(cls, name: str, today: date) -> Quarter:
        """Read a name like ``2026-Q3``. Raises NotValid for what is none, or is not over."""
        found = _NAMED.fullmatch(name)
        if found is None:
            raise NotValid("Give a quarter like 2026-Q3.", {"quarter": "Give it like 2026-Q3"})
        quarter = cls(int(found[1]), int(found[2]))
        if quarter.to_on >= today or quarter.year < _FIRST_YEAR:
            words = f"Choose a quarter that is over, since {_FIRST_YEAR}"
            raise NotValid(words + ".", {"quarter": words})
        return quarter

    @property
    def name(self) -> str:
        """Return its name."""
        return f"{self.year}-Q{self.number}"

    @property
    def from_on(self) -> date:
        """Return its first day."""
        return date(self.year, _MONTHS * self.number - 2, 1)

    @property
    def to_on(self) -> date:
        """Return its last day."""
        after = _MONTHS * self.number + 1
        first = date(self.year + after // 13, (after - 1) % 12 + 1, 1)
        return first - timedelta(days=1)


def quarters_before(today: date, how_many: int = 8) -> tuple[Quarter, ...]:
    """Return the quarters that are over, the newest first."""
    found = [
        Quarter(year, number)
        for year in range(today.year, today.year - 3, -1)
        for number in (4, 3, 2, 1)
    ]
    return tuple(one for one in found if one.to_on < today)[:how_many]


@dataclass(frozen=True, slots=True)
class Pack:
    """What a commissioner is given: each measure for the area, beside its quality partner."""

    area: str
    name: str
    quarter: Quarter
    asked: Asked
    figures: tuple[Figure, ...]


def pack_of(session: Session, area: str, quarter: Quarter, today: date) -> Pack:
    """Return the pack of an area, and keep that it was shown. Raises NotFound for no such area."""
    if area not in POLICE_AREAS:
        raise NotFound("There is no such police area.")
    asked = Asked(quarter.from_on, quarter.to_on, today, Reach(everywhere=True))
    every = figures_shown(session, asked, Axis.POLICE_AREA)
    cell = (str(Axis.POLICE_AREA), area)
    mine = {one.measure.id: one for one in every if one.cell == cell}
    rest = (one for one in every if one.cell == WHOLE and one.measure.id not in mine)
    found = (*mine.values(), *(_without_a_case(one, cell) for one in rest if _is_of_cases(one)))
    in_order = sorted(found, key=lambda one: int(one.measure.id.removeprefix("M")))
    return Pack(area, POLICE_AREAS[area], quarter, asked, tuple(in_order))


def _is_of_cases(figure: Figure) -> bool:
    """Leave out what is counted by who works where: staff are of a region and of no police area."""
    return figure.measure.id not in OF_STAFF


def _without_a_case(figure: Figure, cell: Cell) -> Figure:
    """Return a measure where the area has no case of it: a true 0, or not recorded anywhere."""
    count: Shown = NOT_RECORDED if figure.numerator == NOT_RECORDED else 0
    partner = _without_a_case(figure.partner, cell) if figure.partner else None
    return Figure(figure.measure, cell, count, count, partner=partner)
