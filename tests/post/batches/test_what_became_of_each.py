"""What becomes of each letter of a print batch: none is freed that may have left, none made up."""

from __future__ import annotations

from tests.journeys.world import World
from tests.post.batches.a_batch import OPERATOR, approved, making, office
from tests.victims.test_one_person import rows
from vcs.post.batches import despatch, fill
from vcs.post.batches.records import BatchLetter


def test_a_closed_batch_takes_no_letter(world: World) -> None:
    office(world)
    approved(world, "Ann Rees")
    with world.db.writing() as session:
        work = world.work(session, OPERATOR)
        batch = fill.begin(work, None).reference
        despatch.close(work, batch)
        assert fill.fill(work, batch).taken == 0
    assert rows(world, BatchLetter) == []
    assert making(world).batch(batch).closed_at is not None
