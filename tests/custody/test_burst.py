"""A burst of far more events than usual is held for a person; what is danger never waits."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from tests.custody.told import (
    TUESDAY_24_NOVEMBER,
    event,
    events,
    released,
    sentenced,
    settle,
    tells,
)
from tests.journeys.world import World
from tests.journeys.world import told as court_told
from vcs.alerts.records import AlertRecord
from vcs.custody.facts import settle as custody_settle
from vcs.custody.keep import keep_message
from vcs.custody.let_go import BurstAnswer, answer_burst
from vcs.custody.questions import brake
from vcs.custody.readings import FOLLOWS, Does
from vcs.custody.reads import HeldCount, held_of_task
from vcs.custody.records import CustodyFact
from vcs.errors import NotValid
from vcs.events.catalogue import CATALOGUE, Unit
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import SentenceMark
from vcs.tasks.records import Task
from vcs.terms import Role

OUT = "2026-11-23T10:00:00Z"

MIDNIGHT_AFTER_TUESDAY = datetime(2026, 11, 25, tzinfo=UTC)

MANY = 8


@pytest.fixture
def prison(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world with many offenders, where seven sets on one day are a burst."""
    monkeypatch.setattr(brake, "LEAST_USUAL", 2)
    for n in range(MANY):
        sentenced(world, noms(n), f"13EX00{n:05d}", f"Madeup{n}")
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    return world


def noms(n: int) -> str:
    return f"Z{n:04d}ZZ"


def file_of(world: World, *told: object) -> None:
    with world.db.writing() as session:
        keep_message(
            session, world.sealer, json.dumps(told).encode(), ("prison", world.clock.now())
        )
    settle(world)


def ends(world: World) -> Counter[str]:
    with world.db.reading() as session:
        return Counter(session.exec(select(CustodyFact.ends_as)))


def bursts(world: World) -> list[Task]:
    with world.db.reading() as session:
        asked = select(Task).where(Task.kind == "custody_burst").order_by(col(Task.id))
        return list(session.exec(asked))


def burst(world: World) -> Task:
    (only,) = bursts(world)
    return only


def answer(world: World, said: BurstAnswer, note: str = "Asked the prison") -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        answer_burst(work, bursts(world)[-1].reference, said, note)


def test_a_file_of_releases_waits_for_one_person_and_danger_does_not(prison: World) -> None:
    escaped = released(OUT, "ESCP", noms=noms(0))
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(1, MANY)), escaped)
    assert ends(prison)["held"] == MANY - 1
    assert [one.kind for one in events(prison)] == ["escaped"]
    task = burst(prison)
    assert f"{MANY - 1} sets" in task.question
    with prison.db.reading() as session:
        shown = held_of_task(session, prison.people[Role.ADMINISTRATOR], task.reference)
    code = "prison-offender-events.prisoner.released RELEASED CR"
    monday = date(2026, 11, 23)
    assert shown == (HeldCount("Files of custody events", code, monday, MANY - 1),)
    with pytest.raises(NotValid):
        answer(prison, BurstAnswer.GO, " ")
    answer(prison, BurstAnswer.GO, "A tranche")
    settle(prison)
    assert ends(prison)["held"] == 0
    assert len(events(prison)) == MANY
    assert prison.problems() == []


