"""The cases of one measure counted by every axis at once, with the sums that tie them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from vcs.intake.regions import POLICE_AREAS, court, region_named
from vcs.measures.facts import Fact, LeftOut, Place
from vcs.small_numbers.withheld import Cell, Tie


class Axis(StrEnum):
    """What figures are counted by."""

    REGION = "region"
    COURT = "court"
    POLICE_AREA = "police-area"
    MONTH = "month"


WHOLE: Cell = ("all", "")

NOWHERE = "none"

_NESTED = (
    (Axis.REGION, Axis.COURT),
    (Axis.REGION, Axis.POLICE_AREA),
    (Axis.POLICE_AREA, Axis.COURT),
)


@dataclass(slots=True)
class Tally:
    """The counts of one measure: each case once in each axis. ``values`` are for medians."""

    denominator: Counter[Cell] = field(default_factory=Counter)
    numerator: Counter[Cell] = field(default_factory=Counter)
    left_out: dict[tuple[LeftOut, str], Counter[Cell]] = field(default_factory=dict)
    values: dict[Cell, list[float]] = field(default_factory=dict)
    cells: set[Cell] = field(default_factory=lambda: {WHOLE})
    nested: set[tuple[Cell, Cell]] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """Count one case."""
        cells = cells_of(fact.place, fact.day.strftime("%Y-%m"))
        self.know(cells)
        if fact.left_out is not None:
            self.left_out.setdefault((fact.left_out, fact.turn), Counter()).update(cells)
            return
        self.denominator.update(cells)
        if fact.counts:
            self.numerator.update(cells)
        if fact.value is not None:
            for cell in cells:
                self.values.setdefault(cell, []).append(fact.value)

    def know(self, cells: tuple[Cell, ...]) -> None:
        """Take note of where a case lies."""
        self.cells.update(cells)
        _, region, area, court_cell, _ = cells
        self.nested.update(((region, area), (region, court_cell), (area, court_cell)))

    def ties(self) -> tuple[Tie, ...]:
        """Return every sum by which a number that is withheld could be worked out."""
        return tuple(self._ties())

    def _ties(self) -> Iterator[Tie]:
        for axis in (Axis.REGION, Axis.MONTH):
            yield Tie((WHOLE,), self.keys(axis))
        for axes in _NESTED:
            yield from _components(pair for pair in self.nested if (pair[0][0], pair[1][0]) == axes)

    def keys(self, axis: Axis) -> tuple[Cell, ...]:
        """Return the cells of one axis, in order."""
        return tuple(sorted(cell for cell in self.cells if cell[0] == axis))


def tallied(facts: Iterable[Fact]) -> Tally:
    """Count the cases of one measure."""
    tally = Tally()
    for fact in facts:
        tally.add(fact)
    return tally


def cells_of(place: Place, month: str) -> tuple[Cell, ...]:
    """Return where a case is counted: in the whole, then in its region and on the other axes."""
    return _cells(place.region, place.area, place.court, month)


def places_of(place: Place) -> tuple[Cell, ...]:
    """Return the same without a month."""
    return cells_of(place, "")[:-1]


@lru_cache(maxsize=16_384)
def _cells(
    region: str | None, area: str | None, court_code: str | None, month: str
) -> tuple[Cell, ...]:
    return (
        WHOLE,
        (Axis.REGION, region or NOWHERE),
        (Axis.POLICE_AREA, area or NOWHERE),
        (Axis.COURT, (court_code or "")[:5] or NOWHERE),
        (Axis.MONTH, month),
    )


def _components(pairs: Iterable[tuple[Cell, Cell]]) -> Iterator[Tie]:
    """Yield a tie for each smallest group of wholes that shares parts with no other."""
    groups: list[tuple[set[Cell], set[Cell]]] = []
    for region, part in sorted(pairs):
        wholes, parts = {region}, {part}
        apart = []
        for group in groups:
            if group[0] & wholes or group[1] & parts:
                wholes |= group[0]
                parts |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (wholes, parts)]
    for wholes, parts in groups:
        yield Tie(tuple(sorted(wholes)), tuple(sorted(parts)))


def name_of(cell: Cell) -> str:
    """Return how people call a region, court, police area or month."""
    axis, key = cell
    if cell == WHOLE:
        return "All"
    if key == NOWHERE:
        return "Not known yet"
    if axis == Axis.REGION:
        region = region_named(key)
        return region.name if region else key
    if axis == Axis.COURT:
        known = court(key)
        return known.name if known else key
    return POLICE_AREAS.get(key, key) if axis == Axis.POLICE_AREA else key
