"""The pictures of the measures as shapes with axes: each has a table with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from api.staff.words.text import short_day
from vcs.measures.pictures import HandOff, Week

WIDTH: Final = 640

LEFT, RIGHT, TOP, BOTTOM = 52, 624, 34, 214
"""Where the picture of the weeks begins and ends, within its frame."""

BAR: Final = 62
"""The height of one step with its words."""

_MOST_TICKS: Final = 5

_DATES: Final = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class TrendDrawing:
    """The weeks as a line. ``lines`` are broken where a week is withheld: ``gaps`` show where."""

    points: tuple[tuple[int, int], ...]
    lines: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]
    counts: tuple[Tick, ...]
    dates: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """One hand-off: how wide its bars are, and its numbers in words."""

    words: str
    says: str
    middle: int
    tail: int


@dataclass(frozen=True, slots=True)
class StepsDrawing:
    """The hand-offs as bars over one axis of days."""

    bars: tuple[BarDrawing, ...]
    days: tuple[Tick, ...]


def scale(most: float) -> list[int]:
    """Return the marks of an axis from 0 to ``most`` or just beyond, in round steps: 2 at least."""
    step = next(
        one * 10**power for power in range(9) for one in (1, 2, 5) if one * 10**power * 4 >= most
    )
    return [
        0,
        *(step * one for one in range(1, _MOST_TICKS) if one == 1 or step * (one - 1) < most),
    ]


def trend_drawing(weeks: Sequence[Week]) -> TrendDrawing:
    """Return the weeks drawn: how many sentences were not accounted for at the end of each."""
    counts = [one.unaccounted for one in weeks if isinstance(one.unaccounted, int)]
    marks = scale(max(counts, default=0))
    points = [_point(at, weeks, marks[-1]) for at in range(len(weeks))]
    shown = [(at, point) for at, point in enumerate(points) if point is not None]
    runs = (list(run) for _, run in groupby(enumerate(shown), lambda one: one[1][0] - one[0]))
    return TrendDrawing(
        tuple(point for _, point in shown),
        tuple(" ".join(f"{x},{y}" for _, (_, (x, y)) in run) for run in runs),
        tuple(_gaps(points)),
        tuple(Tick(_height(one, marks[-1]), f"{one:,}") for one in marks),
        tuple(_dates(weeks)),
    )


def _across(at: int, weeks: int) -> int:
    return LEFT + at * (RIGHT - LEFT) // max(weeks - 1, 1)


def _height(count: int, most: int) -> int:
    return BOTTOM - count * (BOTTOM - TOP) // max(most, 1)


def _point(at: int, weeks: Sequence[Week], most: int) -> tuple[int, int] | None:
    count = weeks[at].unaccounted
    return None if isinstance(count, str) else (_across(at, len(weeks)), _height(count, most))


def _gaps(points: Sequence[tuple[int, int] | None]) -> Iterator[tuple[int, int]]:
    """Yield where weeks are withheld: from where, and how wide."""
    half = (RIGHT - LEFT) // max(2 * (len(points) - 1), 1)
    for is_gap, run in groupby(range(len(points)), lambda at: points[at] is None):
        if is_gap:
            places = list(run)
            first = max(_across(places[0], len(points)) - half, LEFT)
            last = min(_across(places[-1], len(points)) + half, RIGHT)
            yield first, last - first


def _dates(weeks: Sequence[Week]) -> Iterator[Tick]:
    wanted = min(_DATES, len(weeks))
    places = {round(one * (len(weeks) - 1) / max(wanted - 1, 1)) for one in range(wanted)}
    for at in sorted(places):
        yield Tick(_across(at, len(weeks)), short_day(weeks[at].ends_on))


def steps_drawing(steps: Sequence[HandOff]) -> StepsDrawing:
    """Return the hand-offs drawn: each bar begins at 0 days and ends at the 90th centile."""
    marks = scale(max((one.tail for one in steps if isinstance(one.tail, float)), default=0))
    bars = tuple(_bar(one, marks[-1]) for one in steps)
    return StepsDrawing(bars, tuple(Tick(_wide(one, marks[-1]), f"{one:,}") for one in marks))


def _wide(days: float, most: int) -> int:
    return round(days * (RIGHT - 16) / max(most, 1))


def _bar(step: HandOff, most: int) -> BarDrawing:
    if not (isinstance(step.middle, float | int) and isinstance(step.tail, float | int)):
        return BarDrawing(step.words, "withheld" if step.middle else "nobody yet", 0, 0)
    says = f"median {step.middle:g}, 90th centile {step.tail:g} days"
    return BarDrawing(step.words, says, _wide(step.middle, most), _wide(step.tail, most))
