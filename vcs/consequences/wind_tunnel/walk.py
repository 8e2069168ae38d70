"""All that is stored, decided under a scenario: streamed by reference, the same bytes each time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlmodel import Session

from vcs.consequences.wind_tunnel.decide import Moved, Row, begin, moved
from vcs.consequences.wind_tunnel.scenario import Scenario
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

_AT_A_TIME: Final = 500

_IN_HAND: Final = 8

Step = tuple[int, list[Moved], list[str]]


def walk(session: Session, scenario: Scenario, workers: int, *, say_why: bool) -> Iterator[Step]:
    """Yield, a few sentences at a time: how many were looked at, which move, which are unread.

    The order is that of references. Processes of their own decide, so that whatever they take the
    law to be is never the law of this one; memory stays bounded.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[int, Future[Any]]] = deque()
    with ProcessPoolExecutor(workers, context, begin, (scenario,)) as pool:
        for rows in _pages(session, say_why=say_why):
            waiting.append((len(rows), pool.submit(moved, rows)))
            if len(waiting) >= _IN_HAND:
                yield _done(waiting)
        while waiting:
            yield _done(waiting)


def _done(waiting: deque[tuple[int, Future[Any]]]) -> Step:
    count, future = waiting.popleft()
    found, unread = future.result()
    return count, found, unread


def _pages(session: Session, *, say_why: bool) -> Iterator[list[Row]]:
    last = ""
    while True:
        query = _query(say_why=say_why).where(_SENTENCES.c.reference > last).limit(_AT_A_TIME)
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
