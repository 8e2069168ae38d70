"""Record court messages: decisions, referrals, deadlines and questions in one transaction.

A message may add duties by itself. It never withdraws a referral: that takes a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from vcs import clock
from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.consequences.hidden.follow import follow_into_new
from vcs.consequences.messages.follow import apply_consequences, ask_about_lost
from vcs.consequences.people.addresses_told import compare_addresses_again
from vcs.consequences.people.one_offender import ask_where_ids_agree
from vcs.database import lock
from vcs.intake.message import SET_ASIDE, MessageRead, Sentenced
from vcs.intake.reading import read
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.regions import police_area_of_court, region_of_court
from vcs.intake.results.learned import NONE, Meanings
from vcs.law import archive
from vcs.law.deadlines.due import answer_due
from vcs.law.eligibility import decide
from vcs.sealing import Sealer
from vcs.sentences.answer import sentenced_entry
from vcs.sentences.case_addresses import keep_addresses, sentences_in
from vcs.sentences.enquiries import meanings
from vcs.sentences.enquiries.awaited_codes import waiting_in
from vcs.sentences.history import reports
from vcs.sentences.history.reports import Decided, MessageToRecord, Share
from vcs.sentences.saving.save import save_messages
from vcs.sentences.saving.sentence_work import SentenceWork
from vcs.sentences.saving.settle import resolve
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

_LOCK = 0x76637303

_MESSAGES = table_of(CourtMessage)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that was read and decided, with what is to be kept of it already sealed."""

    read: MessageRead
    decided: tuple[Decided, ...]
    result: bytes | None

    def of(self, message_id: int, receipt: str, content: str) -> MessageToRecord:
        """Return it with the message that it was read from."""
        return MessageToRecord(message_id, receipt, content, self.read, self.decided, self.result)


def prepare(body: bytes, sealer: Sealer, learned: Meanings = NONE) -> Prepared:
    """Read and decide a message. Touches no database, so that it holds up no other writer.

    ``learned`` is what people said of result codes that no table holds.
    """
    told = read(body, learned)
    decided: dict[str, Decided] = {}
    for one in (*told.sentenced, *told.deaths):
        # Two people whom a message does not tell apart are two people all the same.
        key, again = one.key, 2
        while key in decided:
            key, again = f"{one.key}:{again}", again + 1
        decided[key] = _decide(key, one, sealer)
    listed = list(decided.values())[: len(told.sentenced)]
    entries = [sentenced_entry(one.sentenced, one.decision) for one in listed]
    sealed = sealer.seal_json(entries) if entries else None
    return Prepared(told, tuple(decided.values()), sealed)


def _decide(key: str, sentenced: Sentenced, sealer: Sealer) -> Decided:
    decision = decide(sentenced.facts)
    facts, made = archive.facts_json(sentenced.facts), archive.decision_json(decision)
    region = region_of_court(sentenced.court_code)
    return Decided(
        key,
        sentenced,
        decision,
        facts,
        archive.digest_of(facts),
        made,
        archive.digest_of(made),
        sealer.seal_text(sentenced.offender_name),
        sealer.seal_json(sentenced.offender_address),
        sealer.seal_json(_told(sentenced)),
        region.code if region else None,
        police_area_of_court(sentenced.court_code),
    )


def _told(sentenced: Sentenced) -> dict[str, Any]:
    born = sentenced.facts.date_of_birth
    tied = {"tied": sentenced.tied_addresses} if sentenced.tied_addresses else {}
    return tied | {
        "case_reference": sentenced.case_reference,
        "court_code": sentenced.court_code,
        "court_name": sentenced.court_name,
        "date_of_birth": born.isoformat() if born else None,
        "name": sentenced.offender_name,
        "address": sentenced.offender_address,
    }


def record(
    session: Session,
    sealer: Sealer,
    batch: Sequence[MessageToRecord],
    now: datetime,
    found_on: date | None = None,
) -> int:
    """Record prepared messages that still wait, all of them or none, in the caller's transaction.

    ``found_on`` is the day on which they are read again after a correction of ours; None for what
    arrives. Returns how many were recorded here; what somebody else has in hand is left alone.
    """
    lock(session, _LOCK)
    today = clock.london_date(now)
    ours = _still_waiting(session, [one.message_id for one in batch])
    mine = [one for one in batch if one.message_id in ours]
    aside = [one for one in mine if one.read.status == SET_ASIDE]
    for one in aside:
        set_message_aside(session, one, now, today)
    books = SentenceWork(session, sealer, now, today)
    _record(books, [one for one in mine if one.read.status != SET_ASIDE], found_on)
    if aside:
        # Put back for the meaning of a code and unreadable now: the sentence has its own question.
        follow(books, waiting_in(session, [one.message_id for one in aside]), found_on)
    return len(mine)


