"""What these stories have in common: an offender with numbers, and a prison that tells of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlmodel import col, select

from tests.journeys.world import World, a_victim
from tests.journeys.world import told as court_told
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.custody.keep import keep_message
from vcs.custody.reads import FactReport, fact_reports
from vcs.events.offender import events_of, latest_whereabouts, referrals_of_offender
from vcs.events.records import KeyEvent
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.referrals.records import Referral
from vcs.sentences.records import SentenceMark
from vcs.tasks.records import Task

NOMS = "Z1234ZZ"

TUESDAY_24_NOVEMBER = date(2026, 11, 24)


def sentenced(
    world: World, noms: str = NOMS, urn: str = "13EX0000126", name: str = "Madeup"
) -> str:
    """Let a court sentence somebody whose prison number is known, with a victim; their referral."""
    world.court_tells(court_told(date(2026, 3, 20), (name, "IMP", "3 Years"), urn=urn))
    with world.db.writing() as session:
        last = max(one.id for one in world.sentences())
        mark = mark_of(Number.NOMS, noms)
        session.add(SentenceMark(sentence_id=last, mark=mark, kind="NOMS"))
    reference = world.referrals()[-1]
    world.refer(
        reference, a_victim(name=f"Nia of {name}", address_lines=(f"9 {name} Road", "Leeds"))
    )
    return reference


def event(kind: str, at: str, reason: str = "", code: str = "", noms: str = NOMS) -> dict[str, Any]:
    """Return a domain event as prisons publish it."""
    more = {"nomsNumber": noms, "reason": reason, "prisonId": "ZZI"}
    return {
        "eventType": kind,
        "version": 1,
        "occurredAt": at,
        "additionalInformation": more | ({"nomisMovementReasonCode": code} if code else {}),
        "personReference": {"identifiers": [{"type": "NOMS", "value": noms}]},
    }


def released(at: str, code: str = "CR", **more: str) -> dict[str, Any]:
    return event("prison-offender-events.prisoner.released", at, "RELEASED", code, **more)


def movement(kind: str, reason: str, at: str, noms: str = NOMS) -> dict[str, Any]:
    """Return a row of movements; ``at`` is a day, with an hour or without."""
    day, _, hour = at.partition(" ")
    row = {"offenderNo": noms, "movementType": kind, "movementReasonCode": reason}
    return row | {"movementDate": day} | ({"movementTime": hour} if hour else {})


def report(kind: str, at: str, noms: str = NOMS, reference: str = "6543") -> dict[str, Any]:
    """Return an incident report about one prisoner."""
    return {
        "reportReference": reference,
        "type": kind,
        "incidentDateAndTime": at,
        "prisonersInvolved": [{"prisonerNumber": noms}],
    }


def where(world: World, reference: str) -> str:
    """Return where an offender is, as far as events tell; "" where none does."""
    with world.db.reading() as session:
        referral = session.exec(select(Referral).where(Referral.reference == reference)).one()
        found = events_of(session, referrals_of_offender(session, world.sealer, referral))
    latest = latest_whereabouts(found, world.today)
    return str(latest.kind) if latest else ""


def questions(world: World) -> list[str]:
    """Return every open question about what was told, oldest first."""
    with world.db.reading() as session:
        query = select(Task).where(
            col(Task.done_at).is_(None), col(Task.kind).startswith("custody")
        )
        return [one.question for one in session.exec(query.order_by(col(Task.id)))]


def tells(world: World, *events: Any) -> list[FactReport]:
    """Let a prison tell, each in a message of its own, and settle; return how each ended."""
    found: list[FactReport] = []
    for one in events:
        body = one if isinstance(one, bytes) else json.dumps(one).encode()
        with world.db.writing() as session:
            kept = keep_message(session, world.sealer, body, ("prison", world.clock.now()))
        settle(world)
        with world.db.reading() as session:
            found += fact_reports(session, kept.receipt)
    return found


def settle(world: World) -> None:
    read_custody(world.db, world.sealer, 100, world.clock.now())
    settle_custody(world.db, world.sealer, 100, world.clock.now())


def events(world: World) -> list[KeyEvent]:
    """Return the key events, in the order in which they happened."""
    with world.db.reading() as session:
        ordered = select(KeyEvent).order_by(col(KeyEvent.happened_on), col(KeyEvent.id))
        return list(session.exec(ordered))


def kinds(world: World) -> list[tuple[str, date]]:
    return [(one.kind, one.happened_on) for one in events(world)]
