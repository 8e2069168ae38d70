"""The rows behind a number of the ledger: references and dates, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.intake.regions import court, region_named
from vcs.law.deadlines import duties
from vcs.ledger.figures.kept_lines import kept_lines, sides
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.kept.figures import sentences
from vcs.paging import FIRST, Listing, Page, Slice, keyed_page
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.referrals.states import is_asked_now, joined, region, state
from vcs.sentences.records import AwaitedCode, Sentence
from vcs.tasks.records import Task
from vcs.terms import SentenceState


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One sentence. ``reason`` is why a referral was closed; ``due_on`` is for the referral.

    ``provisional`` marks a ``due_on`` that the official bank holidays do not reach yet.
    ``awaited_code`` is the result code whose meaning it waits for, where that is all that is open.
    """

    reference: str
    state: SentenceState
    sentenced_on: date
    court: str
    region: str | None
    outcome: str
    gone: bool
    referral_reference: str | None
    reason: str | None
    due_on: date | None
    traced_since: date | None
    look_again_on: date | None
    task_reference: str | None
    provisional: bool = False
    awaited_code: str | None = None


def ledger_rows(
    session: Session, actor: Actor, cell: Cell, asked: Slice = FIRST
) -> Page[LedgerRow]:
    """Return a page of the sentences in a part of the ledger, the oldest sentence first."""
    asked.check()
    require_may(actor, Act.SEE_LEDGER)
    reached = reach_of_counts(actor)
    total = sum(one[2] for one in kept_lines(session, reached, Axis.REGION, cell))
    rows = sentences(session)
    columns = (rows.c.sentenced_on, rows.c.sentence_id)
    ways = (
        select(*columns).where(way, *sides(rows, cell))
        for way in reached.ways(rows.c.region_code, rows.c.police_area, rows.c.sentence_id)
    )
    listing = Listing(columns, (tuple(ways),))
    return keyed_page(session, listing, asked, total, lambda keys: _whole(session, keys))


def _whole(session: Session, keys: Sequence[tuple[Any, ...]]) -> Iterable[LedgerRow]:
    columns: tuple[Any, ...] = (
        Sentence,
        Referral,
        state(),
        region(),
        _due(),
        _task(),
        _waits(),
        _awaited_code(),
    )
    ids = [key[-1] for key in keys]
    query: Select[Any] = select(*columns).select_from(joined()).where(col(Sentence.id).in_(ids))
    return _rows(session.execute(query.order_by(col(Sentence.sentenced_on), col(Sentence.id))))


def _due() -> Any:
    return _to_refer(func.min(col(DeadlineRecord.due_on)))


def _to_refer(column: Any) -> Any:
    return (
        select(column)
        .where(
            col(DeadlineRecord.referral_id) == col(Referral.id),
            col(DeadlineRecord.duty) == duties.REFER,
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
        )
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )


def _waits() -> Any:
    """Say whether the day to refer is provisional."""
    return _to_refer(col(DeadlineRecord.provisional))


def _task() -> Any:
    return (
        select(col(Task.reference))
        .where(col(Task.sentence_id) == col(Sentence.id), is_asked_now())
        .order_by(col(Task.id))
        .limit(1)
        .correlate(Sentence)
        .scalar_subquery()
    )


def _awaited_code() -> Any:
    return (
        select(func.min(col(AwaitedCode.code)))
        .where(col(AwaitedCode.sentence_id) == col(Sentence.id))
        .correlate(Sentence)
        .scalar_subquery()
    )


def _rows(found: Iterable[Any]) -> Iterable[LedgerRow]:
    for sentence, referral, its_state, region_code, due_on, task, provisional, code in found:
        known, its_region = court(sentence.court_code), region_named(region_code)
        due_on = date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
        yield LedgerRow(
            sentence.reference,
            SentenceState(its_state),
            sentence.sentenced_on,
            known.name if known else sentence.court_code or "",
            its_region.name if its_region else region_code,
            sentence.outcome,
            sentence.gone,
            referral.reference if referral else None,
            referral.closed_reason if referral else None,
            due_on,
            referral.traced_since if referral else None,
            referral.look_again_on if referral else None,
            task,
            bool(provisional),
            code if its_state == SentenceState.DECISION_DUE else None,
        )