def _still_waiting(session: Session, message_ids: list[int]) -> set[int]:
    """Lock the messages that are still waiting, skipping rows another process holds."""
    still = (_MESSAGES.c.id.in_(message_ids), _MESSAGES.c.status == MessageStatus.WAITING)
    query = select(_MESSAGES.c.id).where(*still).with_for_update(skip_locked=True)
    return set(session.execute(query).scalars())


def _record(books: SentenceWork, batch: list[MessageToRecord], found_on: date | None) -> None:
    if not batch:
        return
    session, now, today = books.session, books.now, books.today
    known = reports.shares_of(session, (told.read.hearing_id for told in batch))
    _settle_messages(session, batch, _older(batch, known), now)
    _ask_about_the_rest(session, batch, today)
    open_tasks(session, _about_codes(batch), today)
    cases = keep_addresses(session, books.sealer, batch, now)
    touched = save_messages(books, batch)
    touched |= reports.sentences_of(session, known)
    follow(books, touched, found_on)
    follow_into_new(session, books.sealer, touched, now)
    ask_where_ids_agree(session, books.sealer, touched, now)
    compare_addresses_again(session, books.sealer, sentences_in(session, cases), now)


def follow(books: SentenceWork, sentence_ids: Iterable[int], found_on: date | None = None) -> None:
    """Bring sentences in line with every report on them, with all that follows from it."""
    settled, withdrawn = resolve(books, sentence_ids)
    if withdrawn:
        ask_about_lost(books.session, withdrawn, books.today, books.now)
    if settled:
        apply_consequences(books.session, settled, books.today, books.now, found_on)
        told = [one.sentence_id for one in settled]
        compare_addresses_again(books.session, books.sealer, told, books.now)


def _older(batch: Iterable[MessageToRecord], known: Iterable[Share]) -> set[int]:
    """Return the messages that are older than one about the same hearing that came before."""
    older: set[int] = set()
    held = list(known)
    for told in batch:
        share = told.orders()
        if any(share.is_before(one) and share.is_about(one) for one in held):
            older.add(told.message_id)
        held.append(share)
    return older


def _settle_messages(
    session: Session, batch: list[MessageToRecord], older: set[int], now: datetime
) -> None:
    rows = []
    for told in batch:
        late = told.message_id in older
        status = MessageStatus.OLDER_THAN_HELD if late else MessageStatus.READ
        rows.append(_outcome(told.message_id, told.read, status, now, result_json=told.result))
        event = "message.older_than_held" if late else "message.read"
        in_part = ", read in part" if told.read.in_part else ""
        detail = f"{len(told.read.sentenced)} sentenced{in_part}"
        trail.note(session, trail.Note(now, SYSTEM, event, told.receipt, detail))
    _update_messages(session, rows)


def _ask_about_the_rest(session: Session, batch: list[MessageToRecord], today: date) -> None:
    """Ask a person, once for each message, to look at what could not be read of it."""
    asked = "A court message could be read only in part, and what was read counts. {} {}"
    questions = [
        _to_be_read_by_hand(one, asked.format(one.read.problem, _REST), today)
        for one in batch
        if one.read.in_part
    ]
    open_tasks(session, questions, today)


def _about_codes(batch: list[MessageToRecord]) -> list[Question]:
    """Return a question for each result code that no table holds, once for the code."""
    told = (
        (one.read.format or "", sentenced.facts)
        for one in batch
        for sentenced in one.read.sentenced
    )
    return meanings.questions(told)


_REST = "Read the rest by hand: it may hold a sentence."


def _to_be_read_by_hand(one: MessageToRecord, asked: str, today: date) -> Question:
    key = f"set_aside:{one.receipt}"
    due_on = answer_due(today)
    return Question(key, TaskKind.SET_ASIDE, asked, message_id=one.message_id, due_on=due_on)


def set_message_aside(session: Session, one: MessageToRecord, now: datetime, today: date) -> None:
    """Set a message aside, with a task for a person to read it by hand."""
    row = _outcome(one.message_id, one.read, MessageStatus.SET_ASIDE, now)
    _update_messages(session, [row])
    asked = f"A court message could not be read. {one.read.problem} Read it by hand."
    open_tasks(session, [_to_be_read_by_hand(one, asked, today)], today)
    trail.note(session, trail.Note(now, SYSTEM, "message.set_aside", one.receipt))


def _outcome(
    message_id: int,
    told: MessageRead,
    status: MessageStatus,
    now: datetime,
    *,
    result_json: bytes | None = None,
) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "status": str(status),
        "format": told.format,
        "hearing_id": told.hearing_id,
        "hearing_day": told.hearing_day,
        "hearing_deleted": told.deleted,
        "shared_at": told.shared_at,
        "read_at": now,
        "problem": told.problem,
        "result_json": result_json,
    }


def _update_messages(session: Session, rows: list[dict[str, Any]]) -> None:
    values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "message_id"}
    which = _MESSAGES.c.id == bindparam("message_id")
    session.connection().execute(update(_MESSAGES).where(which).values(values), rows)
