"""Whoever holds all that was published of one set of cases finds no number from 1 to 4."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise, product

import pytest

from tests.measures.attacker import Output, given_away
from vcs.access.rules import Reach
from vcs.measures.disclosure.history_names import left_out_name
from vcs.measures.disclosure.overlapping import History, span_of
from vcs.measures.disclosure.tallies import WHOLE, Axis, cells_of, tallied
from vcs.measures.disclosure.withheld import Cell
from vcs.measures.facts import Asked, Fact, LeftOut, Place
from vcs.measures.figures import Counts, Figure, figures_of
from vcs.measures.flow import Flow, flow_over
from vcs.measures.formulas.referring import Waiting, known_by_the_end
from vcs.measures.history import history_of
from vcs.measures.pictures import trend_of
from vcs.measures.records import ShownFigure

TODAY = date(2026, 7, 10)

STARTS = [date(2026, n, 1) for n in range(1, 6)]

MONTHS = [(a, b - timedelta(days=1)) for a, b in pairwise(STARTS)]

PERIODS = [
    *MONTHS,
    (STARTS[0], MONTHS[1][1]),
    (STARTS[2], MONTHS[3][1]),
    (STARTS[0], MONTHS[3][1]),
    (STARTS[1], MONTHS[2][1]),
]
"""Each of four months, their halves, all of them, and a period that somebody made up."""

PLACES = [
    Place("R", "S", region, area, court)
    for region, area, court in (
        *product(["N01"], ["11", "12"], ["C01AA", "C02BB"]),
        *product(["N02"], ["21"], ["C03CC", "C04DD"]),
        ("N03", "31", "C05EE"),
    )
]

DAYS = [date(2025, 12, 15), *(first + timedelta(days=14) for first in STARTS[:4])]
"""A day in each month in which something happens; nothing is published of the first."""

ALWAYS = Reach(everywhere=True)


@dataclass(frozen=True)
class Group:
    """Cases that no output tells apart, and how many there are."""

    at: int
    many: int
    fact: Fact | None = None
    waiting: Waiting | None = None


def some(chance: random.Random) -> int:
    return chance.choice((0, 0, 0, 1, 2, 6, 9, 30))


def of_duties(chance: random.Random) -> list[Group]:
    """Return groups of M1: by place and month, in time, late, or left out for a reason."""
    kinds = [(True, None), (False, None), (False, LeftOut.TOLD_LATE), (False, LeftOut.CLOSED)]
    made = product(PLACES, DAYS[1:], kinds)
    return [
        Group(at, some(chance), Fact(day, place, counts, None, why))
        for at, (place, day, (counts, why)) in enumerate(made)
    ]


def of_stays(chance: random.Random) -> list[Group]:
    """Return groups of M0: by place, the month in which known and the month in which it ended."""
    made = [
        Waiting(place, known, ended, taken_back)
        for place, known, ended in product(PLACES, DAYS, (*DAYS, None))
        for taken_back in ((False, True) if ended is None else (False,))
        if ended is None or ended >= known
    ]
    return [Group(at, some(chance), None, one) for at, one in enumerate(made)]


def published(measure: str, groups: list[Group], periods: list[tuple[date, date]]) -> list[Output]:
    """Publish one period after the other, each beside those before it; return every number."""
    rows: list[ShownFigure] = []
    found: list[Output] = []
    for from_on, to_on in periods:
        asked = Asked(from_on, to_on, TODAY, ALWAYS)
        before = history(measure, groups, rows)
        for figure in shown_figures(measure, groups, asked, before):
            found += numbers(figure, groups, asked)
            rows += kept(figure, asked)
        if measure == "M0":
            found += weeks(groups, asked, before)
    return found


def expanded(groups: list[Group]) -> list[Waiting]:
    return [one.waiting for one in groups if one.waiting for _ in range(one.many)]


def facts_of(groups: Sequence[Group], asked: Asked) -> list[Fact]:
    """Return the cases of a period: for M0, all known by its end."""
    own = [(one.fact, one.many) for one in groups if one.fact and asked.covers(one.fact.day)]
    found = [fact for fact, many in own for _ in range(many)]
    return [*found, *known_by_the_end(expanded(list(groups)), asked)]


def history(measure: str, groups: list[Group], rows: list[ShownFigure]) -> History:
    every = Asked(STARTS[0], MONTHS[-1][1], TODAY, ALWAYS)
    return history_of(measure, facts_of(groups, every), rows, expanded(groups))


def shown_figures(measure: str, groups: list[Group], asked: Asked, before: History) -> list[Figure]:
    tally, waiting = tallied(facts_of(groups, asked)), expanded(groups)
    flow = flow_over(waiting, asked) if measure == "M0" else Flow()
    counts = Counts({measure: tally}, flow, span_of(asked.from_on, asked.to_on))
    found = {
        one.cell: one
        for by in Axis
        for one in figures_of(counts, by, {measure: before})
        if one.measure.id == measure
    }
    return list(found.values())


def kept(figure: Figure, asked: Asked) -> list[ShownFigure]:
    shown = {figure.measure.id: (figure.numerator, figure.denominator)}
    for one in figure.left_out:
        shown[left_out_name(figure.measure.id, (one.why, one.turn))] = (one.count, one.count)
    axis, key = figure.cell
    return [
        ShownFigure(
            reach="all",
            measure=name,
            axis=axis,
            key=key,
            from_on=asked.from_on,
            to_on=asked.to_on,
            numerator=str(numerator),
            denominator=str(denominator),
            shown_on=TODAY,
        )
        for name, (numerator, denominator) in shown.items()
    ]


def numbers(figure: Figure, groups: list[Group], asked: Asked) -> Iterator[Output]:
    """Yield what one figure shows and withholds, each with the groups that it adds up."""
    inside = {one.at: one for one in groups if lies_in(one, figure.cell, asked)}
    name = f"{figure.measure.id} {asked.from_on}/{asked.to_on} {figure.cell}"

    def output(what: str, which: Callable[[Fact], bool], shown: object) -> Output:
        of = [one for one in inside.values() if (fact := fact_of(one, asked)) and which(fact)]
        return added(f"{name} {what}", of, shown != "withheld")

    yield output("denominator", lambda fact: fact.left_out is None, figure.denominator)
    yield output("numerator", lambda fact: fact.counts, figure.numerator)
    counted = {one.why: one.count for one in figure.left_out}
    for why in LeftOut:
        yield output(why, partial(_is_left_out, why), counted.get(why, 0))
    for part, shown in (figure.flow or {}).items():
        of = [one for one in groups if flows(one, asked, part)]
        yield added(f"{name} {part}", of, shown != "withheld")


def _is_left_out(why: LeftOut, fact: Fact) -> bool:
    return fact.left_out is why


def added(name: str, groups: Sequence[Group], is_shown: bool) -> Output:
    count = sum(one.many for one in groups)
    return Output(name, frozenset(one.at for one in groups), count, is_shown)


def fact_of(one: Group, asked: Asked) -> Fact | None:
    if one.fact is not None:
        return one.fact if asked.covers(one.fact.day) else None
    assert one.waiting is not None
    return next(known_by_the_end([one.waiting], asked), None)


def lies_in(one: Group, cell: Cell, asked: Asked) -> bool:
    fact = fact_of(one, asked)
    if fact is None:
        return False
    return cell == WHOLE or cell in cells_of(fact.place, fact.day.strftime("%Y-%m"))


def flows(one: Group, asked: Asked, part: str) -> bool:
    assert one.waiting is not None
    return bool(flow_over([one.waiting], asked).parts[part][WHOLE])


def weeks(groups: list[Group], asked: Asked, before: History) -> Iterator[Output]:
    """Yield what waits on the last day of the trend: no other output is of its other days."""
    last = trend_of(expanded(groups), asked, before)[-1]
    of = [
        one
        for one in groups
        if one.waiting and not one.waiting.taken_back and one.waiting.waits_on(last.ends_on)
    ]
    yield added(f"trend {last.ends_on}", of, last.unaccounted != "withheld")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("measure", ["M0", "M1"])
def test_nothing_small_follows_from_all_that_was_published(measure: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    groups = (of_stays if measure == "M0" else of_duties)(chance)
    periods = PERIODS.copy()
    chance.shuffle(periods)
    found = published(measure, groups, periods)
    assert sum(one.is_shown and one.count > 0 for one in found) > 10
    assert given_away(found) == []


def test_the_attacker_finds_what_a_plain_table_gives_away() -> None:
    north, south = frozenset({1, 2}), frozenset({3})
    table = [Output("all", north | south, 9, True), Output("north", north, 7, True)]
    assert given_away([*table, Output("south", south, 2, False)]) == ["south"]
    assert given_away([table[0], Output("south", south, 2, False)]) == []
