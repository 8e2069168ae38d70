"""Whether an offender is out never hangs on the order in which prisons tell of it."""

from __future__ import annotations

from tests.custody.told import (
    TUESDAY_24_NOVEMBER,
    event,
    kinds,
    movement,
    released,
    report,
    sentenced,
    tells,
    where,
)
from tests.journeys.world import World
from vcs.consequences.key_events import record_event
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.terms import Role

LATER_IN = "prison-offender-events.prisoner.received"


def test_a_return_ends_what_was_told_of_somebody_at_large_in_any_order(world: World) -> None:
    absconder, early, late, by_hand = (
        sentenced(world, noms, name=name)
        for noms, name in (
            ("Z1111ZZ", "Absconder"),
            ("Z2222ZZ", "Early"),
            ("Z3333ZZ", "Later"),
            ("Z4444ZZ", "Byhand"),
        )
    )
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(world, movement("REL", "UAL", "2026-11-20 10:00", "Z1111ZZ"))
    tells(world, movement("ADM", "A", "2026-11-21 10:00", "Z1111ZZ"))
    assert where(world, absconder) == "back_in_custody"

    gone = report("TEMPORARY_RELEASE_FAILURE", "2026-11-21T17:00:00", "Z2222ZZ")
    back = event(LATER_IN, "2026-11-22T09:00:00Z", "TEMPORARY_ABSENCE_RETURN", noms="Z2222ZZ")
    tells(world, back, gone)
    assert where(world, early) == "back_in_custody"

    admitted = event(LATER_IN, "2026-11-02T09:00:00Z", "ADMISSION", noms="Z3333ZZ")
    again = released("2026-11-16T10:00:00Z", noms="Z3333ZZ")
    tells(world, admitted, released("2026-10-30T10:00:00Z", noms="Z3333ZZ"), again)
    assert where(world, late) == "released"
    assert [kind for kind, _ in kinds(world)].count("back_in_custody") == 3

    (told,) = tells(world, movement("ADM", "N", "2026-11-22 10:00", "Z4444ZZ"))
    assert told.ends_as == "nothing"
    world.clock.move_to(TUESDAY_24_NOVEMBER.replace(day=25))
    entry = EventEntry(
        EventKind.ESCAPED, TUESDAY_24_NOVEMBER.replace(day=20), EventSource.POLICE, "10:00"
    )
    with world.db.writing() as session:
        record_event(world.work(session, world.people[Role.VLO]), by_hand, entry)
    world.sweep()
    assert where(world, by_hand) == "back_in_custody"
    assert world.problems() == []


def test_a_recall_on_paper_says_that_nobody_has_them_until_a_prison_does(world: World) -> None:
    paper, prison_first, long_ago = (
        sentenced(world, noms, name=name)
        for noms, name in (
            ("Z1111ZZ", "Paper"),
            ("Z2222ZZ", "Prison"),
            ("Z3333ZZ", "Longago"),
        )
    )
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    recall = {"prisonerId": "Z1111ZZ", "recallType": "FTR_28", "revocationDate": "2026-11-20"}
    tells(world, recall | {"inPrisonOnRevocationDate": False, "returnToCustodyDate": None})
    assert where(world, paper) == "recall_ordered"
    at_large = {"person": "Z1111ZZ", "adjustmentType": "UNLAWFULLY_AT_LARGE"}
    of_recall = {"fromDate": "2026-11-20", "unlawfullyAtLarge": {"type": "RECALL"}}
    assert [one.ends_as for one in tells(world, at_large | of_recall)] == ["same"]
    inserted = event("recall.inserted", "2026-11-21T10:00:00Z", noms="Z1111ZZ")
    assert [one.ends_as for one in tells(world, inserted)] == ["same"], "one recall, one set"
    tells(world, movement("ADM", "L", "2026-11-22 10:00", "Z1111ZZ"))
    assert where(world, paper) == "recalled"
    assert [kind for kind, _ in kinds(world)] == ["recall_ordered", "recalled"]

    # It is written down after they are back, and before: nobody is let out by that.
    inserted = event("recall.inserted", "2026-11-19T10:00:00Z", noms="Z2222ZZ")
    tells(world, inserted, movement("ADM", "L", "2026-11-17 10:00", "Z2222ZZ"))
    assert where(world, prison_first) == "recalled"
    (told,) = tells(world, event("recall.inserted", "2026-11-20T10:00:00Z", noms="Z2222ZZ"))
    assert told.ends_as in ("same", "nothing")
    assert where(world, prison_first) == "recalled"

    # Whoever came back half a year ago must have been out again.
    tells(world, movement("ADM", "L", "2026-05-02 10:00", "Z3333ZZ"))
    tells(world, event("recall.inserted", "2026-11-20T10:00:00Z", noms="Z3333ZZ"))
    assert where(world, long_ago) == "recall_ordered"
    assert world.problems() == []
