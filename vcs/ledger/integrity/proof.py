"""The proof that the ledger closes: what was told is held, and each sentence is in one state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from vcs import clock
from vcs.access.actors import Actor
from vcs.intake import identifiers
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.figures.counts import Ledger, recounted
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.ledger.records import LedgerProof
from vcs.sealing import Sealer, shown
from vcs.sentences.records import DecisionRecord, Sentence, SentenceReport
from vcs.terms import Role

LONGEST_WAIT = timedelta(hours=1)

PROVE_AGAIN = timedelta(hours=1)

_AT_A_TIME = 400

_NAMED_AT_MOST = 5

_EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)

_Told = Counter[tuple[str, str]]

"""How many people were sentenced, by case reference and day of sentence."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was counted, and what does not hold, in plain sentences that name nobody."""

    counts: dict[str, Any]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastProof:
    """The newest proof that was kept."""

    run_at: datetime
    closes: bool
    problems: tuple[str, ...]


def prove(session: Session, sealer: Sealer, now: datetime) -> Proof:
    """Prove the ledger over everything held. Reads all of it: once a night, not for a page."""
    found = recounted(session, _EVERYWHERE, Axis.REGION, Cell())
    told, not_held = _told(session, sealer)
    problems = [*invariant_problems(session, sealer), *_waiting(session, now), *not_held]
    if not found.closes:
        problems.append("The counts of messages or of sentences do not add up.")
    return Proof(_counts(found, told), tuple(problems))


def _counts(found: Ledger, told: int) -> dict[str, Any]:
    return {
        "received": found.received,
        "messages": {str(one): count for one, count in found.messages.items()},
        "told": told,
        "held": found.held,
        "states": {str(one): count for one, count in found.total.states.items()},
        "unaccounted": found.total.unaccounted,
    }


def _waiting(session: Session, now: datetime) -> list[str]:
    query = select(col(CourtMessage.receipt)).where(
        col(CourtMessage.status) == MessageStatus.WAITING,
        col(CourtMessage.received_at) < now - LONGEST_WAIT,
    )
    late = session.execute(query.limit(_NAMED_AT_MOST)).scalars().all()
    return [f"Messages that have waited for over an hour: {', '.join(late)}."] if late else []


def _told(session: Session, sealer: Sealer) -> tuple[int, list[str]]:
    """Count the people in read messages, and list messages whose sentence we have no record of."""
    count, lost, last = 0, list[str](), 0
    while batch := _batch(session, last):
        told = {message.id: _people(sealer, message.result_json) for message in batch}
        count += sum(people.total() for people in told.values())
        held = _held(session, {case for people in told.values() for case, _ in people})
        reports = _reports(session, batch)
        lost += (
            m.receipt
            for m in batch
            if reports[m.id] < told[m.id].total() or not _all_held(session, m, told[m.id], held)
        )
        last = batch[-1].id
    named = f"{', '.join(lost[:_NAMED_AT_MOST])}{' and more' if len(lost) > _NAMED_AT_MOST else ''}"
    return count, [f"Messages that tell of a sentence we do not hold: {named}."] if lost else []


def _batch(session: Session, after: int) -> list[Row[Any]]:
    columns: tuple[Any, ...] = (
        col(CourtMessage.id),
        col(CourtMessage.receipt),
        col(CourtMessage.hearing_id),
        col(CourtMessage.result_json),
    )
    query = (
        select(*columns)
        .where(col(CourtMessage.status) == MessageStatus.READ, col(CourtMessage.id) > after)
        .where(col(CourtMessage.result_json).is_not(None))
        .order_by(col(CourtMessage.id))
        .limit(_AT_A_TIME)
    )
    return list(session.execute(query).all())


def _people(sealer: Sealer, result: bytes) -> _Told:
    entries: list[dict[str, str]] = shown(sealer.open_json, result, [])
    return Counter(
        (identifiers.case_reference(one["case_reference"]), one["sentenced_on"]) for one in entries
    )


def _reports(session: Session, batch: list[Row[Any]]) -> Counter[int]:
    """Count the sentences of which each message is a report.

    A co-defendant's, told by another message of the same case and day, is none of them.
    """
    message = col(SentenceReport.message_id)
    query = select(message, func.count()).where(message.in_([one.id for one in batch]))
    counted: Counter[int] = Counter()
    for one, count in session.execute(query.group_by(message)):
        counted[one] = count
    return counted


def _held(session: Session, cases: set[str]) -> _Told:
    case, day = col(Sentence.case_key), col(Sentence.sentenced_on)
    found: _Told = Counter()
    for some in _in_parts(sorted(cases)):
        query = select(case, day, func.count()).where(case.in_(some)).group_by(case, day)
        for its_case, its_day, count in session.execute(query):
            found[its_case, its_day.isoformat()] = count
    return found


def _in_parts(cases: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(cases), _AT_A_TIME):
        yield cases[start : start + _AT_A_TIME]


def _all_held(session: Session, message: Row[Any], told: _Told, held: _Told) -> bool:
    """Say whether all that a message tells is held, also where the case has been renamed since."""
    missing = {day for key, count in told.items() if held[key] < count for day in key[1:]}
    return all(_held_by_another_name(session, message, day, told) for day in missing)


def _held_by_another_name(session: Session, message: Row[Any], day: str, told: _Told) -> bool:
    wanted = sum(count for (_, its_day), count in told.items() if its_day == day)
    on = col(Sentence.sentenced_on) == date.fromisoformat(day)
    decided = select(col(DecisionRecord.sentence_id)).where(
        col(DecisionRecord.message_id) == message.id
    )
    same_hearing = col(Sentence.hearing_id) == message.hearing_id
    # The hearing first: it has an index, and what a message decided has none.
    for held in (same_hearing, col(Sentence.id).in_(decided)):
        query = select(func.count(col(Sentence.id))).where(on, held)
        if int(session.execute(query).scalar_one()) >= wanted:
            return True
    return False


def last_proof(session: Session, now: datetime) -> LastProof | None:
    """Return the newest proof that was kept; None where there is none yet.

    A proof from after ``now``, which a clock that was put back leaves behind, does not count.
    """
    newest = (col(LedgerProof.run_at).desc(), col(LedgerProof.id).desc())
    query = select(LedgerProof).where(col(LedgerProof.run_at) <= now).order_by(*newest)
    kept = session.execute(query.limit(1)).scalars().first()
    if kept is None:
        return None
    return LastProof(kept.run_at, kept.closes, tuple(json.loads(kept.problems)))


def proof_due(session: Session, now: datetime) -> bool:
    """Say whether to prove now: once each London day, and each hour while it does not close."""
    last = last_proof(session, now)
    if last is None:
        return True
    is_of_today = clock.london_date(last.run_at) == clock.london_date(now)
    return not is_of_today or (not last.closes and now - last.run_at >= PROVE_AGAIN)
