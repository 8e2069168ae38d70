"""All that is stored, decided under a scenario: streamed by reference, the same bytes each time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlmodel import Session

from vcs.access.actors import Reach
from vcs.consequences.wind_tunnel.decide import Moved, Row, begin, moved
from vcs.consequences.wind_tunnel.scenario import Scenario
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

_AT_A_TIME: Final = 500

_IN_HAND: Final = 8


@dataclass(frozen=True, slots=True)
class Over:
    """Which sentences: those within a reach, behind a reference, with why each moves or without."""

    say_why: bool = False
    after: str = ""
    reach: Reach = field(default_factory=lambda: Reach(everywhere=True))


@dataclass(frozen=True, slots=True)
class Step:
    """A few sentences: how many, the last of them, which move, which cannot be read."""

    count: int
    last: str
    moved: list[Moved]
    unread: list[str]


def walk(session: Session, scenario: Scenario, workers: int, over: Over) -> Iterator[Step]:
    """Yield the sentences a few at a time.

    The order is that of references. Processes of their own decide, so that whatever they take the
    law to be is never the law of this one; memory stays bounded.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[int, str, Future[Any]]] = deque()
    with ProcessPoolExecutor(workers, context, begin, (scenario,)) as pool:
        for rows in _pages(session, over):
            waiting.append((len(rows), rows[-1].reference, pool.submit(moved, rows)))
            if len(waiting) >= _IN_HAND:
                yield _done(waiting)
        while waiting:
            yield _done(waiting)


def _done(waiting: deque[tuple[int, str, Future[Any]]]) -> Step:
    count, last, future = waiting.popleft()
    found, unread = future.result()
    return Step(count, last, found, unread)


def _pages(session: Session, over: Over) -> Iterator[list[Row]]:
    last, say_why = over.after, over.say_why
    within = over.reach.covering(_SENTENCES.c.region_code, None, _SENTENCES.c.id)
    while True:
        query = _query(say_why=say_why).where(_SENTENCES.c.reference > last, within)
        query = query.limit(_AT_A_TIME)
        rows = [
            Row(
                one.reference,
                one.region_code or "",
                one.outcome,
                one.route or "",
                one.facts,
                one.decision if say_why else None,
            )
            for one in session.execute(query)
        ]
        if not rows:
            return
        last = rows[-1].reference
        yield rows


def _query(*, say_why: bool) -> Select[Any]:
    newest = (
        select(func.max(_DECISIONS.c.id))
        .where(_DECISIONS.c.sentence_id == _SENTENCES.c.id)
        .correlate(_SENTENCES)
        .scalar_subquery()
    )
    columns = [
        _SENTENCES.c.reference,
        _SENTENCES.c.region_code,
        _DECISIONS.c.outcome,
        _DECISIONS.c.route,
        _DECISIONS.c.facts,
    ]
    if say_why:
        columns.append(_DECISIONS.c.decision)
    joined = select(*columns).join(_DECISIONS, _DECISIONS.c.id == newest)
    return joined.order_by(_SENTENCES.c.reference)
