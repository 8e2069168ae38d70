"""Made-up caseloads, and outputs of them that are published one after the other.

Sentences are of groups that no output tells apart: a place, a day on which they became known, a
day on which they no longer waited. The attacker knows the groups, and not how many each has.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import product

from tests.measures.attacker import Output, differing_by_few, given_away, withheld_in_vain
from vcs.access.rules import Reach
from vcs.measures.disclosure.audit import Span
from vcs.measures.disclosure.overlapping import (
    DENOMINATOR,
    IN,
    NUMERATOR,
    OUT,
    START,
    Before,
    Case,
    Events,
    History,
    Stay,
    Stock,
    span_of,
)
from vcs.measures.disclosure.tallies import WHOLE, Axis, Tally, cells_of, places_of, tallied
from vcs.measures.facts import Asked, Fact, Place
from vcs.measures.figures import Counts, Figure, figures_of
from vcs.measures.flow import flow_over
from vcs.measures.formulas.referring import Waiting, known_by_the_end
from vcs.small_numbers.withheld import Cell

TODAY = date(2026, 9, 20)

PLACES = [
    Place("R", "S", region, area, court)
    for region, area, court in (
        *product(["N01"], ["11", "12"], ["C01AA", "C02BB"]),
        ("N01", "13", "C04DD"),
        ("N02", "21", "C03CC"),
        ("N02", "22", "C06FF"),
        ("N03", "31", "C05EE"),
        ("N04", "41", "C07GG"),
    )
]

FIRST = date(2026, 4, 1)

DAYS = [FIRST + timedelta(days=15 * n) for n in range(12)]
"""The days on which something may happen, from April to September."""


@dataclass(frozen=True)
class Group:
    """Sentences that no output tells apart, and how many there are."""

    at: int
    many: int
    like: Waiting


def groups(chance: random.Random, often: Sequence[int], waits: int = 2) -> list[Group]:
    """Make a caseload: ``often`` are the sizes of groups to choose from."""
    made = [
        Waiting(place, known, ended, taken_back=False)
        for place in PLACES
        for at, known in enumerate(DAYS)
        for ended in (*DAYS[at : at + waits], None)
    ]
    large = {place: chance.choice((1, 1, 2, 4)) for place in PLACES}
    return [
        Group(at, chance.choice(often) * large[one.place] if one.ended_on else 0, one)
        for at, one in enumerate(made)
    ]


def made(chance: random.Random, rare: int | None = None) -> list[Group]:
    """Make a caseload: the more rare a case is, the smaller are the numbers."""
    often = chance.choice((1, 4, 10, 30)) if rare is None else rare
    return groups(chance, (*[0] * often, 1, 2, 3, 5))


@dataclass(eq=False)
class Reader:
    """Everything that was published of one caseload, and somebody who holds it all."""

    held: list[Group]
    before: dict[str, list[Before]] = field(default_factory=dict)
    audited: bool = True

    def publish(self, asked: Asked, by: Axis | None) -> list[Figure]:
        """Show one output after the others, as the program would, and keep what is shown."""
        cases = [one.like for one in self.held for _ in range(one.many)]
        tallies = {"M0": tallied(known_by_the_end(cases, asked)), "M1": _due(cases, asked)}
        counts = Counts(tallies, flow_over(cases, asked), span_of(asked.from_on, asked.end))
        histories = {
            "M0": History(Stock([_stay(one) for one in cases]), self.before.get("M0", [])),
            "M1": History(Events([_case(one) for one in cases]), self.before.get("M1", [])),
        }
        found = [
            one
            for one in figures_of(counts, by, histories if self.audited else None)
            if one.measure.id in tallies
        ]
        for one in found:
            self.before.setdefault(one.measure.id, []).extend(_kept(one, counts.span))
        return found

    def numbers(self, measure: str, parts: Sequence[str]) -> list[Output]:
        """Return each number of a measure that was published, shown or withheld."""
        every = {
            (one.part, one.cell, one.span, one.value is not None): one
            for one in self.before.get(measure, [])
            if one.part in parts
        }
        return [self._output(measure, *key) for key in every]

    def targets(self, measure: str, parts: Sequence[str]) -> Iterator[Output]:
        """Yield each number between any two days that nobody may know if it is small."""
        mine = [one for one in self.before.get(measure, []) if one.part in parts]
        days = sorted({day for one in mine for day in _ends(one)})
        cells = {one.cell for one in mine if one.cell[0] != Axis.MONTH}
        for cell, (first, last) in product(cells, [(a, b) for a in days for b in days if a < b]):
            for part in parts:
                if part != START:
                    yield self._output(measure, part, cell, (first, last), False)

    def _output(self, measure: str, part: str, cell: Cell, span: Span, is_shown: bool) -> Output:
        own = self._within(cell) & self._when(measure, part, span)
        name = f"{measure} {part} {cell} {span[0]}..{span[1]}"
        return Output(name, own, sum(self.held[at].many for at in own), is_shown)

    @cache  # noqa: B019
    def _within(self, cell: Cell) -> frozenset[int]:
        return frozenset(
            one.at
            for one in self.held
            if cell == WHOLE or cell in cells_of(one.like.place, f"{one.like.known_on:%Y-%m}")
        )

    @cache  # noqa: B019
    def _when(self, measure: str, part: str, span: Span) -> frozenset[int]:
        return frozenset(one.at for one in self.held if _counts(measure, part, span, one.like))


def _ends(one: Before) -> Span:
    axis, key = one.cell
    if axis != Axis.MONTH:
        return one.span
    first = date.fromisoformat(f"{key}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return max(first, one.span[0]), min(after, one.span[1])


def _due(cases: Sequence[Waiting], asked: Asked) -> Tally:
    return tallied(
        Fact(one.known_on, one.place, _in_time(one))
        for one in cases
        if asked.from_on <= one.known_on <= asked.end
    )


def _in_time(one: Waiting) -> bool:
    return one.ended_on is not None and (one.ended_on - one.known_on).days < 15


def _stay(one: Waiting) -> Stay:
    return Stay(places_of(one.place), one.known_on, one.ended_on)


def _case(one: Waiting) -> Case:
    return Case(places_of(one.place), one.known_on, _in_time(one))


def _kept(figure: Figure, span: Span) -> Iterator[Before]:
    numbers = [(DENOMINATOR, figure.denominator), (NUMERATOR, figure.numerator)]
    numbers += [one for one in (figure.flow or {}).items() if one[0] in (START, IN, OUT)]
    for part, number in numbers:
        yield Before(part, figure.cell, span, number if isinstance(number, int) else None)


def _counts(measure: str, part: str, span: Span, one: Waiting) -> bool:
    """Say whether a number of everything counts a sentence."""
    first, last = span[0], span[1] - timedelta(days=1)
    if measure == "M1":
        return first <= one.known_on <= last and (part == DENOMINATOR or _in_time(one))
    if part == DENOMINATOR:
        return one.known_on <= last
    if part == NUMERATOR:
        return one.waits_on(last)
    if part == START:
        return one.waits_on(first - timedelta(days=1))
    if part == IN:
        return first <= one.known_on <= last
    return one.ended_on is not None and first <= one.ended_on <= last


def period(first: date, last: date) -> Asked:
    """Return a period, asked for on one day in September."""
    return Asked(first, last, TODAY, Reach(everywhere=True))


def months(how_many: int = 1, first: date = FIRST) -> Asked:
    """Return some whole months."""
    at = first.year * 12 + first.month - 1 + how_many
    return period(first, date(at // 12, at % 12 + 1, 1) - timedelta(days=1))


APRIL_TO_JUNE = [
    *(months(1, date(2026, month, 1)) for month in (4, 5, 6)),
    months(3),
]
"""What is published most: each month of a quarter, and then the quarter."""

PERIODS = [
    *APRIL_TO_JUNE,
    *(months(1, date(2026, month, 1)) for month in (7, 8)),
    months(5),
    period(date(2026, 4, 20), date(2026, 5, 31)),
    period(date(2026, 4, 1), date(2026, 9, 30)),
    period(date(2026, 8, 16), date(2026, 9, 20)),
]
"""Months, a quarter, one that begins within a month, and two that still run."""

KNOWN_TOGETHER = (
    ("M1", (DENOMINATOR,)),
    ("M1", (NUMERATOR,)),
    ("M0", (DENOMINATOR, NUMERATOR, START, IN, OUT)),
)
"""Which numbers count the same cases, so that they can be taken off each other."""


def told(reader: Reader) -> list[str]:
    """Return what the reader comes to know: what is small, what was withheld, few of a group."""
    found = []
    for measure, parts in KNOWN_TOGETHER:
        outputs = reader.numbers(measure, parts)
        found += given_away([*outputs, *reader.targets(measure, parts)])
        found += withheld_in_vain(outputs)
        found += differing_by_few(outputs) if measure == "M1" else []
    return found


def share_shown(found: Iterable[Figure]) -> float:
    """Return which share of numbers is shown."""
    numbers = [number for one in found for number in (one.denominator, one.numerator)]
    return sum(isinstance(number, int) for number in numbers) / len(numbers)


def main() -> None:
    """Attack the caseloads from one seed to another, and print what share stays shown."""
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        chance = random.Random(seed)  # noqa: S311
        held = made(chance)
        asked = [(chance.choice(PERIODS), chance.choice((None, *Axis))) for _ in range(9)]
        asked = chance.choice((asked, [(one, asked[0][1]) for one in APRIL_TO_JUNE]))
        careless, reader = Reader(held, audited=False), Reader(held)
        shares = [
            f"{share_shown([one for what in asked for one in who.publish(*what)]):.0%}"
            for who in (careless, reader)
        ]
        print(seed, len(asked), sum(one.many for one in held), *shares, told(reader), flush=True)


if __name__ == "__main__":
    main()
