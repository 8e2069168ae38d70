"""What contradicts what was told is asked about: nothing is undone, or goes on, in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    event,
    events,
    kinds,
    movement,
    questions,
    released,
    report,
    sentenced,
    settle,
    tells,
)
from tests.journeys.world import World

OUT = "prison-offender-events.prisoner.released"

INSTANT_OUT = "prisoner-offender-search.prisoner.released"

AT = "2026-11-23T10:00:00"

AT_LARGE = {
    "person": NOMS,
    "adjustmentType": "UNLAWFULLY_AT_LARGE",
    "fromDate": "2026-11-02",
    "unlawfullyAtLarge": {"type": "RELEASE_IN_ERROR"},
}

_REPORT = report("RELEASE_IN_ERROR_1", AT)

_DELETED = {
    "eventType": "incident.report.deleted",
    "occurredAt": "2026-11-24T08:00:00Z",
    "additionalInformation": {"id": "x", "reportReference": "6543"},
}


@pytest.mark.parametrize(
    "told",
    [
        [_REPORT, _DELETED],
        [_DELETED, _REPORT],
        [_REPORT, report("MISCELLANEOUS_1", AT)],
        [report("ATTEMPTED_ESCAPE_FROM_PRISON_1", AT), _REPORT],
        [AT_LARGE, AT_LARGE | {"status": "DELETED"}],
    ],
)
def test_whether_danger_is_true_is_asked_once_its_report_is_gone_or_of_another_kind(
    world: World, told: list[dict[str, object]]
) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    # What is of another person, or of another report, asks nobody.
    other = report("MISCELLANEOUS_1", AT, "Z9999ZZ")
    fetched = event("incident.report.amended", "2026-11-24T08:30:00Z")
    fetched["additionalInformation"]["reportReference"] = "6543"
    tells(world, fetched, *told, other, report("MISCELLANEOUS_1", AT, reference="77"))
    assert [kind for kind, _ in kinds(world)] == ["released_in_error"]
    assert events(world)[0].taken_back_at is None
    assert sum("was deleted or changed since" in one for one in questions(world)) == 1


def test_a_movement_to_court_stops_the_release_that_it_was_taken_for(world: World) -> None:
    sentenced(world)
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    world.clock.move_to(now)
    tells(world, event(INSTANT_OUT, now.isoformat(), "RELEASED"))
    world.clock.move_to(now + timedelta(minutes=30))
    tells(world, event(OUT, now.isoformat(), "SENT_TO_COURT", "CRT"))
    world.clock.move_to(now + timedelta(minutes=70))
    settle(world)
    assert kinds(world) == []
    assert questions(world) == []
    # Later than the hour it was told already, and a list has no second event.
    tells(
        world, movement("REL", "CR", "2026-11-16 10:00"), movement("TRN", "28", "2026-11-16 10:00")
    )
    assert len(events(world)) == 1
    (asked,) = questions(world)
    assert f"{events(world)[0].reference} says that they are out" in asked
    tells(
        world, movement("TRN", "28", "2026-11-18 10:00"), movement("REL", "CR", "2026-11-18 10:01")
    )
    assert len(events(world)) == 1
    assert len(questions(world)) == 2
    tells(
        world,
        movement("TRN", "28", "2026-11-20 10:00"),
        movement("REL", "ESCP", "2026-11-20 10:01"),
    )
    assert [kind for kind, _ in kinds(world)] == ["released", "escaped"], "danger waits for nothing"


def test_danger_ahead_of_our_clock_is_told_at_once_or_asked_of_the_unit_and_tried_again(
    world: World,
) -> None:
    sentenced(world)
    sentenced(world, "Z2222ZZ", name="Other")
    now = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
    world.clock.move_to(now)
    (told,) = tells(world, released("2026-11-25T00:03:00Z", "ESCP"))
    (escaped,) = events(world)
    assert (told.ends_as, escaped.happened_at) == ("recorded", now)
    assert "00:03" in world.sealer.open_json(escaped.sealed)["words"]

    (told,) = tells(world, released("2026-11-25T00:40:00Z", "ESCP", noms="Z2222ZZ"))
    assert told.ends_as == "waiting"
    assert any("not come yet" in task.question for task in world.tasks()), "the unit is asked"
    world.clock.move_to(now + timedelta(minutes=42))
    settle(world)
    assert len(events(world)) == 2
    assert questions(world) == []
    (told,) = tells(world, released("2027-11-25T00:40:00Z", "ESCP", noms="Z2222ZZ"))
    assert told.ends_as == "check"


def test_one_escape_told_by_two_systems_is_one_event(world: World) -> None:
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, report("ESCAPE_FROM_PRISON_1", "2026-11-22T23:50:00"))
    (told,) = tells(world, movement("REL", "ESCP", "2026-11-23 01:20"))
    assert told.ends_as == "same"
    tells(world, movement("ADM", "RECA", "2026-11-23 05:00"))
    (told,) = tells(world, movement("REL", "ESCP", "2026-11-23 09:00"))
    assert told.ends_as == "recorded", "back in between, and out again"
