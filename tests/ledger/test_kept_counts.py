"""Counts that are kept as they change say what a recount of the rows says, after any history."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Column, ColumnElement, text
from sqlalchemy.sql.visitors import iterate
from sqlmodel import select

from tests.journeys.world import CANNOT_TELL, CARDIFF, ELIGIBLE, NOT_ELIGIBLE, NOWHERE, World, told
from vcs.access.actors import Actor, Hidden
from vcs.clocks.records import ClockRecord
from vcs.consequences.closing import before_referral
from vcs.errors import VcsError
from vcs.ledger.figures.counts import ledger, recounted
from vcs.ledger.figures.headline import headline, unaccounted_count
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.figures.rows import ledger_rows
from vcs.ledger.health import health
from vcs.ledger.kept.fold import FOLD_LOCK
from vcs.ledger.kept.live import all_live, few_live
from vcs.ledger.kept.marks import WATCHED, stop_marking
from vcs.ledger.kept.records import KeptMark
from vcs.ledger.kept.recount import differences
from vcs.ledger.worklists.worklist import worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.migrations.upgrade import migrate, schema_problems
from vcs.referrals.closure.refusal import Refusal
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import unaccounted
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.terms import SentenceState as State

STEPS = 14

EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)


class Killed(Exception):
    """The process ends before the transaction does."""


def agrees(world: World) -> None:
    """Hold everything that is kept against the rows."""
    with world.db.reading() as session:
        assert not differences(session)
        for axis in Axis:
            kept = ledger(session, EVERYWHERE, axis, Cell())
            anew = recounted(session, EVERYWHERE, axis, Cell())
            assert (kept.total, kept.lines, kept.messages) == (
                anew.total,
                anew.lines,
                anew.messages,
            )
            assert kept.closes
        for role in (Role.MANAGER, Role.WITNESS_CARE, Role.ADMINISTRATOR):
            agrees_for(session, world, world.people[role])
        found = health(session, world.clock.now())
        deadlines = session.exec(select(DeadlineRecord)).all()
        days = [one.due_on for one in deadlines if not (one.met_on or one.lifted_on)]
        assert found.overdue == past(world, days)
        clocks = session.exec(select(ClockRecord)).all()
        open_until = [one.due_on for one in clocks if not (one.met_on or one.stopped_on)]
        assert found.late_clocks == past(world, open_until)


def past(world: World, days: Sequence[date | None]) -> int:
    return sum(day is not None and day < world.today for day in days)


def agrees_for(session: Any, world: World, actor: Actor) -> None:
    """Hold one person's numbers against a count of the rows themselves, one by one."""
    missing = {
        one.id for one in session.exec(select(Referral).where(unaccounted())) if sees(actor, one)
    }
    found = headline(session, actor, world.today)
    assert found.unaccounted == unaccounted_count(session, actor) == len(missing)
    days = dict[int, date]()
    for deadline in session.exec(select(DeadlineRecord)):
        if deadline.met_on is None and deadline.lifted_on is None:
            earliest = days.get(deadline.referral_id, deadline.due_on)
            days[deadline.referral_id] = min(earliest, deadline.due_on)
    seen = [one for one in session.exec(select(Referral)) if sees(actor, one)]
    is_open = {one.id for one in seen if one.status != ReferralStatus.CLOSED}
    assert found.overdue == sum(day < world.today for one, day in days.items() if one in is_open)
    if actor.role is not Role.ADMINISTRATOR:
        lists = {"open": len(is_open), "all": len(seen), "overdue": found.overdue}
        for show, count in lists.items():
            asked = WorklistAsked(show)  # type: ignore[arg-type]  # a word from the table above
            page = worklist(session, world.sealer, actor, world.today, asked)
            assert (page.total, len(page.rows)) == (count, count), show


def sees(actor: Actor, referral: Referral) -> bool:
    if referral.sentence_id in actor.hidden.sentences:
        return False
    if actor.role is Role.WITNESS_CARE:
        return referral.police_area == actor.police_area
    near = referral.region_code in (actor.region_code, None)
    return near or actor.role is Role.ADMINISTRATOR


