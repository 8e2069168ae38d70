"""Figures and pictures as they are kept: plain values, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from vcs.ledger.counted.keep import Counting, Shown, is_large, keep, kept, plain_reach
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import Figure, Reason, counts_of, figures_of
from vcs.measures.pictures import HandOff, Week, hand_offs, trend
from vcs.measures.shown_before import (
    figures_beside,
    one_at_a_time,
    published,
    published_within,
    remembered,
)
from vcs.measures.table import BY_ID, DIGEST

Pictures = tuple[tuple[Week, ...], tuple[HandOff, ...]]

Figures = tuple[Figure, ...]


def counting_of_figures(session: Session, asked: Asked, by: Axis | None) -> Counting[Figures]:
    """Return how the figures of a period are counted and kept.

    They are kept beside what is published by now: once more is, they are counted again, since more
    may have to be withheld.
    """
    return Counting(
        "measures",
        _plain(asked) | {"by": by, "beside": published_within(session, asked)},
        lambda session: figures_beside(session, asked, by),
        lambda found: [_plain_figure(one) for one in found],
        lambda plain: tuple(_figure(one) for one in plain),
    )


def counting_of_pictures(session: Session, asked: Asked) -> Counting[Pictures]:
    """Return how the pictures of a period are counted and kept: beside the same as its figures."""
    return Counting(
        "pictures",
        _plain(asked) | {"beside": published_within(session, asked)},
        lambda session: (
            trend(session, asked, published(session, asked)),
            hand_offs(session, asked),
        ),
        lambda found: [
            [[one.ends_on.isoformat(), one.unaccounted] for one in found[0]],
            [astuple(one) for one in found[1]],
        ],
        lambda plain: (
            tuple(Week(date.fromisoformat(day), count) for day, count in plain[0]),
            tuple(HandOff(*one) for one in plain[1]),
        ),
    )


@dataclass(frozen=True, slots=True)
class ByEveryAxis:
    """The figures of a period by each axis, from one count, beside what was published before it."""

    beside: list[str]
    found: Mapping[Axis | None, Figures]


def count_by_every_axis(session: Session, asked: Asked) -> ByEveryAxis:
    """Count the figures of a period by each axis."""
    # Read first: of what is published during the count, the figures may say too little.
    beside = published_within(session, asked)
    counts, before = counts_of(session, asked), published(session, asked)
    return ByEveryAxis(beside, {by: figures_of(counts, by, before) for by in (None, *Axis)})


def counted_by_every_axis(
    session: Session, asked: Asked
) -> Iterator[tuple[Counting[Figures], Figures]]:
    """Yield the figures of a period by each axis, each with how it is kept."""
    countings = {by: counting_of_figures(session, asked, by) for by in (None, *Axis)}
    for by, found in count_by_every_axis(session, asked).found.items():
        yield countings[by], found


def publish_counted(
    session: Session, asked: Asked, by: Axis, counted: ByEveryAxis, now: datetime
) -> None:
    """Keep figures as shown, and have every page show just these from now on.

    They are counted again where somebody else published in between.
    """
    one_at_a_time(session)
    if counted.beside != published_within(session, asked):
        counted = count_by_every_axis(session, asked)
    remembered(session, asked, counted.found[by])
    session.flush()
    for axis, found in counted.found.items():
        keep(session, counting_of_figures(session, asked, axis), Shown(found, now))


def publish_as_counted(
    session: Session, asked: Asked, counting: Counting[Figures], counted: Shown[Figures]
) -> bool:
    """Keep figures as shown, as they were counted; False where somebody published since.

    What was kept for pages of the same period, by another axis as well, holds on: more is withheld
    of other periods only.
    """
    one_at_a_time(session)
    if counting.asked["beside"] != published_within(session, asked):
        return False
    held = {by: kept(session, counting_of_figures(session, asked, by)) for by in (None, *Axis)}
    pictures = kept(session, counting_of_pictures(session, asked))
    held[counting.asked["by"]] = counted
    remembered(session, asked, counted.found)
    session.flush()
    if is_large(session):
        for by, found in held.items():
            if found is not None:
                keep(session, counting_of_figures(session, asked, by), found)
        if pictures is not None:
            keep(session, counting_of_pictures(session, asked), pictures)
    return True


def _plain(asked: Asked) -> dict[str, Any]:
    days = {"from": asked.from_on, "to": asked.to_on, "today": asked.today}
    return days | {"reach": plain_reach(asked.reach), "table": DIGEST}


def _plain_figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure.id,
        "cell": list(figure.cell),
        "numbers": [figure.numerator, figure.denominator, figure.share, figure.middle, figure.tail],
        "left_out": [asdict(one) for one in figure.left_out],
        "flow": dict(figure.flow) if figure.flow else None,
        "partner": _plain_figure(figure.partner) if figure.partner else None,
    }


def _figure(plain: Mapping[str, Any]) -> Figure:
    axis, key = plain["cell"]
    numerator, denominator, share, middle, tail = plain["numbers"]
    return Figure(
        BY_ID[plain["measure"]],
        (axis, key),
        numerator,
        denominator,
        share,
        middle,
        tail,
        tuple(Reason(**one) for one in plain["left_out"]),
        plain["flow"],
        _figure(plain["partner"]) if plain["partner"] else None,
    )
