"""Measures on paper, for those who read and do not calculate: each beside its quality partner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from letters.papers.printing import printed
from letters.render import RenderedLetter
from vcs.law.book.sections import Table
from vcs.measures.disclosure.tallies import WHOLE
from vcs.measures.facts import Asked
from vcs.measures.figures import NOT_RECORDED, Figure

_HEADS: Final = ("Group", "How many", "Share", "Median and tail", "Left out")


@dataclass(frozen=True, slots=True)
class PaperMeasure:
    """One measure: its words, its table, and its quality partner's numbers in the same frame."""

    title: str
    counted: str
    weakness: str
    table: Table
    partner: str


def on_paper(
    title: str, found: Iterable[Figure], asked: Asked, *, is_training: bool = False
) -> RenderedLetter:
    """Print figures as one tagged PDF. They are withheld already."""
    return printed(
        "figures.html.jinja",
        title=title,
        asked=asked,
        measures=tuple(_measures(tuple(found))),
        is_training=is_training,
    )


def _measures(found: tuple[Figure, ...]) -> Iterator[PaperMeasure]:
    for name in dict.fromkeys(one.measure.id for one in found):
        figures = [one for one in found if one.measure.id == name]
        measure = figures[0].measure
        yield PaperMeasure(
            f"{measure.id} {measure.words}",
            f"Counted: {measure.numerator}. Out of: {measure.denominator}. "
            f"One case: {measure.one_case}.",
            f"Weakness: {measure.weakness}." if measure.weakness else "",
            Table(_HEADS, tuple(_row(one) for one in figures)),
            "; ".join(_partner(one) for one in figures if one.partner),
        )


def _row(figure: Figure) -> tuple[str, ...]:
    middle = "–" if figure.middle is None else f"{figure.middle} and {figure.tail}"
    return figure.group, _count(figure), _share(figure), middle, _left_out(figure) or "nothing"


def _left_out(figure: Figure) -> str:
    turns = (f" ({one.turn})" if one.turn else "" for one in figure.left_out)
    told = zip(figure.left_out, turns, strict=True)
    return "; ".join(f"{one.why}{turn}: {one.count}" for one, turn in told)


def _count(figure: Figure) -> str:
    if figure.numerator == NOT_RECORDED:
        return NOT_RECORDED
    count = f"{figure.numerator} of {figure.denominator}"
    if figure.earlier is None:
        return count
    earlier = figure.earlier
    how = "changed" if earlier.was.startswith("by") else "was"
    return f"{count} (shown otherwise on {earlier.shown_on}: {how} {earlier.was}, {earlier.why})"


def _share(figure: Figure) -> str:
    if figure.share is None:
        return "–"
    return figure.share if isinstance(figure.share, str) else f"{figure.share} %"


def _partner(figure: Figure) -> str:
    partner = figure.partner
    if partner is None:
        return ""
    group = "" if figure.cell == WHOLE else f" ({figure.group})"
    left_out = f", left out {_left_out(partner)}" if partner.left_out else ""
    return f"{partner.measure.id} {partner.measure.words}{group}: {_count(partner)}{left_out}"
