"""What was published before of each measure, for whoever publishes another output of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

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
from vcs.measures.disclosure.tallies import WHOLE, places_of
from vcs.measures.facts import Asked
from vcs.measures.formulas.computed import COMPUTED, OF_STAFF
from vcs.measures.formulas.referring import eligible
from vcs.measures.records import ShownFigure

FLOW: Final = "flow"
"""The axis of a row that keeps what waited at the start, came in or went out."""

KEPT_OF_FLOW: Final = (START, IN, OUT)
"""What waits at the end is kept as the numerator of the whole."""

_WAITING: Final = "M0"

_COLUMNS: Final[tuple[Any, ...]] = (
    col(ShownFigure.measure),
    col(ShownFigure.axis),
    col(ShownFigure.key),
    col(ShownFigure.from_on),
    col(ShownFigure.to_on),
    col(ShownFigure.numerator),
    col(ShownFigure.denominator),
    col(ShownFigure.shown_on),
    col(ShownFigure.was_numerator),
    col(ShownFigure.was_denominator),
    col(ShownFigure.was_shown_on),
)


def histories(session: Session, asked: Asked, reach: str) -> Mapping[str, History]:
    """Return what was published of each measure to a reach, with its cases as known now."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(_published(reach)):
        if row.measure in COMPUTED and row.measure not in OF_STAFF:
            rows[row.measure].append(row)
    return {name: _history(session, name, _all_of(asked, of), of) for name, of in rows.items()}


def _published(reach: str) -> Any:
    return select(*_COLUMNS).where(col(ShownFigure.reach) == reach).order_by(col(ShownFigure.id))


def _all_of(asked: Asked, rows: Sequence[Any]) -> Asked:
    """Return what is asked for, from the first day that was published to the last."""
    first = min(asked.from_on, *(row.from_on for row in rows))
    return replace(asked, from_on=first, to_on=max(asked.to_on, *(row.to_on for row in rows)))


def _history(session: Session, measure: str, asked: Asked, rows: Sequence[Any]) -> History:
    before = [one for row in rows for one in _numbers(row)]
    if measure == _WAITING:
        return History(stock_of(session, asked), before)
    facts = COMPUTED[measure](session, asked)
    cases = [
        Case(places_of(fact.place), fact.day, fact.counts)
        for fact in facts
        if fact.left_out is None
    ]
    return History(Events(cases), before)


def stock_of(session: Session, asked: Asked) -> Stock:
    """Return every eligible sentence of a reach as a stock."""
    return Stock(
        [
            Stay(places_of(one.place), one.known_on, one.ended_on)
            for one in eligible(session, asked)
            if not one.taken_back
        ]
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a row says was shown on a day."""

    numerator: str
    denominator: str
    on: date


def _numbers(row: Any) -> Iterator[Before]:
    """Yield the numbers of a row, and those that were shown in their place before."""
    now = _Shown(row.numerator, row.denominator, row.shown_on)
    yield from _of_row(row, now)
    if row.was_shown_on is not None:
        was = _Shown(row.was_numerator, row.was_denominator, row.was_shown_on)
        yield from (one for one in _of_row(row, was) if one.value is not None)


def _of_row(row: Any, shown: _Shown) -> Iterator[Before]:
    span, was_running = span_of(row.from_on, row.to_on), shown.on <= row.to_on
    if row.axis == FLOW:
        yield Before(row.key, WHOLE, span, _value(shown.numerator), was_running)
        return
    for part, number in ((DENOMINATOR, shown.denominator), (NUMERATOR, shown.numerator)):
        yield Before(part, (row.axis, row.key), span, _value(number), was_running)


def _value(number: str) -> int | None:
    return int(number) if number.isdigit() else None
