"""What becomes of each letter of a print batch: none is freed that may have left, none made up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from api.print_batches import begin, fill_batch, write_file
from tests.journeys.world import World
from tests.post.batches.a_batch import OPERATOR, approved, making, office
from tests.victims.test_one_person import rows
from vcs.errors import Conflict, NotValid
from vcs.post.batches import despatch, fill
from vcs.post.batches.despatch import RowDone
from vcs.post.batches.records import BatchLetter
from vcs.post.posting import Despatch
from vcs.victims.records import PostedLetter


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


def test_what_was_never_printed_did_not_leave(world: World, tmp_path: Path) -> None:
    office(world)
    printed, never = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    batch = begin(making(world), None)
    assert batch
    fill_batch(making(world), batch)
    with pytest.raises(Conflict, match="not made yet"):
        left(world, batch)
    assert rows(world, PostedLetter) == []
    write_file(making(world), batch, tmp_path / "letters.pdf")
    with world.db.writing() as session:
        row = session.get_one(BatchLetter, 2)
        row.first_page = None
        session.add(row)
    with pytest.raises(NotValid):
        left(world, batch, stayed=never)
    assert [one.reference for one in left(world, batch)] == [printed]
    assert making(world).batch(batch).stayed == 1


def left(world: World, batch: str, *, days_ago: int = 0, stayed: str = "") -> tuple[RowDone, ...]:
    """Record that a batch left so many days ago, but for one letter."""
    with world.db.writing() as session:
        gone = Despatch(world.today - timedelta(days=days_ago))
        work = world.work(session, OPERATOR)
        return despatch.batch_left(work, batch, gone, frozenset([stayed] if stayed else []))
