"""A figure that was shown before and has changed since says when, and why.

Figures are kept where they leave: by the command, in a pack, in a file that somebody downloads, or
where they are kept by hand. A page by itself only compares. All are kept, so that no later output
gives a number away beside them; of a period that still runs, up to the day. What changed is told of
periods that are over and begin and end with a month: what still runs changes every day. What
changed by fewer than five says that it changed, and not by how much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, select

from vcs.database import lock
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import (
    NOT_RECORDED,
    Earlier,
    Figure,
    Published,
    figures,
)
from vcs.measures.history import FLOW, KEPT_OF_FLOW, histories
from vcs.measures.records import ShownFigure
from vcs.small_numbers.withheld import FEWEST, WITHHELD

_LOCK = 0x76637390
"""Two who are shown the same figures at once keep them one after the other."""

_EVERYWHERE = "all"

_BY_FEW = "by fewer than 5"

_MORE = "more cases became known"

_FEWER = "cases were taken back, closed or corrected"

_SAME = "something was recorded later, or corrected"

_OTHER = "what may be shown has changed"


def is_remembered(asked: Asked) -> bool:
    """Say whether figures of a period, once published, tell of what changed since."""
    after = asked.to_on + timedelta(days=1)
    whole_months = asked.from_on.day == 1 and after.day == 1
    return whole_months and asked.to_on < asked.today and not asked.reach.hidden.sentences


def figures_shown(session: Session, asked: Asked, by: Axis | None) -> tuple[Figure, ...]:
    """Return the figures, and keep that they were shown. The session must be one that writes.

    What would give a number away beside other periods that were published is withheld.
    """
    one_at_a_time(session)
    return remembered(session, asked, figures_beside(session, asked, by))


def one_at_a_time(session: Session) -> None:
    """Let nobody else publish until the transaction ends."""
    lock(session, _LOCK)


def figures_beside(session: Session, asked: Asked, by: Axis | None) -> tuple[Figure, ...]:
    """Return the figures as they may be shown beside what was published before. Writes nothing."""
    return figures(session, asked, by, published(session, asked))


def published(session: Session, asked: Asked) -> Published:
    """Return what was published of other periods to those of the same reach."""
    return histories(session, asked, _reach(asked))


def published_so_far(session: Session, *which: ColumnElement[bool]) -> list[str]:
    """Return values that differ whenever something is published, or is withheld that was not."""
    row = col(ShownFigure.id)
    withheld = (
        func.sum(case((count == WITHHELD, row), else_=0))
        for count in (col(ShownFigure.numerator), col(ShownFigure.denominator))
    )
    newest = select(func.max(row), func.max(col(ShownFigure.changed_on)), *withheld)
    return [str(one) for one in session.exec(newest.where(*which)).one()]


def published_within(session: Session, asked: Asked) -> list[str]:
    """Return the same for what is published to the reach that asks."""
    return published_so_far(session, col(ShownFigure.reach) == _reach(asked))


def compared(session: Session, asked: Asked, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Say of each figure what it was when it was kept as shown. Writes nothing."""
    if not is_remembered(asked):
        return found
    held = _held(session, asked)
    return tuple(replace(one, earlier=_since(held.get(_key(one)), one)) for one in found)


def remembered(session: Session, asked: Asked, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Keep what is shown, and say of each figure what it was before."""
    if asked.reach.hidden.sentences or asked.end < asked.from_on:
        return found
    one_at_a_time(session)
    held = _held(session, asked)
    shown = compared(session, asked, found)
    for numbers in _all_numbers(found):
        session.add(_kept(asked, numbers, held.get(numbers.key)))
    return shown


def is_kept(session: Session, asked: Asked, found: tuple[Figure, ...]) -> bool:
    """Say whether just this was kept as shown today, so that nothing need be written."""
    if asked.reach.hidden.sentences or asked.end < asked.from_on:
        return True
    held = _held(session, asked)
    rows = [(held.get(one.key), one) for one in _all_numbers(found)]
    return all(
        row is not None
        and row.shown_on >= asked.today
        and (row.numerator, row.denominator) == (one.numerator, one.denominator)
        for row, one in rows
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What one row keeps: the numbers of a figure, or one of its flow."""

    key: tuple[str, str, str]
    numerator: str
    denominator: str


def _all_numbers(found: tuple[Figure, ...]) -> Iterator[_Numbers]:
    for one in found:
        if one.numerator != NOT_RECORDED:
            yield from _numbers(one)


def _numbers(figure: Figure) -> Iterator[_Numbers]:
    yield _Numbers(_key(figure), str(figure.numerator), str(figure.denominator))
    for part, number in (figure.flow or {}).items():
        if part in KEPT_OF_FLOW:
            yield _Numbers((figure.measure.id, FLOW, part), str(number), "")


_Held = dict[tuple[str, str, str], ShownFigure]


def _reach(asked: Asked) -> str:
    return _EVERYWHERE if asked.reach.everywhere else asked.reach.region_code or ""


def _held(session: Session, asked: Asked) -> _Held:
    query = select(ShownFigure).where(
        ShownFigure.reach == _reach(asked),
        ShownFigure.from_on == asked.from_on,
        ShownFigure.to_on == asked.end,
    )
    return {(one.measure, one.axis, one.key): one for one in session.exec(query)}


def _key(figure: Figure) -> tuple[str, str, str]:
    return figure.measure.id, *figure.cell


def _kept(asked: Asked, numbers: _Numbers, row: ShownFigure | None) -> ShownFigure:
    measure, axis, key = numbers.key
    now = numbers.numerator, numbers.denominator
    if row is None:
        return ShownFigure(
            reach=_reach(asked),
            measure=measure,
            axis=axis,
            key=key,
            from_on=asked.from_on,
            to_on=asked.end,
            numerator=now[0],
            denominator=now[1],
            shown_on=asked.today,
        )
    if (row.numerator, row.denominator) != now:
        row.was_numerator, row.was_denominator = row.numerator, row.denominator
        row.was_shown_on, row.changed_on = row.shown_on, asked.today
        row.numerator, row.denominator = now
    row.shown_on = max(row.shown_on, asked.today)
    return row


def _since(row: ShownFigure | None, figure: Figure) -> Earlier | None:
    """Compare a figure with what was kept; where it is the same, with what was before that."""
    if row is None:
        return None
    now = str(figure.numerator), str(figure.denominator)
    if (row.numerator, row.denominator) != now:
        return _earlier((row.numerator, row.denominator), now, row.shown_on)
    if row.was_numerator is None or row.was_denominator is None or row.was_shown_on is None:
        return None
    return _earlier((row.was_numerator, row.was_denominator), now, row.was_shown_on)


def _earlier(was: tuple[str, str], now: tuple[str, str], shown_on: date) -> Earlier:
    moved = [_moved(*pair) for pair in zip(was, now, strict=True)]
    by_few = any(one is not None and 0 < abs(one) < FEWEST for one in moved)
    return Earlier(_BY_FEW if by_few else " of ".join(was), shown_on, _why(moved[1]))


def _moved(was: str, now: str) -> int | None:
    return int(now) - int(was) if was.isdigit() and now.isdigit() else None


def _why(denominator: int | None) -> str:
    if denominator is None:
        return _OTHER
    if denominator == 0:
        return _SAME
    return _MORE if denominator > 0 else _FEWER
