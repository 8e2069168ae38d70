"""Whoever holds every output solves them together and finds no number from 1 to 4.

``python -m tests.measures.sequences 0 500`` attacks as many caseloads as one has time for.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest

from tests.measures import sequences
from tests.measures.attacker import Output, given_away
from vcs.access.rules import Reach
from vcs.measures.disclosure.overlapping import span_of
from vcs.measures.disclosure.tallies import WHOLE, Axis, cells_of, tallied
from vcs.measures.facts import Asked, Place
from vcs.measures.figures import Counts, figures_of
from vcs.measures.flow import flow_over
from vcs.measures.formulas.referring import Waiting, known_by_the_end
from vcs.measures.pictures import trend_of
from vcs.small_numbers.withheld import Cell

PLACES = [
    Place("R", "S", region, area, court)
    for region, area, court in (
        *product(["N01"], ["11", "12"], ["C01AA", "C02BB"]),
        ("N02", "21", "C03CC"),
        ("N03", "31", "C05EE"),
    )
]

WEEKLY = [date(2026, 3, 4) + timedelta(days=7 * n) for n in range(13)]

DAYS = sorted([date(2026, 2, 10), date(2026, 3, 1), date(2026, 3, 30), *WEEKLY, date(2026, 5, 30)])
"""Days between any two that outputs are of: nobody knows on which of them nothing happened."""

APRIL_AND_MAY = Asked(
    date(2026, 4, 1), date(2026, 5, 31), date(2026, 7, 10), Reach(everywhere=True)
)

FROM_MID_APRIL = Asked(
    date(2026, 4, 20), date(2026, 5, 31), date(2026, 7, 10), Reach(everywhere=True)
)

MARCH = Asked(date(2026, 3, 1), date(2026, 3, 31), date(2026, 7, 10), Reach(everywhere=True))


SEEDS = (*range(8), 17)
"""Among them caseloads in which months, flow and trend would each give something away."""


@dataclass(frozen=True)
class Group:
    """Sentences that no output tells apart, and how many there are."""

    at: int
    many: int
    like: Waiting


def groups(chance: random.Random) -> list[Group]:
    made = [
        Waiting(place, known, ended, taken_back=False)
        for place, known, ended in product(PLACES, DAYS, (*DAYS, None))
        if ended is None or ended >= known
    ]
    few = (*[0] * chance.choice((20, 60, 150)), 1, 2, 3, 7)
    return [Group(at, chance.choice(few), one) for at, one in enumerate(made)]


def outputs(held: list[Group], asked: Asked) -> Iterator[Output]:
    """Yield every number that is shown or withheld of a period: by each axis, flow and trend."""
    cases = [one.like for one in held for _ in range(one.many)]
    flow = flow_over(cases, asked)
    tally = tallied(known_by_the_end(cases, asked))
    counts = Counts({"M0": tally}, flow, span_of(asked.from_on, asked.to_on))
    shown = {
        one.cell: one for by in Axis for one in figures_of(counts, by) if "M0" in one.measure.id
    }

    def output(name: str, which: Callable[[Waiting], bool], number: object) -> Output:
        own = [one for one in held if one.like.known_on <= asked.end and which(one.like)]
        count = sum(one.many for one in own)
        return Output(name, frozenset(one.at for one in own), count, number != "withheld")

    for cell, figure in shown.items():
        yield output(f"known {cell}", partial(lies_in, cell), figure.denominator)
        yield output(f"waits {cell}", partial(waits_in, cell, asked.end), figure.numerator)
    for part, number in (shown[WHOLE].flow or {}).items():
        yield output(part, partial(flows, part, asked), number)
    for week in trend_of(cases, asked):
        name = f"trend {week.ends_on}"
        yield output(name, partial(waits_in, WHOLE, week.ends_on), week.unaccounted)


def lies_in(cell: Cell, one: Waiting) -> bool:
    return cell == WHOLE or cell in cells_of(one.place, one.known_on.strftime("%Y-%m"))


def waits_in(cell: Cell, day: date, one: Waiting) -> bool:
    return lies_in(cell, one) and one.waits_on(day)


def flows(part: str, asked: Asked, one: Waiting) -> bool:
    return bool(flow_over([one], asked).parts[part][WHOLE])


@pytest.mark.parametrize("asked", [MARCH, APRIL_AND_MAY, FROM_MID_APRIL], ids=str)
def test_nothing_small_follows_from_all_outputs_of_a_period(asked: Asked) -> None:
    for seed in SEEDS:
        found = list(outputs(groups(random.Random(seed)), asked))  # noqa: S311
        assert sum(one.is_shown and one.count > 0 for one in found) > 5
        assert given_away(found) == [], seed


RANDOM = (2, 13, 17)
"""Seeds of sequences; without the rule, each gives something away."""


@pytest.mark.parametrize("seed", RANDOM)
def test_nothing_follows_from_all_outputs_of_all_periods(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    held = sequences.made(chance)
    asked = [(chance.choice(sequences.PERIODS), chance.choice((None, *Axis))) for _ in range(6)]
    reader = sequences.Reader(held)
    for period, by in asked:
        reader.publish(period, by)
    assert sequences.told(reader) == []
    careless = sequences.Reader(held, audited=False)
    for period, by in asked:
        careless.publish(period, by)
    assert sequences.told(careless) != []


@pytest.mark.parametrize("by", [Axis.REGION, Axis.COURT])
def test_months_and_their_quarter_are_mostly_shown(by: Axis) -> None:
    shares = []
    for seed in (0, 1):
        reader = sequences.Reader(sequences.made(random.Random(seed), rare=2))  # noqa: S311
        shares.append(
            sequences.share_shown(
                [one for asked in sequences.APRIL_TO_JUNE for one in reader.publish(asked, by)]
            )
        )
        assert sequences.told(reader) == []
    assert sum(shares) / len(shares) > 0.7, shares


def test_the_same_output_asked_again_is_the_same() -> None:
    reader = sequences.Reader(sequences.made(random.Random(5)))  # noqa: S311
    for period in sequences.APRIL_TO_JUNE:
        reader.publish(period, Axis.COURT)
    first = reader.publish(sequences.APRIL_TO_JUNE[0], Axis.COURT)
    reader.publish(sequences.APRIL_TO_JUNE[0], Axis.REGION)
    assert reader.publish(sequences.APRIL_TO_JUNE[0], Axis.COURT) == first


def test_the_attacker_finds_what_a_plain_table_gives_away() -> None:
    north, south = frozenset({1, 2}), frozenset({3})
    table = [Output("all", north | south, 9, True), Output("north", north, 7, True)]
    assert given_away([*table, Output("south", south, 2, False)]) == ["south"]
    assert given_away([table[0], Output("south", south, 2, False)]) == []
