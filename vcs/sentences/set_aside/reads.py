"""Which messages were set aside, and one of them with what is personal covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_one

from vcs.access.actors import Actor
from vcs.access.records import Account, FeedClient
from vcs.access.rules import Act, require_may
from vcs.clock import LONDON, london_date
from vcs.errors import Conflict, NotFound
from vcs.intake.by_hand.reading import CLIENT
from vcs.intake.records import CourtMessage, ReadByHand
from vcs.intake.redaction import redacted
from vcs.law.deadlines.working_days import working_days_between
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.tasks.message_reads import is_asked_about, looked_at, read_in_part, to_look_at
from vcs.tasks.records import Task, TaskKind

MOST_SHOWN = 200_000

"""The most of a message, in characters, that a page shows."""

LONGEST_ASIDE = 2

"""Working days that a message may lie set aside before the administrators are told."""

_MOST_KINDS, _MOST_OLD = 20, 500


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """One message that could not be read, or only in part, or that somebody dismissed after that.

    ``times`` is how often it was set aside. ``working_days`` count from its receipt. ``in_part``
    marks one that was read but for what ``problem`` names. ``due_on`` is the day by which an
    administrator should answer for it; None where somebody has. ``overdue`` says that it passed.
    """

    receipt: str
    received_at: datetime
    client: str
    format: str | None
    problem: str
    times: int
    working_days: int
    in_part: bool
    due_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class SetAsideKind:
    """Messages set aside for one reason in one format. ``receipt`` is that of one of them."""

    format: str | None
    problem: str
    count: int
    oldest_at: datetime
    receipt: str


@dataclass(frozen=True, slots=True)
class Look:
    """One time that a message was set aside, and what a person did about it, if anything."""

    opened_on: date
    done_at: datetime | None
    answer: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class HandEntry:
    """What a person read in a message. ``status`` is that of the message in which it is kept."""

    receipt: str
    status: str
    entered_at: datetime
    entered_by: str


@dataclass(frozen=True, slots=True)
class SetAsideMessage:
    """One message as a page shows it: ``lines`` with what is personal covered.

    ``lines`` is empty where the message itself was removed; ``whole`` says whether all is there.
    ``dismissed`` says that a person has settled it. ``by_hand`` is what people read in it.
    """

    row: SetAsideRow
    dismissed: bool
    alike: int
    looks: tuple[Look, ...]
    body_removed_on: date | None
    lines: tuple[str, ...]
    whole: bool
    by_hand: tuple[HandEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAsideAsked:
    """Which messages set aside are asked for, and which part of that list.

    ``like`` is the receipt of a message: only those of its format and reason are listed then.
    """

    like: str | None = None
    dismissed: bool = False
    part: Slice = FIRST


ALL_SET_ASIDE = SetAsideAsked()


def set_aside(
    session: Session, actor: Actor, today: date, asked: SetAsideAsked = ALL_SET_ASIDE
) -> Page[SetAsideRow]:
    """Return a page of the messages set aside, oldest first; of those dismissed, newest first."""
    require_may(actor, Act.SEE_SET_ASIDE)
    query = _rows_query().where(looked_at() if asked.dismissed else to_look_at())
    if asked.like is not None:
        query = query.where(*_alike(session, asked.like))
    message_id = col(CourtMessage.id)
    query = query.order_by(message_id.desc() if asked.dismissed else message_id)
    return one_page(session, query, asked.part, lambda found: (_row(one, today) for one in found))


def set_aside_kinds(session: Session, actor: Actor) -> tuple[SetAsideKind, ...]:
    """Return the reasons for which messages are set aside, the most frequent first; 20 at most."""
    require_may(actor, Act.SEE_SET_ASIDE)
    count, its_format, problem = func.count(), col(CourtMessage.format), col(CourtMessage.problem)
    oldest_at, receipt = func.min(col(CourtMessage.received_at)), func.min(CourtMessage.receipt)
    query = (
        select(its_format, problem, count, oldest_at, receipt)
        .where(to_look_at())
        .group_by(its_format, problem)
        .order_by(count.desc(), receipt)
        .limit(_MOST_KINDS)
    )
    return tuple(
        SetAsideKind(form, why or "", *rest) for form, why, *rest in session.execute(query)
    )


def set_aside_older_than(session: Session, day: date) -> tuple[SetAsideRow, ...]:
    """Return the messages still set aside that came before a London day, oldest first; 500 at most.

    How old is too old is said by ``set_aside_too_old``.
    """
    before = datetime.combine(day, time(), LONDON).astimezone(UTC)
    query = (
        _rows_query()
        .where(to_look_at())
        .where(col(CourtMessage.received_at) < before)
        .order_by(col(CourtMessage.id))
        .limit(_MOST_OLD)
    )
    return tuple(_row(one, day) for one in session.execute(query))


def set_aside_too_old(session: Session, today: date) -> tuple[SetAsideRow, ...]:
    """Return the messages set aside for longer than 2 working days, oldest first; 500 at most.

    The number is ours and no rule of law: each may hold a sentence whose victim is not told.
    """
    day = today
    while working_days_between(day - timedelta(days=1), today) <= LONGEST_ASIDE:
        day -= timedelta(days=1)
    return set_aside_older_than(session, day)


def set_aside_message(
    session: Session, sealer: Sealer, actor: Actor, receipt: str, today: date
) -> SetAsideMessage:
    """Return one message that was set aside, with what is personal in it covered.

    Raises NotFound where there is none, or where it was read meanwhile.
    """
    message = message_to_look_at(session, actor, receipt)
    (row,) = session.execute(_rows_query().where(col(CourtMessage.id) == message.id)).all()
    alike = select(func.count()).where(to_look_at(), *_alike(session, receipt))
    asked = select(is_asked_about()).where(col(CourtMessage.id) == message.id)
    lines, whole = _lines(sealer, message.body) if message.body is not None else ((), False)
    return SetAsideMessage(
        _row(row, today),
        not session.execute(asked).scalar_one(),
        session.execute(alike).scalar_one(),
        _looks(session, message.id),
        message.body_removed_on,
        lines,
        whole,
        hand_entries(session, message.id),
    )


def hand_entries(session: Session, message_id: int) -> tuple[HandEntry, ...]:
    """Return what people read in a message, the first first."""
    message = (col(CourtMessage.receipt), col(CourtMessage.status))
    query = (
        select(*message, col(ReadByHand.entered_at), col(Account.name))
        .join(ReadByHand, col(CourtMessage.id) == col(ReadByHand.entry_id))
        .join(Account, col(Account.id) == col(ReadByHand.entered_by))
        .where(col(ReadByHand.message_id) == message_id)
        .order_by(col(ReadByHand.id))
    )
    return tuple(HandEntry(*found) for found in session.execute(query))


def _lines(sealer: Sealer, body: bytes) -> tuple[tuple[str, ...], bool]:
    """Return the lines of a message with what is personal covered, and whether all is there."""
    unopened: tuple[tuple[str, ...], bool] = ((UNOPENED,), False)
    return shown(lambda sealed: redacted(sealer.open(sealed)), body, unopened)


def message_text(session: Session, sealer: Sealer, actor: Actor, receipt: str) -> tuple[str, bool]:
    """Open a message that was set aside: its text, and whether that is all of it.

    Call it after ``casework.messages.set_aside.note_look`` was kept, and not before.
    """
    message = message_to_look_at(session, actor, receipt)
    if message.body is None:
        raise Conflict("The message itself has been removed: its time was over.")
    text = sealer.open(message.body).decode("utf-8", errors="replace")
    return text[:MOST_SHOWN], len(text) <= MOST_SHOWN


def message_to_look_at(session: Session, actor: Actor, receipt: str) -> CourtMessage:
    """Return a message that a person has, or had, to do with. Raises NotFound for any other."""
    require_may(actor, Act.SEE_SET_ASIDE)
    concerned = or_(to_look_at(), looked_at())
    query = select_one(CourtMessage).where(CourtMessage.receipt == receipt, concerned)
    message = session.exec(query).first()
    if message is None:
        raise NotFound("There is no such message that could not be read.")
    return message


def require_may_enter(session: Session, actor: Actor, receipt: str) -> None:
    """Raise NotAllowed, NotFound or Conflict where nothing can be entered for a message."""
    require_may(actor, Act.READ_BY_HAND)
    if message_to_look_at(session, actor, receipt).client_id == CLIENT:
        raise Conflict("This is an entry made by hand. Enter it again from the court's message.")


def _rows_query() -> Select[Any]:
    about = (col(Task.message_id) == col(CourtMessage.id), col(Task.kind) == TaskKind.SET_ASIDE)
    times = select(func.count()).where(*about).correlate(CourtMessage).scalar_subquery()
    still = (*about, col(Task.done_at).is_(None))
    due_on = select(func.min(col(Task.due_on))).where(*still).correlate(CourtMessage)
    columns: tuple[Any, ...] = (
        col(CourtMessage.receipt),
        col(CourtMessage.received_at),
        func.coalesce(col(FeedClient.name), col(CourtMessage.client_id)),
        col(CourtMessage.format),
        col(CourtMessage.problem),
        times,
        read_in_part(),
        due_on.scalar_subquery(),
    )
    its_client = col(FeedClient.client_id) == col(CourtMessage.client_id)
    return select(*columns).select_from(CourtMessage).outerjoin(FeedClient, its_client)


def _row(found: Any, today: date) -> SetAsideRow:
    receipt, received_at, client, form, problem, times, in_part, due_on = found
    days = working_days_between(london_date(received_at), today)
    told = (receipt, received_at, client, form, problem or "", times, days, in_part)
    return SetAsideRow(*told, due_on, due_on is not None and due_on < today)


def _alike(session: Session, receipt: str) -> tuple[ColumnElement[bool], ...]:
    query = select(col(CourtMessage.format), col(CourtMessage.problem))
    found = session.execute(query.where(col(CourtMessage.receipt) == receipt)).first()
    if found is None:
        raise NotFound("There is no such message that could not be read.")
    return (
        col(CourtMessage.format).is_not_distinct_from(found[0]),
        col(CourtMessage.problem).is_not_distinct_from(found[1]),
    )


def _looks(session: Session, message_id: int) -> tuple[Look, ...]:
    query = (
        select(col(Task.opened_on), col(Task.done_at), col(Task.answer), col(Task.note))
        .where(col(Task.message_id) == message_id, col(Task.kind) == TaskKind.SET_ASIDE)
        .order_by(col(Task.id))
        .limit(_MOST_KINDS)
    )
    return tuple(Look(*one) for one in session.execute(query))
