"""What is forecast is what happens: told for many situations, over weeks in which nobody acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import Session, col, select

from tests.access.test_exclusions import excluded
from tests.alerts.test_year import at, tick
from tests.journeys.test_officer_leaves import assigned, disabled
from tests.journeys.world import CARDIFF, FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.access.records import Account
from vcs.alerts.digest.agenda.matter import deadline_matter
from vcs.alerts.digest.agenda.matters import matter_named
from vcs.alerts.digest.facts import from_json
from vcs.alerts.digest.recipients.acts import plan, snooze
from vcs.alerts.digest.records import Digest, DigestLine, LineState
from vcs.alerts.forecast import forecast
from vcs.alerts.rungs.ladder import Rung
from vcs.alerts.rungs.ladder_changes import ladder_in, ladder_version, set_rung
from vcs.law.deadlines.working_days import is_working_day
from vcs.referrals.officers.leave import Away, record_leave
from vcs.referrals.records import DeadlineRecord
from vcs.terms import Role

WEEKS = 8

What = tuple[date, str, str, str]
"""On which day who is told of which duty, and which rung is reached."""


def foretold(world: World) -> set[What]:
    with world.db.reading() as session:
        found = forecast(session, world.referrals()[0], world.today)
    until = world.today + timedelta(weeks=WEEKS)
    return {(one.on, one.who or "nobody", one.rung, one.duty) for one in found if one.on <= until}


def happened(world: World, since: date) -> set[What]:
    """Return whom emails told of what after a day, each where something is new to them."""
    with world.db.reading() as session:
        names = dict(session.exec(select(Account.id, Account.name)).all())
        lines = session.exec(select(DigestLine).order_by("day", "id")).all()
        duty = {key: _duty(session, key) for key in {one.matter for one in lines}}
        found = {
            (one.day, names[one.account_id], rung, duty[one.matter])
            for one, rung in _news(lines)
            if one.day > since
        }
        weekly = set(_weekly(session, names))
    return found | {one for one in weekly if one[0] > since}


def _duty(session: Session, key: str) -> str:
    matter = matter_named(session, key)
    assert matter is not None
    return matter.duty


def _news(lines: Iterable[DigestLine]) -> Iterator[tuple[DigestLine, str]]:
    """Yield the lines that tell somebody of a rung, or of a miss, for the first time."""
    last: dict[tuple[int, str], tuple[str, str]] = {}
    for one in lines:
        before = last.get((one.account_id, one.matter))
        last[one.account_id, one.matter] = (one.rung, one.state)
        is_missed = one.state == LineState.MISSED
        is_first = is_missed and (before is None or before[1] != LineState.MISSED)
        if one.state == LineState.SETTLED:
            continue
        if is_first and one.rung in (Rung.AHEAD, Rung.HALF_TIME, Rung.THREE_QUARTERS):
            yield one, str(Rung.BREACH)
        elif is_first or before is None or before[0] != one.rung:
            yield one, one.rung


def _weekly(session: Session, names: Mapping[int, str]) -> Iterator[What]:
    seen: set[tuple[str, str]] = set()
    for one in session.exec(select(Digest).order_by(col(Digest.day))).all():
        facts = from_json(one.facts)
        for row in facts.weekly.over if facts.weekly else ():
            key = (names[one.account_id], row.matter)
            if key not in seen:
                seen.add(key)
                yield one.day, key[0], str(Rung.WEEKLY_LIST), _duty(session, row.matter)


def situation(world: World, chance: Random) -> None:
    """Let things be as they may be: who is there and away, who must not know, whose it is."""
    world.court_tells(told(shared_at="12:00:00"))
    officer = world.people[Role.VLO]
    if chance.random() < 0.6:
        world.refer()
    if chance.random() < 0.6:
        assigned(world, world.only_referral(), officer.account_id)
    leave(world, chance)
    for role in (Role.MANAGER, Role.UNIT_ADMINISTRATOR):
        if chance.random() < 0.25:
            excluded(world, role)
    if chance.random() < 0.25:
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.HEAD])
            seen = ladder_version(ladder_in(session, "N55"))
            set_rung(work, "well over", chance.choice((2, 4, 5)), "The head asks", seen)
    for role in (Role.MANAGER, Role.HEAD, Role.UNIT_ADMINISTRATOR):
        if chance.random() < 0.2:
            disabled(world, world.people[role].account_id)


def leave(world: World, chance: Random) -> None:
    """Let officers and managers be away in the weeks to come, and somebody or nobody cover."""
    officer, manager, head = (world.people[one] for one in (Role.VLO, Role.MANAGER, Role.HEAD))
    cover = world.hire(Role.VLO, "Cover")
    second = world.hire(Role.MANAGER, "Second Manager") if chance.random() < 0.3 else None
    for who, by in ((officer, cover), (manager, second or head), (cover, None)):
        if chance.random() < 0.5:
            first = FRIDAY_20_MARCH + timedelta(days=chance.randrange(1, 40))
            last = first + timedelta(days=chance.randrange(1, 20))
            by_id = by.account_id if by is not None else None
            with world.db.writing() as session:
                away = Away(who.account_id, by_id, first, last)
                record_leave(world.work(session, manager), away)


def later(world: World, chance: Random) -> None:
    """Let somebody have planned it or put it off, or the court have taken it back."""
    with world.db.reading() as session:
        query = select(DeadlineRecord.id).where(col(DeadlineRecord.met_on).is_(None))
        keys = [deadline_matter(one) for one in session.exec(query)]
        manager = session.get_one(Account, world.people[Role.MANAGER].account_id)
        is_there = manager.active
    act = chance.choice(("plan", "snooze", "court", None, None))
    if act == "court":
        world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="13:00:00"))
    elif act is not None and keys and is_there:
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.MANAGER])
            if keys[0] and not work.actor.hidden.sentences:
                until = world.today + timedelta(days=chance.randrange(1, 6))
                (plan if act == "plan" else snooze)(work, keys[0], until, "It is in hand")


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 31])
def test_what_is_forecast_is_what_happens_and_nothing_else(world: World, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    situation(world, chance)
    for number in range(chance.choice((0, 0, 4, 13, 19, 24))):
        world.clock.move_to(at(FRIDAY_20_MARCH + timedelta(days=number), 7, 5))
        tick(world, schedulers=1)
    later(world, chance)
    world.sweep()
    comes_true(world)


def test_where_a_region_has_nobody_the_forecast_names_who_is_told_instead(world: World) -> None:
    world.court_tells(told(court=CARDIFF, urn="62EX0000126"))
    world.sweep()
    assert {who for _, who, *_ in comes_true(world)} == {"Administrator"}


def comes_true(world: World) -> set[What]:
    """Let weeks pass in which nobody acts, and see that what was forecast came, and no more."""
    since, expected = world.today, foretold(world)
    for number in range(1, WEEKS * 7 + 1):
        day = since + timedelta(days=number)
        if is_working_day(day):
            world.clock.move_to(at(day, 7, 5))
            tick(world, schedulers=1)
    said = {one for one in expected if one[0] > since}
    came = happened(world, since)
    assert (sorted(said - came), sorted(came - said)) == ([], [])
    return said