def step(world: World, drawn: random.Random) -> None:
    """Do one made-up thing, as the program would or as a hand in the database would."""
    acts: list[Callable[[World, random.Random], Any]] = [court_tells, court_tells, refer, trace]
    acts += [refuse, close, answer, by_bulk, by_hand_in_the_database, killed, a_day]
    try:
        drawn.choice(acts)(world, drawn)
    except VcsError:
        # A verb that says no keeps nothing, and that must be so of the counts as well.
        return


def court_tells(world: World, drawn: random.Random) -> None:
    result = drawn.choice([ELIGIBLE, ELIGIBLE, NOT_ELIGIBLE, CANNOT_TELL])
    court = drawn.choice([None, None, CARDIFF, NOWHERE])
    urn = f"13EX000{drawn.randrange(6)}126"
    hour = f"{10 + drawn.randrange(9)}:30:00"
    day = date(2026, 3, drawn.choice([12, 19, 20]))
    sentence = ("Madeup", *result)
    body = told(day, sentence, urn=urn, shared_at=hour, **({"court": court} if court else {}))
    world.court_tells(body)


def refer(world: World, drawn: random.Random) -> None:
    if found := world.referrals():
        world.refer(drawn.choice(found))


def trace(world: World, drawn: random.Random) -> None:
    if found := world.referrals():
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.WITNESS_CARE])
            until = date.fromordinal(world.today.toordinal() + drawn.choice([1, 10]))
            before_referral.trace(work, drawn.choice(found), until)


def refuse(world: World, drawn: random.Random) -> None:
    if found := world.referrals():
        said = Refusal(world.today, "by phone", "Made up", "No")
        world.close_as_refused(said, drawn.choice(found))


def close(world: World, drawn: random.Random) -> None:
    if found := world.referrals():
        world.close_without_victim(drawn.choice(found))


def answer(world: World, drawn: random.Random) -> None:
    with world.db.writing() as session:
        open_tasks = select(Task).where(Task.done_at == None)  # noqa: E711 - SQL, not Python
        if tasks := session.exec(open_tasks).all():
            drawn.choice(tasks).done_at = world.clock.now()


def by_bulk(world: World, _: random.Random) -> None:
    officer = world.people[Role.VLO].account_id
    for statement in (
        "UPDATE referral SET vlo_account_id = :officer WHERE id % 2 = 0",
        "UPDATE deadline SET due_on = '2026-03-01' WHERE id % 3 = 0",
        "UPDATE task SET done_at = NULL",
    ):
        with world.db.writing() as session:
            session.connection().execute(text(statement), {"officer": officer})


def by_hand_in_the_database(world: World, drawn: random.Random) -> None:
    """Nothing folds here: what is marked is counted by whoever reads."""
    statement = drawn.choice(
        [
            "UPDATE referral SET region_code = NULL, police_area = NULL WHERE id % 2 = 1",
            "UPDATE sentence SET gone = TRUE WHERE id % 2 = 1",
            "UPDATE deadline SET met_on = due_on WHERE id % 2 = 1",
            "UPDATE referral SET look_again_on = '2026-03-02'",
        ]
    )
    with world.db.engine.begin() as connection:
        connection.execute(text(statement))


def killed(world: World, _: random.Random) -> None:
    for statement in ("UPDATE referral SET region_code = 'N03'", "DELETE FROM deadline"):
        with suppress(Killed), world.db.writing() as session:
            session.connection().execute(text(statement))
            raise Killed


