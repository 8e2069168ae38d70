"""After a death nobody is told of a release or a danger as if the offender lived."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    events,
    movement,
    questions,
    released,
    sentenced,
    tells,
    where,
)
from tests.journeys.world import World
from vcs.consequences.drafts.after import take_back
from vcs.events.planned import planned_release_of
from vcs.events.records import EventLine, KeyEvent
from vcs.post.subjects.subject import Around
from vcs.terms import Role
from vcs.victims.records import Victim


def lines(world: World) -> dict[tuple[str, date], str | None]:
    """Return why nobody is told of each event; None where people are."""
    with world.db.reading() as session:
        query = select(KeyEvent, EventLine).join(EventLine)
        return {
            (one.kind, one.happened_on): line.not_told_reason for one, line in session.exec(query)
        }


OVER = {
    ("release_planned", date(2027, 1, 1)): None,
    ("escaped", date(2026, 11, 19)): None,
    ("died", date(2026, 11, 20)): None,
    ("released", date(2026, 11, 10)): "offender_died",
    ("absconded", date(2026, 11, 15)): "offender_died",
}
"""Why nobody is told of each event: the first two were told before the death."""


def tell_everybody(world: World) -> None:
    with world.db.writing() as session:
        for event in session.exec(select(KeyEvent)):
            event.may_tell_at = world.clock.now()
            session.add(event)
        for line in session.exec(select(EventLine)):
            line.told_at, line.told_how = world.clock.now(), "phone"
            session.add(line)


def test_a_death_ends_what_was_told_before_it_and_what_is_told_late(world: World) -> None:
    reference = sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    planned = {"offenderNo": NOMS, "confirmedReleaseDate": "2027-01-12"}
    tells(world, planned, movement("REL", "ESCP", "2026-11-19 10:00"))
    tell_everybody(world)
    tells(world, released("2026-11-20T09:00:00Z", "DEC"))
    with world.db.reading() as session:
        victim = session.exec(select(Victim)).one()
        around = Around.of(session, world.sealer, victim, world.clock.now())
        assert [one.kind for one in around.events] == ["died"], "no letter tells of a plan"
        (sentence,) = world.sentences()
        assert planned_release_of(session, world.sealer, sentence, world.today) is None
    late = [released("2026-11-10T10:00:00Z"), movement("REL", "UAL", "2026-11-15 10:00")]
    assert [one.ends_as for one in tells(world, *late)] == ["recorded", "recorded"]
    assert (where(world, reference), lines(world)) == ("died", OVER)
    by_kind = {one.kind: one for one in events(world)}
    assert by_kind["escaped"].over_at
    assert by_kind["absconded"].over_at
    words = world.sealer.open_json(by_kind["released"].sealed)["words"]
    assert "They died on 20 November 2026" in words
    world.sweep()
    subjects = " ".join(mail["Subject"] for mail in world.mail())
    assert by_kind["absconded"].reference not in subjects, "nobody is sent to ring"

    # The death was a mistake: whoever was not told is told after all.
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        take_back(work, by_kind["died"].reference, "Another man")
    assert (where(world, reference), lines(world)) == ("escaped", OVER.fromkeys(OVER))
    assert world.problems() == []


def test_a_death_of_the_hour_after_an_escape_is_recorded_and_told_once(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, movement("REL", "ESCP", "2026-11-23 10:00"))
    (died,) = tells(world, movement("REL", "DEC", "2026-11-23 12:00"))
    assert died.ends_as == "recorded"
    (again,) = tells(
        world, {"prisonerNumber": NOMS, "legalStatus": "DEAD", "movementDate": "2026-11-24"}
    )
    assert again.ends_as == "same", "nobody dies twice"
    assert questions(world) == []


def test_a_death_behind_another_movement_is_asked_about(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    row = movement("ADM", "N", "2026-11-16 10:00") | {"legalStatus": "DEAD"}
    assert [one.ends_as for one in tells(world, row)] == ["nothing", "check"]
    court = released("2026-11-20T09:00:00Z", "DEC")
    court["additionalInformation"]["reason"] = "SENT_TO_COURT"
    assert [one.ends_as for one in tells(world, court)] == ["check"]
    first, second = questions(world)
    assert "not on which day" in first
    assert "the rest of the message says otherwise" in second
    assert events(world) == []
