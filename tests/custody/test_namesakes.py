"""Two people of one name and date of birth are two, as long as their prison numbers say so."""

from __future__ import annotations

from sqlmodel import select

from tests.custody.test_told_in_time import newest, open_tasks
from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    event,
    events,
    movement,
    sentenced,
    tells,
)
from tests.journeys.world import World
from vcs.custody.answer import WhoseAnswer, say_whose
from vcs.events.records import EventLine
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Role
from vcs.victims.records import Victim

WHO = {
    "lastName": "Madeup",
    "firstName": "Colin",
    "dateOfBirth": "1990-02-14",
    "sentenceStartDate": "2026-03-20",
}


def _open(world: World) -> list[Task]:
    with world.db.reading() as session:
        return open_tasks(session)


def told_people(world: World) -> list[int]:
    with world.db.reading() as session:
        return sorted(session.exec(select(EventLine.victim_id)))


def test_another_prison_number_is_another_person_until_somebody_says(world: World) -> None:
    sentenced(world)
    sentenced(world, "Z8888ZZ", urn="13EX0000226")
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    with world.db.reading() as session:
        first, second = sorted(session.exec(select(Victim.id)))
    tells(world, movement("REL", "ESCP", "2026-11-23 10:00") | WHO)
    assert told_people(world) == [first]
    # A number may be mistyped: whoever knows is asked, and not again.
    (asked,) = _open(world)
    assert (asked.topic, asked.sentence_id) == (TaskTopic.DANGER, newest(world))
    nobody = WhoseAnswer("nobody", note="Rang the prison: two men")
    with world.db.writing() as session:
        say_whose(world.work(session, world.people[Role.MANAGER]), asked.reference, nobody)
    tells(world, movement("ADM", "RECA", "2026-11-23 11:00"))
    assert _open(world) == []
    tells(world, movement("REL", "ESCP", "2026-11-22 10:00", "Z8888ZZ"))
    assert told_people(world) == [first, first, second]
    # A number that nobody knows, with all else equal: a person compares.
    (told,) = tells(world, movement("REL", "ESCP", "2026-11-21 10:00", "Z7777ZZ") | WHO)
    assert told.ends_as == "unmatched"
    assert "The prison numbers differ" in told.because
    assert len(events(world)) == 3
    # A day that systems fill in for nobody speaks against no number.
    filled = WHO | {"dateOfBirth": "1970-01-01"}
    (told,) = tells(world, movement("ADM", "RECA", "2026-11-24 08:00") | filled)
    assert told.ends_as == "recorded"


def _merged(new: str, old: str) -> dict[str, object]:
    merged = event("prison-offender-events.prisoner.merged", "2026-11-22T10:00:00Z", noms=new)
    merged["additionalInformation"]["removedNomsNumber"] = old
    return merged


def test_an_escape_by_a_number_that_may_be_joined_is_asked_of_the_unit_today(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    escapes = [movement("REL", "ESCP", "2026-11-23 10:00", noms) for noms in ("Z5555ZZ", "Z6666ZZ")]
    tells(world, _merged("Z5555ZZ", NOMS), escapes[0])
    tells(world, escapes[1], _merged("Z6666ZZ", NOMS))
    with world.db.reading() as session:
        danger = select(Task).where(Task.topic == TaskTopic.DANGER, Task.done_at.is_(None))  # type: ignore[union-attr]
        asked = session.exec(danger).all()
    assert [one.due_on for one in asked] == [world.today] * 2
    assert all(one.sentence_id is not None for one in asked)
    assert events(world) == []
