"""What a prison tells late, twice, in error or of two sentences: recorded, or a person is asked."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    event,
    kinds,
    released,
    sentenced,
    settle,
    tells,
)
from tests.journeys.world import World, a_victim
from tests.journeys.world import told as court_told
from vcs.alerts.at_once import untold_questions
from vcs.consequences.drafts.after import take_back
from vcs.custody.answer import WhoseAnswer, say_whose
from vcs.custody.forget import forget_numbers
from vcs.custody.keep import keep_message
from vcs.custody.matches.match import matched
from vcs.custody.matches.merge import part_numbers
from vcs.custody.records import CustodyFact, CustodyMessage
from vcs.custody.sealed import sealed_told
from vcs.custody.sources.codes import of_report
from vcs.custody.sources.reading import facts_of
from vcs.custody.sources.told import Who
from vcs.events.records import KeyEvent
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.sentences.records import SentenceMark
from vcs.tasks.records import Task
from vcs.terms import Role

LATER_IN = "prison-offender-events.prisoner.received"


def back(at: str, code: str, **more: str) -> dict[str, object]:
    return event(LATER_IN, at, "ADMISSION", code, **more)


def open_tasks(session: Session, kind: str = "") -> list[Task]:
    query = select(Task).where(col(Task.done_at).is_(None), col(Task.kind).startswith("custody"))
    return [
        one for one in session.exec(query.order_by(col(Task.id))) if not kind or one.kind == kind
    ]


def asked(world: World, kind: str = "custody_meaning") -> list[str]:
    with world.db.reading() as session:
        return [one.question for one in open_tasks(session, kind)]


def words(world: World, kind: str) -> str:
    with world.db.reading() as session:
        query = select(KeyEvent).where(KeyEvent.kind == kind).order_by(col(KeyEvent.id))
        found = session.exec(query).all()
        return str(world.sealer.open_json(found[-1].sealed)["words"])


def known_by(world: World, sentence_id: int, number: str) -> None:
    with world.db.writing() as session:
        mark = mark_of(Number.NOMS, number)
        session.add(SentenceMark(sentence_id=sentence_id, mark=mark, kind="NOMS"))


def newest(world: World) -> int:
    return max(one.id for one in world.sentences())


def test_a_release_in_error_is_told_though_it_was_undone_or_nobody_told_of_it(
    world: World,
) -> None:
    sentenced(world)
    sentenced(world, "Z2222ZZ", name="Other")
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    instant = "prisoner-offender-search.prisoner.released"
    out = event(instant, "2026-11-24T08:30:00Z", "RELEASED", "CR")
    ended = tells(world, [out, back("2026-11-24T08:50:00Z", "ETRRIE")])
    assert {one.ends_as for one in ended} == {"recorded"}
    assert [kind for kind, _ in kinds(world)] == [
        "released",
        "released_in_error",
        "back_in_custody",
    ]
    assert asked(world) == []
    # Nobody told of a release, and the one that was told of ended long ago.
    tells(
        world,
        released("2026-06-01T10:00:00Z", noms="Z2222ZZ"),
        event(LATER_IN, "2026-06-10T10:00:00Z", "RECALL", "L", noms="Z2222ZZ"),
        back("2026-11-20T09:00:00Z", "ETRRIE", noms="Z2222ZZ"),
    )
    assert kinds(world)[:4] == [
        ("released", date(2026, 6, 1)),
        ("recalled", date(2026, 6, 10)),
        ("released_in_error", date(2026, 11, 20)),
        ("back_in_custody", date(2026, 11, 20)),
    ]
    with world.db.reading() as session:
        (task,) = open_tasks(session, "custody_meaning")
        assert "since when they were out" in task.question
        assert task.id in untold_questions(session, world.today), "an email goes at once"


def test_a_number_on_one_sentence_is_news_of_the_others_and_the_undecided(world: World) -> None:
    world.court_tells(
        court_told(date(2026, 3, 20), ("Madeup", "IMP", "3 Months"), urn="13EX0000226")
    )
    known_by(world, newest(world), NOMS)
    world.court_tells(court_told(date(2026, 3, 20), urn="13EX0000126"))
    world.refer("", a_victim())
    world.court_tells(court_told(date(2026, 3, 20), ("Unsaid", "IMP", ""), urn="13EX0000326"))
    known_by(world, newest(world), NOMS)
    world.clock.move_to(TUESDAY_24_NOVEMBER)

    (one,) = tells(world, released("2026-11-16T10:05:00Z"))

    assert one.ends_as == "recorded"
    assert kinds(world) == [("released", date(2026, 11, 16))]
    (question,) = asked(world)
    assert "nobody has decided yet" in question


def test_one_odd_row_holds_up_no_other_and_is_read_when_it_is_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    escaped = released("2026-11-23T10:00:00Z", "ESCP")
    rows = [event(LATER_IN, "2026-11-23T18:00:00Z", "READMISSION", noms="Z9999ZZ"), escaped]

    def fails(sealer: object, told: object) -> bytes:
        if "READMISSION" in repr(told):
            raise UnicodeError
        return sealed_told(sealer, told)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr("vcs.custody.facts.receive.sealed_told", fails)
        ended = tells(world, rows)
    assert [one.ends_as for one in ended] == ["bad", "recorded"]
    with world.db.reading() as session:
        (task,) = open_tasks(session, "custody_message")
        assert task.due_on == world.today
    body = json.dumps(rows).encode()
    with world.db.writing() as session:
        again = keep_message(session, world.sealer, body, ("prison", world.clock.now()))
    assert again.already_held
    settle(world)
    with world.db.reading() as session:
        assert session.exec(select(CustodyMessage.status)).one() == "read"
        assert open_tasks(session, "custody_message") == []
        ends = session.exec(select(CustodyFact.ends_as).order_by(col(CustodyFact.row))).all()
    assert ends == ["unmatched", "recorded"]
    assert [kind for kind, _ in kinds(world)] == ["escaped"]


def test_rows_without_hours_and_rows_that_come_late_say_where_the_offender_is(
    world: World,
) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    row = "{},REL,CR,2026-11-20\n{},ADM,L,2026-11-20\n{},REL,CR,2026-11-20\n".replace("{}", NOMS)
    heading = "offenderNo,movementType,movementReasonCode,movementDate\n"
    ended = tells(world, (heading + row).encode())
    assert [one.ends_as for one in ended] == ["recorded", "recorded", "recorded"]
    assert len(asked(world)) == 2, "the hours of that day do not tell where they are"
    assert tells(world, (heading + row).encode()) == ended

    tells(world, back("2026-11-21T10:00:00Z", "RECA"))
    tells(world, released("2026-11-18T10:00:00Z"))
    assert "in custody again since 21 November 2026" in words(world, "released")
    tells(world, released("2026-11-23T10:00:00Z"), back("2026-11-22T10:00:00Z", "RECA"))
    assert "out again since 23 November 2026" in words(world, "back_in_custody")


def test_days_that_may_be_two_are_asked_about_and_a_days_column_proves_the_order() -> None:
    heading = "offenderNo,movementType,movementReasonCode,movementDate,comment\n"
    two = f"{NOMS},REL,CR,03/11/2026,{{}}\n{NOMS},ADM,L,{{}},\n"
    (out, into) = facts_of((heading + two.format("13/11/2026", "04/11/2026")).encode())
    assert "is not certain" in out.problem
    assert "is not certain" in into.problem
    (out, _) = facts_of((heading + two.format("", "13/11/2026")).encode())
    assert out.happened_on == date(2026, 11, 3)


def test_kinds_of_reports_that_no_row_holds_are_asked_about_and_harmless_ones_are_listed() -> None:
    assert of_report("Release in error") == of_report("RELEASED_IN_ERROR_1") == "released_in_error"
    assert of_report("ESCAPE_FROM_CUSTODY") == "escaped"
    assert of_report("ATT_ESCAPE") == "escape_attempted"
    assert of_report("DISORDER_2") == of_report("FOOD_REF") == "not_this_scheme"
    assert of_report("ESCAPE") == of_report("DISORDERLY") == "unknown"
    assert of_report("DEATH_NI") == "not_this_scheme", "NOMIS: the death of somebody else"


def test_what_a_person_said_of_a_number_hides_no_other_sentence(world: World) -> None:
    reference = sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    stranger = "Z7777ZZ"
    tells(world, released("2026-11-16T10:05:00Z", noms=stranger))
    admin = world.hire(Role.ADMINISTRATOR, "Admin")
    with world.db.reading() as session:
        (task,) = open_tasks(session, "custody_event")
    for said in (
        WhoseAnswer("another_region", region_code="N55", note="A Leeds case"),
        WhoseAnswer("ours", reference, note="Rang the prison"),
    ):
        with world.db.writing() as session:
            who = admin if said.region_code else world.people[Role.MANAGER]
            say_whose(world.work(session, who), task.reference, said)
    sentenced(world, stranger, urn="13EX0000926", name="Quite Different")
    with world.db.reading() as session:
        found = matched(session, world.sealer, Who({Number.NOMS: stranger})).sure
    assert len(found) == 2

    with world.db.writing() as session:
        (event_of,) = session.exec(select(KeyEvent.reference)).all()
        work = world.work(session, world.people[Role.MANAGER])
        take_back(work, event_of, "It was somebody else")
        assert (forget_numbers(work, event_of), forget_numbers(work, event_of)) == (1, 0)
        (left,) = matched(session, world.sealer, Who({Number.NOMS: stranger})).sure
        assert left.sentence_id == newest(world)


def test_two_numbers_are_joined_by_a_person_where_nothing_ties_them_and_parted_again(
    world: World,
) -> None:
    reference = sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    merged = event("prison-offender-events.prisoner.merged", "2026-11-16T10:00:00Z")
    merged["additionalInformation"]["removedNomsNumber"] = "A5555AA"
    (one,) = tells(world, merged)
    assert one.ends_as == "unmatched"
    (stranger,) = tells(world, released("2026-11-17T10:00:00Z", noms="A5555AA"))
    assert (stranger.ends_as, kinds(world)) == ("unmatched", [])
    with world.db.writing() as session:
        (task,) = [each for each in open_tasks(session) if each.sentence_id is not None]
        said = WhoseAnswer("ours", reference, note="Rang the prison")
        say_whose(world.work(session, world.people[Role.MANAGER]), task.reference, said)
    world.sweep()
    assert kinds(world) == [("released", date(2026, 11, 17))]
    with world.db.writing() as session:
        work = world.work(session, world.hire(Role.ADMINISTRATOR, "Admin"))
        assert part_numbers(work, Number.NOMS, "A5555AA", NOMS) == 1
        assert matched(session, world.sealer, Who({Number.NOMS: "A5555AA"})).sure == ()