def test_a_second_process_that_listed_the_facts_before_lets_none_go(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    with prison.db.reading() as session:
        listed = list(session.exec(select(CustodyFact.id)))
    for fact_id in listed:
        custody_settle._settle(prison.db, prison.sealer, fact_id, prison.clock.now())
    assert ends(prison) == {"held": MANY}


def test_a_hold_ends_by_itself_and_its_question_with_it(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    assert events(prison) == []
    prison.clock.moment += timedelta(hours=5)
    settle(prison)
    assert len(events(prison)) == MANY
    assert burst(prison).done_at is not None


def unseen(world: World) -> list[Task]:
    with world.db.reading() as session:
        asked = select(Task).where(col(Task.key).startswith("custody-unseen:"))
        return list(session.exec(asked))


def test_a_burst_that_went_on_before_anybody_looked_is_asked_about_afterwards(
    prison: World,
) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    assert unseen(prison) == []
    prison.clock.moment += timedelta(hours=5)
    settle(prison)
    settle(prison)
    (asked,) = unseen(prison)
    assert f"{MANY} events of a burst went on by themselves" in asked.question
    assert burst(prison).reference in asked.question
    assert asked.done_at is None


def test_a_burst_that_a_person_looked_at_is_not_asked_about_again(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    answer(prison, BurstAnswer.GO)
    settle(prison)
    assert len(events(prison)) == MANY
    assert unseen(prison) == []


def test_what_was_sent_by_mistake_is_dropped_and_asked_about(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    answer(prison, BurstAnswer.DROP, "A file of tests")
    settle(prison)
    assert events(prison) == []
    with prison.db.reading() as session:
        asked = session.exec(select(Task).where(Task.kind == "custody_meaning")).one()
    assert asked.question.startswith(f"{MANY} events")
    assert asked.done_at is None


def test_as_many_as_usual_are_recorded_and_slices_count_together(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(6)))
    assert len(events(prison)) == 6
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(6, MANY)))
    assert ends(prison)["held"] == 2


def test_no_reading_waits_that_people_are_to_hear_of_within_hours() -> None:
    for reading, row in FOLLOWS.items():
        if row.kind is None or row.does not in (Does.RECORD, Does.IF_OUT):
            assert reading not in brake.MAY_HOLD, reading
            continue
        kind = CATALOGUE[row.kind]
        at_once = kind.danger or not kind.may_hold or kind.tell_by.unit is Unit.HOURS
        may_hold = not at_once and kind.kind not in ("died", "time_served")
        assert (reading in brake.MAY_HOLD) is may_hold, reading
    assert "back_after_release_in_error" not in brake.MAY_HOLD


def test_back_from_an_error_is_told_at_once_though_the_release_was_held(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    received = "prison-offender-events.prisoner.received"
    back = event(received, "2026-11-23T18:00:00Z", "ADMISSION", "ETRRIE", noms=noms(3))
    assert [one.ends_as for one in tells(prison, back)] == ["recorded"]
    known = {one.kind for one in events(prison)}
    assert known == {"released", "released_in_error", "back_in_custody"}
    assert ends(prison)["held"] == MANY - 1


@pytest.mark.parametrize("hours_before_midnight", [8, 2])
def test_after_a_burst_went_on_by_itself_the_next_release_does_not_wait(
    prison: World, hours_before_midnight: int
) -> None:
    prison.clock.moment = MIDNIGHT_AFTER_TUESDAY - timedelta(hours=hours_before_midnight)
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY - 1)))
    prison.clock.moment += timedelta(hours=5)
    settle(prison)
    assert len(events(prison)) == MANY - 1
    assert [one.ends_as for one in tells(prison, released(OUT, noms=noms(MANY - 1)))] == [
        "recorded"
    ]


def test_a_second_burst_of_a_day_is_asked_about_anew_with_an_email_of_its_own(
    prison: World,
) -> None:
    for hour in (10, 11):
        at = f"2026-11-23T{hour}:00:00Z"
        file_of(prison, *(released(at, noms=noms(n)) for n in range(MANY)))
        assert ends(prison)["held"] == MANY
        prison.sweep()
        if hour == 10:
            answer(prison, BurstAnswer.DROP)
    first, second = bursts(prison)
    assert (first.answer, second.done_at) == ("drop", None)
    with prison.db.reading() as session:
        owed = set(session.exec(select(AlertRecord.key)))
    day = prison.today
    assert {f"cannot_wait:{one.reference}:{day}" for one in (first, second)} <= owed


def test_once_a_person_let_a_burst_go_the_rest_of_the_day_goes_too(prison: World) -> None:
    file_of(prison, *(released(OUT, noms=noms(n)) for n in range(MANY)))
    answer(prison, BurstAnswer.GO)
    settle(prison)
    plan = "create-and-vary-a-licence.licence.activated"
    file_of(prison, *(event(plan, "2026-11-23T18:00:00Z", noms=noms(n)) for n in range(MANY)))
    assert ends(prison)["held"] == 0
    assert len(events(prison)) == 2 * MANY
    assert len(bursts(prison)) == 1


def test_a_nightly_file_of_people_who_open_no_set_holds_nothing(prison: World) -> None:
    prison.clock.move_to(date(2026, 3, 20))
    for n in range(MANY):
        owed_no_contact(prison, noms(20 + n), f"Other{n}")
    prison.clock.move_to(TUESDAY_24_NOVEMBER)
    before = "2026-01-05T10:00:00Z"
    earlier = (released(before, noms=noms(n)) for n in range(MANY))
    file_of(prison, *earlier, released(OUT, noms=noms(MANY - 1)))
    close(prison, 5)
    others = (released(OUT, noms=noms(20 + n)) for n in range(MANY))
    file_of(prison, *others, *(released(OUT, noms=noms(n)) for n in range(MANY - 1)))
    assert bursts(prison) == []
    assert ends(prison) == {"not_owed": MANY, "nothing": MANY, "recorded": MANY}


def owed_no_contact(world: World, noms: str, name: str) -> None:
    """Let a court sentence somebody for too short a time, whose prison number is known."""
    world.court_tells(court_told(date(2026, 3, 20), (name, "IMP", "3 Months")))
    with world.db.writing() as session:
        last = max(one.id for one in world.sentences())
        session.add(SentenceMark(sentence_id=last, mark=mark_of(Number.NOMS, noms), kind="NOMS"))


def close(world: World, count: int) -> None:
    with world.db.writing() as session:
        for one in session.exec(select(Referral).order_by(col(Referral.id)).limit(count)):
            one.status = ReferralStatus.CLOSED
            session.add(one)
