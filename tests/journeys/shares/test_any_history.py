"""Whatever a court tells, in whatever order and in whatever portions: one end, to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.journeys.shares.histories import batches, histories
from tests.journeys.shares.test_any_order import new_world
from tests.journeys.world import World
from vcs.consequences.past import replay
from vcs.intake.records import CourtMessage
from vcs.ledger.integrity.proof import prove
from vcs.sentences.court_messages import waiting_again

__all__ = ["new_world"]

# Each example makes worlds of its own, whatever the machine takes for it.
UNCHECKED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def end_of(world: World, portions: list[list[bytes]]) -> str:
    for bodies in portions:
        world.court_tells(*bodies)
    with world.db.reading() as session:
        proof = prove(session, world.sealer, world.clock.now())
    assert proof.problems == ()
    return json.dumps(world.state(), sort_keys=True, indent=1)


@settings(max_examples=25, suppress_health_check=UNCHECKED)
@given(data=st.data(), bodies=histories(6))
def test_any_history_ends_alike_in_any_order_and_in_any_portions(
    new_world: Callable[[], World], data: st.DataObject, bodies: list[bytes]
) -> None:
    expected = end_of(new_world(), [[one] for one in bodies])
    assert end_of(new_world(), batches(data.draw, bodies)) == expected


@settings(max_examples=8, suppress_health_check=UNCHECKED)
@given(data=st.data(), bodies=histories(6))
def test_whatever_part_of_it_is_read_again_ends_alike(
    new_world: Callable[[], World], data: st.DataObject, bodies: list[bytes]
) -> None:
    world = new_world()
    expected = end_of(world, [bodies])
    with world.db.writing() as session:
        held = [(one.id, one.status) for one in session.exec(select(CourtMessage))]
        some = data.draw(st.lists(st.sampled_from(held), unique=True, min_size=1))
        assert waiting_again.read_again(session, some, world.clock.now()) == len(some)
    world.read()
    assert end_of(world, []) == expected
    assert list(replay.differences(world.db, world.sealer)) == []
