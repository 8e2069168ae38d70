"""What is told of messages and facts: to programs, operators and whoever answers a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.records import FeedClient
from vcs.custody.records import CustodyFact, CustodyMessage, CustodyStatus, EndsAs
from vcs.custody.sealed import Opened, opened
from vcs.events.records import KeyEvent
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind


@dataclass(frozen=True, slots=True)
class MessageReport:
    """What a program is told: that it was read, never what we hold of anybody."""

    receipt: str
    received_at: datetime
    status: str
    events: int
    problems: tuple[tuple[int, str], ...]
    repeats: int


@dataclass(frozen=True, slots=True)
class FactReport:
    """One fact, as an operator is told of it."""

    row: int
    code: str
    reading: str
    happened_on: date | None
    ends_as: str
    because: str
    event: str | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact, as whoever says whose it is sees it. ``told`` is None where no key opens it."""

    fact: CustodyFact
    told: Opened | None


@dataclass(frozen=True, slots=True)
class HeldCount:
    """How many events of one code and day a system sent that are held. Nobody is named."""

    system: str
    code: str
    happened_on: date | None
    count: int


def message_report(session: Session, client_id: str, receipt: str) -> MessageReport | None:
    """Return what became of a message that this program sent, alike for everybody it is about."""
    query = select(CustodyMessage).where(
        CustodyMessage.receipt == receipt, CustodyMessage.client_id == client_id
    )
    message = session.exec(query).first()
    if message is None:
        return None
    facts = select(func.count()).where(CustodyFact.message_id == message.id)
    bad = select(CustodyFact.row, CustodyFact.because).where(
        CustodyFact.message_id == message.id, CustodyFact.ends_as == EndsAs.BAD
    )
    problems = [(row, words) for row, words in session.exec(bad.order_by(col(CustodyFact.row)))]
    if message.problem and not problems:
        problems = [(0, message.problem)]
    return MessageReport(
        message.receipt,
        message.received_at,
        message.status,
        session.exec(facts).one(),
        tuple(problems),
        message.repeats,
    )


def fact_reports(session: Session, receipt: str) -> list[FactReport]:
    """Return every fact of a message, for the operator who loaded it."""
    query = (
        select(CustodyFact, KeyEvent.reference)
        .join(CustodyMessage, col(CustodyMessage.id) == col(CustodyFact.message_id))
        .outerjoin(KeyEvent, col(KeyEvent.id) == col(CustodyFact.event_id))
        .where(CustodyMessage.receipt == receipt)
        .order_by(col(CustodyFact.row), col(CustodyFact.id))
    )
    return [
        FactReport(
            one.row,
            one.code,
            one.reading,
            one.happened_on,
            one.ends_as,
            one.because,
            reference,
        )
        for one, reference in session.exec(query)
    ]


def problem_of(session: Session, receipt: str) -> str:
    """Return why a message could not be read, or not whole; empty where it was."""
    query = select(CustodyMessage.problem).where(
        CustodyMessage.receipt == receipt, CustodyMessage.status == CustodyStatus.SET_ASIDE
    )
    return session.exec(query).first() or ""


def facts_of_task(
    session: Session, sealer: Sealer, actor: Actor, reference: str
) -> tuple[FactView, ...]:
    """Return the facts that a task asks about. Raises NotFound where the task is not theirs."""
    if kind_of_task(session, actor, reference) not in (
        TaskKind.CUSTODY_EVENT,
        TaskKind.CUSTODY_MEANING,
    ):
        return ()
    query = (
        select(CustodyFact)
        .join(Task, col(Task.id) == col(CustodyFact.task_id))
        .where(Task.reference == reference)
        .order_by(col(CustodyFact.happened_on), col(CustodyFact.id))
        .limit(50)
    )
    found: Sequence[CustodyFact] = session.exec(query).all()
    return tuple(FactView(one, _opened(sealer, one)) for one in found)


def held_of_task(session: Session, actor: Actor, reference: str) -> tuple[HeldCount, ...]:
    """Count the events that wait for a task's answer. Raises NotFound where it is not theirs."""
    if kind_of_task(session, actor, reference) != TaskKind.CUSTODY_BURST:
        return ()
    what = (col(CustodyMessage.client_id), col(CustodyFact.code), col(CustodyFact.happened_on))
    count = func.count()
    query = (
        select_rows(func.max(col(FeedClient.name)), *what, count)
        .join(CustodyMessage, col(CustodyMessage.id) == col(CustodyFact.message_id))
        .join(Task, col(Task.id) == col(CustodyFact.task_id))
        .outerjoin(FeedClient, col(FeedClient.client_id) == col(CustodyMessage.client_id))
        .where(col(Task.reference) == reference, col(CustodyFact.ends_as) == EndsAs.HELD)
        .group_by(*what)
        .order_by(count.desc(), *what)
    )
    return tuple(
        HeldCount(name or client, code, day, number)
        for name, client, code, day, number in session.execute(query)
    )


def _opened(sealer: Sealer, fact: CustodyFact) -> Opened | None:
    if fact.sealed is None or not sealer.opens(fact.sealed):
        return None
    return opened(sealer, fact)
