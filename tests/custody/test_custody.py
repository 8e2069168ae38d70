"""What a prison tells opens the set of who is told, in the order in which it happened."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import select

from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    event,
    events,
    kinds,
    released,
    sentenced,
    settle,
    tells,
)
from tests.journeys.world import World
from vcs.access.actors import Actor
from vcs.custody.answer import WhoseAnswer, say_whose
from vcs.custody.facts.settle import LOOK_AGAIN_AFTER, look_again
from vcs.custody.records import CustodyFact, CustodyMessage
from vcs.events.offender import latest_whereabouts
from vcs.referrals.questions import task_reads
from vcs.referrals.questions.task_reads import TaskRow
from vcs.terms import Role

INSTANT_OUT = "prisoner-offender-search.prisoner.released"
INSTANT_IN = "prisoner-offender-search.prisoner.received"
LATER_IN = "prison-offender-events.prisoner.received"


def test_events_that_come_late_are_ordered_by_when_they_happened(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    ended = tells(
        world,
        event(LATER_IN, "2026-11-02T09:00:00Z", "READMISSION"),
        released("2026-10-30T10:00:00Z"),
        released("2026-11-16T10:05:00Z"),
    )
    assert [one.ends_as for one in ended] == ["recorded"] * 3
    assert kinds(world) == [
        ("released", date(2026, 10, 30)),
        ("back_in_custody", date(2026, 11, 2)),
        ("released", date(2026, 11, 16)),
    ]
    latest = latest_whereabouts(events(world), world.today)
    assert latest is not None
    assert latest.happened_on == date(2026, 11, 16)
    for one in events(world):
        assert one.recorded_at.date() == TUESDAY_24_NOVEMBER
        assert "late" in world.sealer.open_json(one.sealed)["words"]
    assert world.problems() == []


def test_the_same_again_changes_nothing(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    first = tells(world, released("2026-11-16T10:05:00Z"))
    again = tells(world, released("2026-11-16T10:05:00Z"), [released("2026-11-16T10:05:00Z")])
    assert [one.ends_as for one in first] == ["recorded"]
    assert [one.ends_as for one in again] == ["recorded"]
    assert len(events(world)) == 1


@pytest.mark.parametrize(
    ("reason", "code"), [("SENT_TO_COURT", "CRT"), ("TRANSFERRED", "28"), ("TRANSFERRED", "")]
)
def test_not_every_release_is_one(world: World, reason: str, code: str) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    kind = "prison-offender-events.prisoner.released"
    assert [
        one.ends_as for one in tells(world, event(kind, "2026-11-16T10:05:00Z", reason, code))
    ] == ["nothing"]
    assert kinds(world) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [("DEC", "died"), ("HP", "to_hospital"), ("ETR", "removed"), ("UAL", "absconded")],
)
def test_the_reason_of_the_movement_says_what_it_was(world: World, code: str, kind: str) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-11-16T10:05:00Z", code))
    assert kinds(world) == [(kind, date(2026, 11, 16))]


def test_what_is_undone_within_the_hour_is_told_to_nobody(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    now = world.clock.now()
    (out,) = tells(world, event(INSTANT_OUT, now.isoformat(), "RELEASED"))
    assert out.ends_as == "waiting"
    world.clock.move_to(now + timedelta(minutes=20))
    (back,) = tells(world, event(INSTANT_IN, world.clock.now().isoformat(), "READMISSION"))
    assert back.ends_as == "waiting"
    world.clock.move_to(now + timedelta(minutes=90))
    settle(world)
    assert kinds(world) == []


def test_what_is_not_undone_is_recorded_after_an_hour_and_counts_from_when_we_knew(
    world: World,
) -> None:
    sentenced(world)
    late = datetime(2026, 11, 24, 23, 30, tzinfo=world.clock.now().tzinfo)
    world.clock.move_to(late)
    tells(world, event(INSTANT_OUT, late.isoformat(), "RELEASED"))
    assert kinds(world) == []
    world.clock.move_to(late + timedelta(minutes=60))
    settle(world)
    (one,) = events(world)
    assert (one.kind, one.recorded_at) == ("released", late)
    assert one.tell_by_at.date() == late.date()


def test_a_second_event_of_the_prison_ends_the_wait(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    now = world.clock.now()
    tells(world, event(INSTANT_OUT, now.isoformat(), "RELEASED"))
    world.clock.move_to(now + timedelta(minutes=45))
    assert [one.ends_as for one in tells(world, released(now.isoformat()))] == ["recorded"]
    (one,) = events(world)
    assert one.recorded_at == now
    world.clock.move_to(now + timedelta(minutes=61))
    settle(world)
    assert len(events(world)) == 1


def test_somebody_out_on_the_day_of_sentence_is_danger_and_waits_for_nothing(world: World) -> None:
    sentenced(world)
    world.clock.move_to(date(2026, 3, 20))
    now = world.clock.now()
    tells(world, event(INSTANT_OUT, now.isoformat(), "RELEASED"))
    assert kinds(world) == [("time_served", date(2026, 3, 20))]


def test_a_death_goes_before_a_release_of_that_day(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    both = [released("2026-11-23T10:00:00Z"), released("2026-11-23T11:00:00Z", "DEC")]
    ended = {one.reading: one.ends_as for one in tells(world, both)}
    assert ended == {"died": "recorded", "released_on_licence": "nothing"}
    (later,) = tells(world, released("2026-11-24T08:00:00Z"))
    assert later.ends_as == "check"
    assert kinds(world) == [("died", date(2026, 11, 23))]


def test_a_release_in_error_is_read_from_reports_and_adjustments(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    report = {
        "reportReference": "6543",
        "type": "RELEASE_IN_ERROR_1",
        "incidentDateAndTime": "2026-11-23T10:00:00",
        "prisonersInvolved": [
            {"prisonerNumber": NOMS, "prisonerRole": "PERPETRATOR"},
            {"prisonerNumber": "Z9999ZZ", "prisonerRole": "PRESENT_AT_SCENE"},
        ],
    }
    assert [one.ends_as for one in tells(world, report)] == ["recorded", "nothing"]
    assert kinds(world) == [("released_in_error", date(2026, 11, 23))]
    assert any("Tell people now" in mail["Subject"] for mail in _mailed(world))


def _mailed(world: World) -> list[EmailMessage]:
    world.sweep()
    return world.mail()


def test_an_adjustment_says_later_that_a_release_was_in_error(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-11-02T10:00:00Z"))
    adjustment = {
        "person": NOMS,
        "adjustmentType": "UNLAWFULLY_AT_LARGE",
        "fromDate": "2026-11-02",
        "toDate": "2026-11-05",
        "unlawfullyAtLarge": {"type": "RELEASE_IN_ERROR"},
    }
    tells(world, adjustment)
    assert kinds(world) == [
        ("released", date(2026, 11, 2)),
        ("released_in_error", date(2026, 11, 2)),
        ("back_in_custody", date(2026, 11, 5)),
    ]


def test_back_after_an_error_that_nobody_told_records_the_error(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-11-02T10:00:00Z"))
    tells(world, event(LATER_IN, "2026-11-04T09:00:00Z", "ADMISSION", "ETRRIE"))
    assert [kind for kind, _ in kinds(world)] == [
        "released",
        "released_in_error",
        "back_in_custody",
    ]


def test_an_event_of_nobody_is_one_task_and_a_person_says_whose_it_is(world: World) -> None:
    reference = sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    stranger = "Z7777ZZ"
    ended = tells(
        world,
        released("2026-11-16T10:05:00Z", noms=stranger),
        event(LATER_IN, "2026-11-20T10:05:00Z", "READMISSION", noms=stranger),
    )
    assert [one.ends_as for one in ended] == ["unmatched"] * 2
    admin = world.hire(Role.ADMINISTRATOR, "Admin")
    (task,) = [one for one in _tasks(world, admin) if one.kind == "custody_event"]
    with world.db.writing() as session:
        said = WhoseAnswer("another_region", region_code="N55", note="A Leeds case")
        say_whose(world.work(session, admin), task.reference, said)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        say_whose(work, task.reference, WhoseAnswer("ours", reference, note="Rang the prison"))
    assert [kind for kind, _ in kinds(world)] == ["released", "back_in_custody"]
    tells(world, released("2026-11-23T10:05:00Z", noms=stranger))
    assert len(events(world)) == 3
    assert world.problems() == []


def _tasks(world: World, who: Actor) -> tuple[TaskRow, ...]:
    with world.db.reading() as session:
        return task_reads.tasks(session, who, world.today).rows


def test_nobody_is_matched_by_name_and_prison(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    row = b"lastName,firstName,prisonId,movementType,movementReasonCode,movementDate\n"
    row += b"Madeup,Colin,LEI,REL,CR,2026-11-20\n"
    assert [one.ends_as for one in tells(world, row)] == ["unmatched"]
    born = b"lastName,firstName,dateOfBirth,movementType,movementReasonCode,movementDate\n"
    born += b"Madeup,Colin,1990-02-14,REL,CR,2026-11-20\n"
    assert [one.ends_as for one in tells(world, born)] == ["unmatched"]
    asked = [one for one in world.tasks() if one.kind == "custody_event"]
    assert len(asked) == 1, "an unsure pair is the region's to compare"
    assert kinds(world) == []


def test_a_sentence_that_comes_later_finds_the_event_that_waited(world: World) -> None:
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    assert [one.ends_as for one in tells(world, released("2026-11-16T10:05:00Z"))] == ["unmatched"]
    sentenced(world)
    world.sweep()
    assert kinds(world) == [("released", date(2026, 11, 16))]
    admin = world.hire(Role.ADMINISTRATOR, "Admin")
    assert [one for one in _tasks(world, admin) if one.kind == "custody_event"] == []


def test_a_number_that_fits_under_another_name_lets_others_have_their_turn(world: World) -> None:
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    row = (
        b"offenderNo,lastName,firstName,dateOfBirth,movementType,movementReasonCode,movementDate\n"
    )
    row += b"Z1234ZZ,Otherwise,Olga,1961-05-05,REL,CR,2026-11-20\n"
    assert [one.ends_as for one in tells(world, row)] == ["unmatched"]
    sentenced(world)

    tried = [look_again(world.db, world.sealer, 100, world.clock.now()) for _ in range(2)]

    assert tried == [0, 0], "a sweep goes on as long as something was settled"
    with world.db.reading() as session:
        (fact,) = session.exec(select(CustodyFact)).all()
    assert fact.settle_at == world.clock.now() + LOOK_AGAIN_AFTER


def test_a_return_that_comes_late_is_news_once_people_were_told_of_the_release(
    world: World,
) -> None:
    sentenced(world)
    world.clock.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    tells(world, event(INSTANT_OUT, "2026-11-24T10:00:00Z", "RELEASED"))
    world.clock.move_to(datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    settle(world)
    assert [kind for kind, _ in kinds(world)] == ["released"]

    tells(world, event(INSTANT_IN, "2026-11-24T10:50:00Z", "READMISSION"))
    world.clock.move_to(datetime(2026, 11, 24, 15, tzinfo=UTC))
    settle(world)

    assert [kind for kind, _ in kinds(world)] == ["released", "back_in_custody"]


def test_two_questions_of_one_reading_are_two_tasks(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-11-16T10:05:00Z", "ZZZ"), released("2026-11-16T10:05:00Z", "YYY"))
    assert [task.kind for task in world.tasks()].count("custody_meaning") == 2


def test_codes_that_no_table_holds_are_a_task(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    (one,) = tells(world, released("2026-11-16T10:05:00Z", "ZZZ"))
    assert one.ends_as == "check"
    assert [task.kind for task in world.tasks()].count("custody_meaning") == 1


def test_rows_that_cannot_be_read_are_named_and_the_others_are_read(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    rows = "\ufeffoffenderNo;movementType;movementReasonCode;movementDate;movementTime\r\n"
    rows += (
        f"{NOMS};REL;CR;16/11/2026;10:05\r\n{NOMS};REL;CR;31/11/2026;10:05\r\n\r\nTotal: 2;;;;\r\n"
    )
    ended = tells(world, rows.encode())
    assert [(one.row, one.ends_as) for one in ended] == [(1, "recorded"), (2, "bad"), (3, "bad")]
    envelope = {"Messages": [{"Body": json.dumps({"Message": json.dumps({"x": 1})})}]}
    assert [one.ends_as for one in tells(world, envelope)] == ["bad"]


def test_what_happened_before_the_sentence_is_no_news_of_it(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    (one,) = tells(world, released("2026-03-19T10:05:00Z"))
    assert one.ends_as == "nothing"
    assert kinds(world) == []


def test_bodies_and_names_are_removed_when_their_time_is_over_and_a_repeat_is_known(
    world: World,
) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, released("2026-11-16T10:05:00Z"), released("2026-11-16T10:05:00Z", noms="Z9999ZZ"))
    world.clock.move_to(world.clock.now() + timedelta(days=731))
    world.sweep()
    with world.db.reading() as session:
        assert [one.body for one in session.exec(select(CustodyMessage))] == [None, None]
        kept = {one.ends_as: one.sealed is not None for one in session.exec(select(CustodyFact))}
    assert kept == {"recorded": False, "unmatched": True}
    (again,) = tells(world, released("2026-11-16T10:05:00Z"))
    assert again.ends_as == "recorded"
    assert len(events(world)) == 1
