"""What becomes of each letter of a print batch: none is freed that may have left, none made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from api.print_batches import begin, fill_batch, write_file
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, YORKSHIRE, World, told
from tests.post.batches.a_batch import OPERATOR, approved, made, making, office
from tests.post.batches.test_batches import victim_of
from tests.victims.test_one_person import REFUGE, change, rows
from vcs.access.actors import Actor, Hidden
from vcs.errors import Conflict, NotValid
from vcs.post.batches import despatch, fill
from vcs.post.batches.despatch import NO_OTHER, But, Left, RowDone
from vcs.post.batches.reads import batch_named, batch_rows
from vcs.post.batches.records import BatchLetter
from vcs.post.posting import Despatch
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Role
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
        left(world, batch, But(stayed=frozenset([never])))
    assert [one.reference for one in left(world, batch)] == [printed]
    assert making(world).batch(batch).stayed == 1


def test_what_went_on_an_earlier_day_is_recorded_and_asked_about(
    world: World, tmp_path: Path
) -> None:
    """She moved the day after the letters were posted; the file was opened once more."""
    office(world)
    moved, stays, late = (approved(world, name) for name in ("Ann Rees", "Bea Pugh", "Cerys Wyn"))
    batch, _, _ = made(world, tmp_path)
    world.clock.move_to(world.today + timedelta(days=1))
    change(world, victim_of(world, moved), **REFUGE)
    _, _, again = made(world, tmp_path)
    assert moved not in again
    change(world, victim_of(world, late), **REFUGE)
    with world.db.writing() as session:
        work = world.work(session, OPERATOR)
        assert fill.waiting(session, None, None) == 0
        assert despatch.despatch_row(work, batch, moved, Despatch(world.today)).became is Left.PULL
    done = left(world, batch, But(pulled_and_left=frozenset([moved])), days_ago=1)
    assert {one.reference: one.became for one in done} == dict.fromkeys(
        (moved, stays, late), Left.RECORDED
    )
    asked = [one.question for one in rows(world, Task) if one.topic == TaskTopic.MUST_STOP]
    assert sorted(one for one in (moved, late) for text in asked if one in text) == sorted(
        (moved, late)
    )
    assert len(rows(world, PostedLetter)) == 3


def test_what_left_is_recorded_though_its_case_has_moved_to_another_region(
    world: World, tmp_path: Path
) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    manager = world.people[Role.MANAGER]
    batch, _, _ = made(world, tmp_path, manager.region_code)
    with world.db.writing() as session:
        session.exec(select(Referral)).one().region_code = "N03"
    with world.db.writing() as session:
        work = world.work(session, manager)
        gone = Despatch(world.today, already_left=True)
        done = despatch.despatch_row(work, batch, letter, gone)
    assert done == RowDone(letter, Left.RECORDED)


def test_a_letter_of_a_case_kept_from_somebody_is_in_no_file_they_make(
    world: World, tmp_path: Path
) -> None:
    """The clerk knows the offender of the second case; the manager filled the batch."""
    office(world)
    seen = approved(world, "Ann Rees")
    world.court_tells(told(FRIDAY_20_MARCH, ("Second", *ELIGIBLE), urn="13EX0000426"))
    kept = approved(world, "Bea Pugh", referral=world.referrals()[1])
    manager, clerk = making(world, world.people[Role.MANAGER]), making(world, a_clerk(world))
    batch = begin(manager, YORKSHIRE)
    assert batch
    fill_batch(manager, batch)
    assert (manager.batch(batch).waits, clerk.batch(batch).waits) == (2, 1)
    assert references(world, batch, clerk.actor) == {seen}
    fill_batch(clerk, batch)
    manifest = write_file(clerk, batch, tmp_path / "theirs.pdf")
    assert kept not in manifest
    assert kept.encode() not in (tmp_path / "theirs.pdf").read_bytes()
    assert manager.batch(batch).stayed == 1
    left(world, batch)
    other = begin(manager, YORKSHIRE)
    assert other
    fill_batch(manager, other)
    assert kept in write_file(manager, other, tmp_path / "letters.pdf")
    assert references(world, other, clerk.actor) == set()
    assert pages_told(world, batch, clerk.actor) == {None}
    assert pages_told(world, batch, manager.actor) == {1, None}
    with pytest.raises(Conflict, match="Ask a colleague"):
        fill_batch(clerk, other)
    with pytest.raises(Conflict, match="Ask a colleague"):
        left(world, other, who=clerk.actor)
    assert [one.reference for one in left(world, other, who=manager.actor)] == [kept]


def a_clerk(world: World) -> Actor:
    """Return the unit's administrator, shut out from the second case."""
    hidden = Hidden(sentences=frozenset([world.sentences()[1].id]))
    return replace(world.people[Role.UNIT_ADMINISTRATOR], hidden=hidden)


def pages_told(world: World, batch: str, actor: Actor) -> set[int | None]:
    """Return on which page each letter begins, as somebody is told."""
    with world.db.reading() as session:
        view = batch_named(session, actor, batch)
        return {one.first_page for one in batch_rows(session, view.id, actor)}


def references(world: World, batch: str, actor: Actor) -> set[str]:
    with world.db.reading() as session:
        view = batch_named(session, actor, batch)
        return {one.reference for one in batch_rows(session, view.id, actor)}


def left(
    world: World,
    batch: str,
    but: But = NO_OTHER,
    *,
    days_ago: int = 0,
    who: Actor = OPERATOR,
) -> tuple[RowDone, ...]:
    """Record that a batch left so many days ago."""
    with world.db.writing() as session:
        gone = Despatch(world.today - timedelta(days=days_ago))
        return despatch.batch_left(world.work(session, who), batch, gone, but)