def a_day(world: World, drawn: random.Random) -> None:
    world.clock.days(drawn.choice([1, 7]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_is_what_a_recount_gives_after_each_step(world: World, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - made-up histories, the same at each run
    for _ in range(STEPS):
        step(world, drawn)
        agrees(world)
    court_tells(world, drawn)
    with world.db.reading() as session:
        assert session.exec(select(KeptMark).where(KeptMark.sentence_id != None)).all() == []  # noqa: E711


def test_what_a_writer_that_holds_the_lock_leaves_is_counted_all_the_same(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX000{n}126") for n in range(3)))
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE referral SET status = 'referred' WHERE id % 2 = 1"))
    with world.db.reading() as session:
        assert session.exec(select(KeptMark)).all() != []
        assert unaccounted_count(session, world.people[Role.MANAGER]) == 1
        rows = ledger_rows(session, EVERYWHERE, Cell(state=State.REFERRED))
        assert (rows.total, [row.state for row in rows.rows]) == (2, [State.REFERRED] * 2)
        assert not differences(session)


def test_what_is_hidden_from_somebody_is_taken_off_their_counts_alone(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX000{n}126") for n in range(3)))
    manager = world.people[Role.MANAGER]
    hidden = Hidden(sentences=frozenset({1}))
    excluded = Actor(
        manager.account_id, "", Role.MANAGER, manager.region_code, manager.police_area,
        hidden=hidden,
    )  # fmt: skip
    elsewhere = Actor(9, "", Role.VLO, "N03", opened=frozenset({1}))
    with world.db.reading() as session:
        counts = [unaccounted_count(session, one) for one in (manager, excluded, elsewhere)]
        assert counts == [3, 2, 1]
        agrees_for(session, world, excluded)
        page = worklist(session, world.sealer, elsewhere, world.today)
        assert (page.total, len(page.rows)) == (1, 1)


def test_nobody_waits_for_whoever_folds_and_the_next_writer_folds_what_is_left(
    world: World,
) -> None:
    world.court_tells(told(), told(urn="13EX0000226"))
    with world.db.engine.connect() as held:
        if held.dialect.name == "postgresql":
            held.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": FOLD_LOCK})
        else:
            # One writer at a time: there is nobody else to wait for.
            held.rollback()
        world.refer(world.referrals()[0])
        agrees(world)
        assert world.headline().unaccounted == 1
    world.refer(world.referrals()[1])
    with world.db.reading() as session:
        assert session.exec(select(KeptMark).where(KeptMark.sentence_id != None)).all() == []  # noqa: E711
    agrees(world)


def test_a_database_that_marks_no_changes_is_not_used_until_it_is_migrated(world: World) -> None:
    world.court_tells(told())
    with world.db.engine.begin() as connection:
        stop_marking(connection)
        connection.execute(text("UPDATE referral SET status = 'referred'"))
    assert "does not mark changes" in " ".join(schema_problems(world.db))
    migrate(world.settings)
    assert schema_problems(world.db) == []
    agrees(world)


@pytest.mark.parametrize("live", [all_live, few_live])
def test_every_column_that_a_kept_state_rests_on_is_watched(live: Callable[[], Any]) -> None:
    """A column that a state is worked out from, and no mark is made for, would make it lie."""
    named = {
        (base.table.name, base.name)
        for element in iterate(live())
        if isinstance(element, ColumnElement)
        for base in element.base_columns
        if isinstance(base, Column)
    }
    watched = {
        (table, column.strip())
        for table, its in WATCHED.items()
        for column in its.columns.split(",")
    }
    ids = {(table, "id") for table in WATCHED}
    assert ("task", "done_at") in named
    assert named - watched == ids & named


TAMPERED = (
    "UPDATE kept_count SET n = n + 1 WHERE axis = 'place'",
    "DELETE FROM kept_count",
    "UPDATE kept_sentence SET state = 'refused'",
    "DELETE FROM kept_sentence",
)


@pytest.mark.parametrize("change", TAMPERED)
def test_a_count_that_is_wrong_breaks_the_proof_and_is_mended(world: World, change: str) -> None:
    world.court_tells(told(), told(urn="13EX0000226"))
    with world.db.engine.begin() as connection:
        connection.execute(text(change))
    assert "Kept counts that are not as the rows say" in " ".join(world.problems())
    world.sweep()
    assert world.problems() == []
    agrees(world)
    assert any("does not close" in mail["Subject"] for mail in world.mail())
