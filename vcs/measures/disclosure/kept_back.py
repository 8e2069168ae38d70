"""Which numbers of one measure are withheld: small ones, and what would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from vcs.measures.disclosure.overlapping import Forced, History, Reason, Span
from vcs.measures.disclosure.tallies import WHOLE, Tally
from vcs.measures.disclosure.withheld import Bounds, Cell, Tie, implied, withhold
from vcs.measures.flow import KNOWN, Flow, flow_ties, named

WITHHELD = "withheld"

Shown = int | str
"""A count, or a word in its place."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a measure's numbers are compared with: the flow, and other periods that were shown."""

    flow: Flow
    history: History
    span: Span

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months of a period of whole months; none for another period."""
        first, after = self.span
        if first.day != 1 or after.day != 1:
            return ()
        count = 12 * (after.year - first.year) + after.month - first.month
        every = (divmod(first.month - 1 + n, 12) for n in range(count))
        return tuple(f"{first.year + years:04}-{month + 1:02}" for years, month in every)


def shown_of(tally: Tally, beside: Beside, *, flows: bool) -> Withheld:
    """Return what of a measure's numbers may be shown beside what was shown before."""
    flow = beside.flow if flows else None
    shown = Withheld(
        tally, flow, beside.history.forced(beside.span, frozenset(tally.cells)), beside.months
    )
    of_reasons: dict[Reason, frozenset[Cell]] = {
        (str(why), text): cells for (why, text), cells in shown.left_out.items()
    }
    hidden = Forced(shown.denominators, shown.numerators, of_reasons)
    if not beside.history.is_vain(beside.span, hidden):
        return shown
    # What is withheld for others' sake is known from other periods: nothing more is shown.
    every = frozenset(tally.cells)
    nothing = Forced(every, every, dict.fromkeys(tally.left_out, every), flow=True)
    return Withheld(tally, flow, nothing, beside.months)


class Withheld:
    """What of a measure's numbers is withheld: worked out over every axis, whichever is asked for.

    So no two outputs of one period, each by another axis, give a number away.
    """

    def __init__(
        self, tally: Tally, flow: Flow | None, kept_back: Forced, months: tuple[str, ...]
    ) -> None:
        ties = tally.ties()
        known = tally.cells
        forced = kept_back.denominators & known
        self.denominators = withhold(_full(tally, tally.denominator), ties, forced)
        numerators = _full(tally, tally.numerator)
        self.flow: dict[str, dict[Cell, Shown]] = {}
        if flow is None:
            highest = {cell: tally.denominator[cell] for cell in known - self.denominators}
            forced = self._forced(numerators, ties, kept_back, known)
            self.numerators = withhold(numerators, ties, forced, Bounds(forced, highest))
        else:
            self._with_flow(tally, flow, kept_back, flow_ties(flow, tally, ties, months))
        self.left_out = {
            why: withhold(
                _full(tally, counts), ties, kept_back.left_out.get(why, frozenset()) & known
            )
            for why, counts in tally.left_out.items()
        }

    def _forced(
        self,
        numerators: Mapping[Cell, int],
        ties: tuple[Tie, ...],
        kept_back: Forced,
        known: Collection[Cell],
    ) -> frozenset[Cell]:
        return implied(numerators, ties, self.denominators) | (
            kept_back.numerators & frozenset(known)
        )

    def _with_flow(
        self,
        tally: Tally,
        flow: Flow,
        kept_back: Forced,
        tied: tuple[dict[Cell, int], tuple[Tie, ...]],
    ) -> None:
        """Withhold all numbers of the flow together, until none of them gives another away."""
        numbers, ties = tied
        before: frozenset[Cell] | None = None
        hidden: frozenset[Cell] = frozenset()
        numerators = _full(tally, tally.numerator)
        whole = {f"{part}:{WHOLE[0]}" for part in flow.parts} if kept_back.flow else set()
        while before != self.denominators:
            before = self.denominators
            forced = self._forced(numerators, tally.ties(), kept_back, tally.cells)
            together = frozenset(
                (
                    *(named("end", cell) for cell in forced),
                    *(named(KNOWN, cell) for cell in before),
                    *((part, WHOLE[1]) for part in whole),
                )
            )
            hidden = withhold(numbers, ties, together)
            self.denominators = _of_part(KNOWN, hidden)
        self.numerators = _of_part("end", hidden)
        for part in flow.parts:
            is_hidden = named(part, WHOLE) in hidden
            self.flow[part] = {WHOLE: shown_word(numbers[named(part, WHOLE)], is_hidden)}


def _of_part(part: str, cells: Iterable[Cell]) -> frozenset[Cell]:
    """Return the cells of one part of a flow, without its name."""
    start = f"{part}:"
    return frozenset((a.removeprefix(start), b) for a, b in cells if a.startswith(start))


def _full(tally: Tally, counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: counts.get(cell, 0) for cell in tally.cells}


def shown_word(count: int, is_withheld: bool) -> Shown:
    """Return a count, or the word in its place."""
    return WITHHELD if is_withheld else count
