"""One value that no key opens: shown as such, asked about once, and in nobody's way."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text, update
from sqlmodel import Session, SQLModel

from api.staff.referrals.view import referral_page
from tests.journeys.world import World, told, world
from vcs.access.records import FeedClient
from vcs.consequences.messages.desk import UNOPENED as ASIDE
from vcs.errors import CannotOpen
from vcs.intake.records import CourtMessage
from vcs.ledger.worklists.worklist import worklist
from vcs.partners.records import ReferralRequest
from vcs.sealing import UNOPENED, Sealer
from vcs.sentences.records import Sentence, SentenceReport
from vcs.tables import table_of
from vcs.terms import Role
from vcs.victims.person import opened
from vcs.victims.records import PersonRecord

__all__ = ["world"]

STRANGER = Sealer("b3RoZXIga2V5IGZvciB0aGUgdGVzdHMsIDMyIGJ5dCE=")

DAMAGED = b"\x03damaged"


def spoil(
    world: World, model: type[SQLModel], column: str, row_id: int, value: bytes = DAMAGED
) -> None:
    table = table_of(model)
    with world.db.engine.begin() as connection:
        connection.execute(update(table).where(table.c.id == row_id).values({column: value}))


def asked(world: World) -> list[str]:
    """Return the questions of this kind that an administrator sees."""
    return [one.question for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "cannot_open"]


def test_a_list_shows_one_that_cannot_be_opened_among_the_others(world: World) -> None:
    world.court_tells(told(), told(urn="13EX0000226"))
    spoil(world, Sentence, "offender_name", 1, STRANGER.seal_text("Somebody"))
    with world.db.reading() as session:
        manager = world.people[Role.MANAGER]
        page = worklist(session, world.sealer, manager, world.today)
        names = sorted(row.offender_name for row in page.rows)
        shown = referral_page(
            session,
            world.sealer,
            manager,
            next(row.reference for row in page.rows if row.offender_name == UNOPENED),
            world.today,
        )
    assert names == [UNOPENED, "Colin Madeup"]
    assert shown.sentence.offender_name == UNOPENED


def test_an_administrator_is_asked_once_about_each(world: World) -> None:
    world.court_tells(told())
    spoil(world, Sentence, "offender_name", 1)
    for _ in range(3):
        world.sweep()
    (question,) = asked(world)
    assert "sentence" in question
    assert "cannot be opened" in question
    assert "Madeup" not in question
    assert all(one.kind != "cannot_open" for one in world.tasks(Role.MANAGER))


def test_where_a_whole_key_is_lost_a_few_questions_are_enough(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(12)))
    table = table_of(Sentence)
    with world.db.engine.begin() as connection:
        connection.execute(update(table).values(offender_name=DAMAGED, offender_address=DAMAGED))
    world.sweep()
    assert len(asked(world)) == 20


def test_a_message_that_cannot_be_opened_stops_no_other(world: World) -> None:
    world.keep(told(), told(urn="13EX0000226"), told(urn="13EX0000326"))
    spoil(world, CourtMessage, "body", 2, STRANGER.seal(b"{}"))
    assert world.read() == 3
    with world.db.reading() as session:
        query = "SELECT status, problem FROM court_message ORDER BY id"
        held = [tuple(row) for row in session.execute(text(query))]
    assert held == [("read", None), ("set_aside", ASIDE), ("read", None)]
    world.sweep()
    kinds = [one.kind for one in world.tasks(Role.ADMINISTRATOR)]
    assert kinds == ["set_aside"]
    assert asked(world) == []


def test_a_request_that_cannot_be_opened_is_an_administrators(world: World) -> None:
    with world.db.writing() as session:
        day = date(2026, 3, 20)
        session.add(
            ReferralRequest(
                receipt="R-1",
                client_id="c",
                identity="i",
                content_hash="h",
                kind="referral",
                received_at=world.clock.now(),
                received_on=day,
                ask_on=day,
                body=DAMAGED,
            )
        )
        world_client(session)
    world.sweep()
    world.sweep()
    (question,) = asked(world)
    assert "R-1" in question


def world_client(session: Session) -> None:
    client = FeedClient(client_id="c", name="c", secret_hash="h", kind="witness_care")
    session.add(client)


def test_what_a_message_said_that_cannot_be_opened_leaves_the_sentence_readable(
    world: World,
) -> None:
    (receipt,) = world.court_tells(told())
    world.sweep()  # all that is stored is decided by today's law; what is spoiled now stays so
    spoil(world, SentenceReport, "told", 1)
    spoil(world, CourtMessage, "result_json", 1)
    world.court_tells(told(shared_at="17:30:00"))
    assert "cannot be opened" in world.receipt(receipt["receipt"])["problem"]
    world.sweep()
    assert asked(world)
    assert any("cannot be opened" in words for words in world.problems())


def test_one_victim_is_never_opened_as_somebody_else(world: World) -> None:
    sealed = world.sealer.seal_json(["1 Pretend Lane"])
    for value in (DAMAGED, sealed):
        person = PersonRecord(
            reference="V", sealed=value, format_needs_sealed=value, entered_by_account_id=1
        )
        with pytest.raises(CannotOpen):
            opened(world.sealer, person)


def test_every_column_is_looked_at_in_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vcs.keys.unopened.AT_A_TIME", 2)
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(7)))
    spoil(world, Sentence, "offender_address", 7)
    for _ in range(4):
        world.sweep()
    assert len(asked(world)) == 1


def test_a_calendar_that_runs_out_is_a_task_once(world: World) -> None:
    world.clock.move_to(date(2027, 12, 31))
    world.sweep()
    assert not [one for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "calendar"]
    for day in (date(2028, 1, 1), date(2028, 1, 2)):
        world.clock.move_to(day)
        world.sweep()
    (task,) = [one for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "calendar"]
    assert "31 December 2028" in task.question
