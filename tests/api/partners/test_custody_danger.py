"""What a prison tells of danger is never silent: it is recorded, or a person is asked that day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.api.office import LEEDS, Office
from vcs.access.records import ClientKind
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.custody.readings import FOLLOWS, TELL_OF_DANGER
from vcs.custody.records import CustodyFact, CustodyMark, CustodyMessage
from vcs.custody.sources.reading import facts_of
from vcs.events.records import KeyEvent
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence, SentenceMark
from vcs.tasks.records import Task

Told = dict[str, Any]

SENTENCED_ON = date(2026, 3, 2)


def movement(kind: str, code: str) -> Told:
    return {"movementType": kind, "movementReasonCode": code, "day": "movementDate"}


def report(kind: str) -> Told:
    return {"reportReference": "65", "type": kind, "day": "incidentDateAndTime"}


def at_large(why: str) -> Told:
    adjusted = {"adjustmentType": "UNLAWFULLY_AT_LARGE", "unlawfullyAtLarge": {"type": why}}
    return adjusted | {"day": "fromDate"}


def published(kind: str) -> Told:
    return {"eventType": kind, "day": "occurredAt"}


TELLS: dict[str, Told] = {
    "escaped": movement("REL", "ESCP"),
    "absconded": movement("REL", "UAL"),
    "released_in_error": report("RELEASED_IN_ERROR_1"),
    "not_returned": published("person.temporary-absence.overdue"),
    "time_served": published("create-and-vary-a-licence.time-served-licence.activated"),
    "recaptured": movement("ADM", "RECA"),
    "back_after_release_in_error": movement("ADM", "ETRRIE"),
    "danger_in_doubt": movement("TRN", "ESCP"),
    "unlawfully_at_large": at_large("A NEW REASON"),
}
"""One message for each reading that tells of danger; ``day`` names the field of its moment."""

Rows = list[Told]


def _at(told: Told, moment: str) -> Told:
    return {name: value for name, value in told.items() if name != "day"} | {told["day"]: moment}


def _beside(told: Told, at: datetime, kind: str, code: str, minutes: int) -> Rows:
    other = movement(kind, code)
    then = at + timedelta(minutes=minutes)
    return [_at(told, at.isoformat()), _at(other, then.isoformat())]


VARIATIONS: dict[str, Callable[[Told, datetime], Rows]] = {
    "alone": lambda told, at: [_at(told, at.isoformat())],
    "received again within the hour": lambda told, at: _beside(told, at, "ADM", "L", 40),
    "released within the hour before": lambda told, at: _beside(told, at, "REL", "CR", -40),
    "told twice": lambda told, at: [_at(told, at.isoformat())] * 2,
    "told late": lambda told, at: [_at(told, (at - timedelta(days=2)).isoformat())],
    "of the day before the sentence": lambda told, at: [
        _at(told, datetime.combine(SENTENCED_ON - timedelta(days=1), at.time()).isoformat())
    ],
    "with bad optional fields": lambda told, at: [
        _at(told, at.isoformat())
        | {"dateOfBirth": "UNKNOWN", "sentenceStartDate": "31/31/2026", "lastName": "\ud800"}
    ],
    "with a bad hour": lambda told, at: [_at(told, f"{at.date()}T25:00:00")],
    "with a bad day": lambda told, _: [_at(told, "31/02/2026")],
    "with a day that may be two": lambda told, _: [_at(told, "03/04/2026")],
}

CASES = [(reading, how) for reading in TELLS for how in VARIATIONS]

IS_OVER = {("recaptured", "of the day before the sentence")}
IS_OVER |= {("back_after_release_in_error", "of the day before the sentence")}
"""They were back before they were sentenced."""


def test_each_reading_that_tells_of_danger_has_a_message_here() -> None:
    assert set(TELLS) == TELL_OF_DANGER
    assert set(FOLLOWS) >= TELL_OF_DANGER
    for reading, told in TELLS.items():
        (fact,) = facts_of(json.dumps(_at(told, "2026-11-23T10:00:00")).encode())
        assert fact.reading == reading


def number(n: int) -> str:
    return f"Z{n:04d}ZZ"


def sentence_everybody(office: Office) -> None:
    """Let a court sentence one offender for each case, whose prison number is known."""
    made = result("IMP", SENTENCED_ON, "3 Years")
    count = offence("OF61131", "Wounding", [made], date(2025, 9, 1))
    people = [
        person(f"Name{n}", f"Surname{n}", date(1980, 1, 1) + timedelta(days=n), [count])
        for n, _ in enumerate(CASES)
    ]
    office.tell(as_bytes(hearing("13EX0000126", LEEDS, SENTENCED_ON, people)))
    with office.app.state.door.db.writing() as session:
        ids = session.exec(select(Sentence.id).order_by(col(Sentence.id))).all()
        for n, sentence_id in enumerate(ids):
            mark = mark_of(Number.NOMS, number(n))
            session.add(SentenceMark(sentence_id=sentence_id, mark=mark, kind="NOMS"))


def answers(session: Session, n: int, today: date) -> Iterator[str]:
    """Yield what became of one case: each event of danger, and each question due today."""
    mark = mark_of(Number.NOMS, number(n))
    facts = select(CustodyFact.task_id, CustodyFact.event_id).join(
        CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id)
    )
    for task_id, event_id in session.exec(facts.where(CustodyMark.mark == mark)).all():
        task = session.get(Task, task_id) if task_id else None
        if task is not None and task.done_at is None and task.due_on == today:
            yield task.kind
        if event_id is not None:
            yield session.get_one(KeyEvent, event_id).kind
    sentence = select(SentenceMark.sentence_id).where(SentenceMark.mark == mark)
    of_sentence = select(KeyEvent.kind).join(Referral, col(Referral.id) == KeyEvent.referral_id)
    yield from session.exec(of_sentence.where(Referral.sentence_id == session.exec(sentence).one()))


HARMLESS = {"released", "recalled"}


def test_each_danger_is_recorded_or_asked_about_today_whatever_stands_beside_it(
    office: Office,
) -> None:
    office.clock.move_to(SENTENCED_ON)
    sentence_everybody(office)
    office.clock.move_to(date(2026, 4, 15))
    at = datetime(2026, 4, 15, 7, tzinfo=UTC)
    rows = [
        one | {"prisonerNumber": number(n)}
        for n, (reading, how) in enumerate(CASES)
        for one in VARIATIONS[how](TELLS[reading], at)
    ]
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.CUSTODY)}"}
    body = json.dumps(rows).encode()
    assert office.client.post("/custody-events", content=body, headers=bearer).status_code == 202
    door, later = office.app.state.door, office.clock.now() + timedelta(hours=3)
    read_custody(door.db, door.sealer, 10, office.clock.now())
    settle_custody(door.db, door.sealer, 1000, office.clock.now())
    settle_custody(door.db, door.sealer, 1000, later)
    with door.db.reading() as session:
        silent = [
            case
            for n, case in enumerate(CASES)
            if case not in IS_OVER and not set(answers(session, n, office.clock.today())) - HARMLESS
        ]
        assert silent == []
        assert session.exec(select(CustodyMessage.status)).one() == "read"
