from __future__ import annotations

from datetime import date

from sqlalchemy import text
from sqlmodel import Session

from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, World, furnished, told
from tests.services.clock import MovableClock
from vcs.database import connect
from vcs.keys import canary
from vcs.ledger.figures.example_counts import example_counts
from vcs.ledger.health import health
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.migrations.upgrade import migrate
from vcs.sealing import Sealer
from vcs.settings import Settings

WEDNESDAY_8_APRIL = date(2026, 4, 8)


def a_lived_in(world: World) -> World:
    world.court_tells(
        told(),
        told(FRIDAY_20_MARCH, ("Other", *CANNOT_TELL), urn="13EX0000226"),
        told(urn="13EX0000326"),
        b"not json",
    )
    world.refer(world.referrals()[0])
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    return world


BREAKS = (
    ("UPDATE sentence SET outcome = 'discretionary' WHERE outcome = 'statutory'", "newest"),
    ("UPDATE sentence SET outcome = 'statutory' WHERE outcome = 'cannot_tell'", "referral"),
    ("DELETE FROM task WHERE kind = 'decide'", "without a task"),
    ("DELETE FROM task WHERE kind = 'set_aside'", "set aside without"),
    ("UPDATE referral SET status = 'awaiting' WHERE status = 'referred'", "victims disagree"),
    ("UPDATE deadline SET duty = 'x'", "wait without a deadline"),
    ("DELETE FROM alert WHERE kind = 'missed'", "no alert is owed"),
    ("UPDATE court_message SET read_at = NULL", "never read"),
)


def test_each_invariant_names_what_broke_it(world: World) -> None:
    a_lived_in(world)
    assert world.problems() == []
    for change, named in BREAKS:
        with world.db.engine.connect() as connection, Session(connection) as session:
            session.execute(text(change))
            assert named in " ".join(invariant_problems(session, world.sealer)), change
            session.rollback()
    assert world.problems() == []


def test_a_wrong_key_is_named_before_anything_is_read_with_it(world: World) -> None:
    a_lived_in(world)
    with world.db.reading() as session:
        (words,) = canary.problems(session, Sealer("a" * 43 + "="))
    assert "do not open the data" in words


def test_a_rotated_key_still_opens_everything(world: World) -> None:
    a_lived_in(world)
    rotated = Sealer(f"{'a' * 43}=,{world.settings.sealing_keys}")
    with world.db.reading() as session:
        assert invariant_problems(session, rotated) == []


def test_two_databases_with_the_same_truth_print_the_same(
    settings: Settings, database_url: str, clock: MovableClock, world: World
) -> None:
    here = a_lived_in(world).state()
    other = settings.model_copy(
        update={
            "database_url": f"sqlite:///{settings.data_dir / 'other.sqlite3'}",
            "data_dir": settings.data_dir / "other",
        }
    )
    migrate(other)
    db = connect(other)
    clock.move_to(FRIDAY_20_MARCH)
    there = a_lived_in(furnished(other, db, clock)).state()
    assert there == here
    db.close()


def test_the_dump_changes_with_what_stands_and_names_nobody(world: World) -> None:
    a_lived_in(world)
    before = world.state()
    shown = repr(before)
    for secret in ("Madeup", "Colin", "Canary", "LS1 3AB", "VCS-"):
        assert secret not in shown
    world.refer(world.referrals()[1])
    assert world.state() != before


def test_health_tells_what_waits_and_since_when(world: World) -> None:
    began = world.clock.now()
    world.keep(told())
    with world.db.reading() as session:
        before = health(session, world.clock.now())
    assert (before.inbox_depth, before.oldest_waiting_at) == (1, began)
    assert before.scheduler_last_tick_at is None
    world.clock.minutes(5)
    world.sweep()
    with world.db.reading() as session:
        after = health(session, world.clock.now())
    assert (after.inbox_depth, after.oldest_waiting_at) == (0, None)
    assert after.scheduler_last_tick_at == world.clock.now()
    world.clock.days(-1)
    with world.db.reading() as session:
        assert health(session, world.clock.now()).scheduler_last_tick_at is None


def test_the_counts_for_the_account_at_the_start(world: World) -> None:
    a_lived_in(world)
    with world.db.reading() as session:
        counts = example_counts(session, world.today)
    assert (counts.messages_read, counts.set_aside, counts.alerts_sent) == (3, 1, 5)
    assert counts.outcomes == {"statutory": 2, "cannot_tell": 1}
    assert (counts.unaccounted, counts.overdue, counts.letters) == (1, 1, 0)
