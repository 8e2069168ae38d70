"""No number that is withheld can be worked out from those that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vcs.measures.disclosure.tallies import WHOLE, Axis, Tally, cells_of, tallied
from vcs.measures.facts import Fact, Place
from vcs.measures.flow import Flow, flow_ties
from vcs.small_numbers.withheld import (
    Bounds,
    Cell,
    Tie,
    gives_away,
    implied,
    is_small,
    shown_with,
    withhold,
)

REGIONS = ("N01", "N02", "N03")

_FACTS = st.lists(
    st.tuples(
        st.sampled_from(REGIONS),
        st.integers(0, 2),
        st.integers(1, 3),
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=12,
)


def tally_of(drawn: Iterable[tuple[str, int, int, bool, int]]) -> Tally:
    """Return the counts of some cases: many of them alike in region, court, month and answer."""
    return tallied(
        Fact(date(2026, month, 1), Place("", "", region, None, f"C{region[1:]}{court}"), counts)
        for region, court, month, counts, many in drawn
        for _ in range(many)
    )


def full(tally: Tally, counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: counts.get(cell, 0) for cell in tally.cells}


def worked_out(ties: Iterable[Tie], hidden: frozenset[Cell]) -> set[Cell]:
    """Return the numbers that somebody finds who solves all sums together (Gauss and Jordan)."""
    names = sorted(hidden)
    rows = [_row(tie, names) for tie in ties]
    found, first = set[Cell](), 0
    for column in range(len(names)):
        pivot = next((at for at in range(first, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[first], rows[pivot] = rows[pivot], rows[first]
        lead = rows[first][column]
        rows[first] = [value / lead for value in rows[first]]
        for at, row in enumerate(rows):
            if at != first and row[column]:
                by = row[column]
                rows[at] = [a - by * b for a, b in zip(row, rows[first], strict=True)]
        first += 1
    for row in rows:
        left = [name for name, value in zip(names, row, strict=True) if value]
        if len(left) == 1:
            found.add(left[0])
    return found


def _row(tie: Tie, names: list[Cell]) -> list[Fraction]:
    signs = dict(tie.signed())
    return [Fraction(signs.get(name, 0)) for name in names]


@settings(max_examples=100, deadline=None)
@given(_FACTS)
def test_counts_and_numerators_cannot_be_worked_out(
    drawn: list[tuple[str, int, int, bool, int]],
) -> None:
    tally = tally_of(drawn)
    ties = tally.ties()
    denominators = full(tally, tally.denominator)
    hidden = withhold(denominators, ties)
    assert {cell for cell, number in denominators.items() if is_small(number)} <= hidden
    assert all(denominators[cell] for cell in hidden), "a true 0 is withheld"
    assert worked_out(ties, hidden) == set()

    numerators = full(tally, tally.numerator)
    shown = {cell: denominators[cell] for cell in tally.cells if cell not in hidden}
    forced = implied(numerators, ties, hidden)
    bounds = Bounds(forced, shown)
    further = withhold(numerators, ties, forced, bounds)
    assert not any(numerators[cell] for cell in hidden - further), "it goes with a withheld count"
    assert worked_out(ties, further) == set()
    for tie in ties:
        assert not gives_away(tie, numerators, further, bounds)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(REGIONS),
            st.integers(0, 1),
            st.sampled_from((("start", "end"), ("start", "out"), ("in", "end"), ("in", "out"))),
            st.integers(1, 9),
        ),
        max_size=10,
    )
)
def test_a_flow_cannot_be_worked_out(drawn: list[tuple[str, int, tuple[str, str], int]]) -> None:
    tally, flow = Tally(), Flow()
    for region, court, parts, many in drawn:
        cells = cells_of(Place("", "", region, None, f"C{region[1:]}{court}"), "2026-01")
        tally.know(cells)
        flow.cells.update(cells)
        for part in parts:
            for cell in cells:
                flow.parts[part][cell] += many
    numbers, ties = flow_ties(flow, tally, tally.ties())
    hidden = withhold(numbers, ties)
    assert worked_out(ties, hidden) == set()
    assert all(numbers[cell] for cell in hidden)


def test_two_that_add_up_to_two_are_not_left_alone() -> None:
    north, south, east = ("region", "N"), ("region", "S"), ("region", "E")
    numbers = {WHOLE: 9, north: 1, south: 1, east: 7}
    tie = Tie((WHOLE,), (north, south, east))
    assert withhold(numbers, [tie]) == {north, south, east}


def test_a_court_gives_no_region_away() -> None:
    drawn = [("N01", 0, 1, True, 12), ("N02", 0, 1, True, 7), ("N03", 0, 1, False, 2)]
    tally = tally_of(drawn)
    hidden = withhold(full(tally, tally.denominator), tally.ties())
    assert {cell for cell in hidden if cell[0] == Axis.COURT} == {
        (Axis.COURT, "C020"),
        (Axis.COURT, "C030"),
    }


def narrowed_down(shown: Mapping[Cell, int | str], ties: Iterable[Tie]) -> dict[Cell, int]:
    """Return what somebody finds who takes what one sum leaves open to the next, until it ends."""
    low = {cell: one if isinstance(one, int) else 1 for cell, one in shown.items()}
    high = {cell: one if isinstance(one, int) else 10**6 for cell, one in shown.items()}
    before: object = None
    while before != (before := (dict(low), dict(high))):
        for tie in ties:
            for one, other in ((tie.whole, tie.parts), (tie.parts, tie.whole)):
                least, most = sum(low[cell] for cell in other), sum(high[cell] for cell in other)
                for cell in one:
                    rest = [each for each in one if each != cell]
                    low[cell] = max(low[cell], least - sum(high[each] for each in rest))
                    high[cell] = min(high[cell], most - sum(low[each] for each in rest))
    return {
        cell: low[cell] for cell in shown if low[cell] == high[cell] and shown[cell] != low[cell]
    }


def test_reasons_that_add_up_to_how_many_there_are_give_nothing_away() -> None:
    """Of 45 lines 41 matched, and four reasons are listed in three other endings."""
    ended = {("ended", one): count for one, count in zip("mdext", (41, 1, 1, 0, 2), strict=True)}
    numbers = {WHOLE: 45, **ended, ("d", "1"): 1, ("e", "1"): 1, ("t", "1"): 1, ("t", "2"): 1}
    ties = [Tie((WHOLE,), tuple(ended)), Tie((("ended", "t"),), (("t", "1"), ("t", "2")))]
    ties += [Tie((("ended", one),), ((one, "1"),)) for one in "de"]
    shown = shown_with(numbers, ties)
    assert narrowed_down(shown, ties) == {}
    assert shown["ended", "x"] == 0
    assert shown[WHOLE] == 45, "whoever drew the list knows how many lines it has"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from((0, 1, 1, 2, 3, 5, 6, 8, 12)), min_size=1, max_size=3),
        min_size=2,
        max_size=4,
    )
)
@example([[5], [1, 1], [1]])
def test_courts_and_regions_narrow_each_other_down_to_nothing(drawn: list[list[int]]) -> None:
    regions = {("region", str(at)): sum(courts) for at, courts in enumerate(drawn)}
    numbers = {WHOLE: sum(regions.values()), **regions}
    ties = [Tie((WHOLE,), tuple(regions))]
    for at, courts in enumerate(drawn):
        named = {("court", f"{at}{place}"): count for place, count in enumerate(courts)}
        numbers |= named
        ties.append(Tie((("region", str(at)),), tuple(named)))
    assert narrowed_down(shown_with(numbers, ties), ties) == {}
