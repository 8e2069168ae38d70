"""What ``vcs state`` prints of custody: what came, what became of it, and no name or number."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from tests.custody.told import (
    NOMS,
    TUESDAY_24_NOVEMBER,
    event,
    released,
    sentenced,
    settle,
    tells,
)
from tests.journeys.world import World
from vcs.custody import dumped
from vcs.custody.retention import remove_old

_DOMESTIC = "prison-offender-events.prisoner.released"


def custody(world: World) -> dict[str, list[dict[str, Any]]]:
    with world.db.reading() as session:
        found = dumped.state(session, world.sealer, world.today)
    assert {"messages", "sentences", "tasks", "events"} <= set(found)
    kept: dict[str, list[dict[str, Any]]] = found["custody"]
    return kept


def test_the_dump_says_what_came_what_became_of_it_and_what_is_still_held(world: World) -> None:
    assert custody(world) == {"messages": [], "facts": [], "numbers": []}
    sentenced(world)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    tells(
        world,
        released("2026-11-16T10:05:00Z"),
        event(_DOMESTIC, "2026-11-17T10:05:00Z", "SENT_TO_COURT", "CRT", noms="Z9999ZZ"),
        b"neither events nor a table",
    )
    found = custody(world)
    assert [one["status"] for one in found["messages"]].count("set_aside") == 1
    assert all(one["body"] == "kept" for one in found["messages"])
    out, to_court = sorted(found["facts"], key=lambda one: str(one["happened_on"]))
    assert (out["ends_as"], out["event"]) == ("recorded", f"released {date(2026, 11, 16)}")
    assert (to_court["ends_as"], to_court["event"]) == ("nothing", None)
    assert out["whom"] not in (None, to_court["whom"])
    assert out["happened_at"] == "2026-11-16T10:05:00+00:00"
    printed = json.dumps(found)
    for secret in (NOMS, "Z9999ZZ", "Madeup"):
        assert secret not in printed

    # The same again, and a look later, leave it as it is; a body whose time is over is said to be.
    tells(world, released("2026-11-16T10:05:00Z"))
    world.clock.move_to(TUESDAY_24_NOVEMBER + timedelta(days=2))
    settle(world)
    assert custody(world) == found
    with world.db.writing() as session:
        assert remove_old(session, world.clock.now(), world.clock.now(), 100) > 0
    after = custody(world)
    assert [one["body"] for one in after["messages"]].count(None) == 2
    assert {one["whom"] for one in after["facts"]} == {None}
    assert [one["ends_as"] for one in after["facts"]] == [one["ends_as"] for one in found["facts"]]
