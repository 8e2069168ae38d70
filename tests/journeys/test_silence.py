"""A court that falls silent is named once; a weekend or a bank holiday is no silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from tests.journeys.world import CARDIFF, LEEDS, World, told
from vcs.access import clients
from vcs.access.records import ClientKind
from vcs.intake.records import FeedDay, FeedKind
from vcs.law.deadlines.working_days import is_working_day
from vcs.ledger.records import SweepRun
from vcs.ledger.silence import feeds as ledger_feeds
from vcs.ledger.silence.feeds import (
    LOOK,
    Feed,
    FeedStatus,
    Rhythm,
    quiet_for,
    rhythm,
    silence_due,
    unknown_codes,
)

MONDAY_2_MARCH = date(2026, 3, 2)

THURSDAY_2_APRIL = date(2026, 4, 2)

"""The day before Good Friday; Tuesday 7 April is the next working day."""

TUESDAY_7_APRIL = date(2026, 4, 7)


def working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def speaks(world: World, *days: date, court: tuple[str, str] = LEEDS) -> None:
    """Have a court tell of one sentence on each of these days."""
    for day in days:
        world.clock.move_to(day)
        area = court[0][1:3]
        world.court_tells(told(day, urn=f"{area}EX{day:%m%d}026", court=court))


def feeds(world: World) -> dict[str, Feed]:
    with world.db.reading() as session:
        return {one.code: one for one in ledger_feeds.feeds(session, world.today)}


def silences(world: World) -> list[str]:
    named = (str(mail["Subject"]).strip() for mail in world.mail())
    return sorted(subject for subject in named if "has sent no court messages" in subject)


def test_a_court_quiet_beyond_its_rhythm_is_named_once_until_it_speaks_again(
    world: World,
) -> None:
    speaks(world, *working_days(MONDAY_2_MARCH, date(2026, 3, 18)))
    for day in range(19, 25):
        world.clock.move_to(date(2026, 3, day))
        world.sweep()
    # Quiet on Thursday 19, Friday 20 and Monday 23 March: three days are still usual.
    assert silences(world) == []
    for day in (25, 26, 27, 30):
        world.clock.move_to(date(2026, 3, day))
        world.sweep()
    (subject,) = silences(world)
    court = "Leeds Crown Court (C13LE00)"
    assert subject == f"{court} has sent no court messages for 4 working days"
    speaks(world, date(2026, 3, 30))
    world.sweep()
    assert len(silences(world)) == 1
    for day in range(7, 15):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
    assert len(silences(world)) == 2
    assert {mail["To"] for mail in world.mail() if "has sent no" in str(mail["Subject"])} == {
        "administrator@example.org"
    }


def test_a_court_stays_listed_until_it_speaks_again_however_long_that_is(world: World) -> None:
    spoke = working_days(date(2025, 3, 3), date(2025, 5, 29))
    _spoke_on(world, LEEDS[0], spoke)
    _spoke_on(world, CARDIFF[0], spoke[:7])
    found = feeds(world)
    assert list(found) == [LEEDS[0]], "seven days teach no rhythm: nothing is expected of Cardiff"
    assert found[LEEDS[0]].voice is FeedStatus.SILENT
    _spoke_on(world, LEEDS[0], [world.today])
    assert feeds(world)[LEEDS[0]].voice is not FeedStatus.SILENT


def test_a_court_that_sits_once_a_fortnight_is_expected_too(world: World) -> None:
    fortnights = [world.today - timedelta(days=14 * n) for n in range(2, 12)]
    _spoke_on(world, LEEDS[0], sorted(fortnights))
    assert feeds(world)[LEEDS[0]].voice is FeedStatus.SILENT


def _spoke_on(world: World, code: str, days: Sequence[date]) -> None:
    with world.db.writing() as session:
        session.add_all(FeedDay(kind=FeedKind.COURT, name=code, day=day, times=1) for day in days)


@pytest.mark.parametrize("ended", [{"fault": "OperationalError"}, {"failed": 1}], ids=str)
def test_a_look_that_failed_is_made_again_the_same_day(world: World, ended: dict[str, Any]) -> None:
    now = world.clock.now()
    with world.db.writing() as session:
        session.add(SweepRun(job=LOOK, started_at=now, finished_at=now, found=1, **ended))
    with world.db.writing() as session:
        assert silence_due(session, now)
        session.add(SweepRun(job=LOOK, started_at=now, finished_at=now, found=1, done=1))
    with world.db.reading() as session:
        assert not silence_due(session, now)


def test_easter_raises_no_alert(world: World) -> None:
    speaks(world, *working_days(MONDAY_2_MARCH, THURSDAY_2_APRIL))
    for day in range(3, 8):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
    assert silences(world) == []
    assert feeds(world)[LEEDS[0]].quiet_for == 0


def test_nothing_is_expected_of_a_court_that_spoke_on_few_days(world: World) -> None:
    speaks(world, *working_days(MONDAY_2_MARCH, date(2026, 3, 10)), court=CARDIFF)
    world.clock.move_to(date(2026, 4, 20))
    world.sweep()
    assert feeds(world)[CARDIFF[0]].voice is FeedStatus.NOT_EXPECTED
    assert silences(world) == []


def test_a_whole_feed_gone_quiet_is_named_and_not_each_court_of_it(world: World) -> None:
    with world.db.writing() as session:
        client = clients.ClientEntry("Common Platform", ClientKind.COURT)
        made = clients.add_client(session, None, client, world.clock.now())
    for day in working_days(MONDAY_2_MARCH, date(2026, 3, 18)):
        world.clock.move_to(day)
        for court in (LEEDS, CARDIFF):
            body = told(day, urn=f"{court[0][1:3]}EX{day:%m%d}026", court=court)
            _keep_as(world, made.client_id, body)
        world.read()
    world.clock.move_to(date(2026, 3, 26))
    world.sweep()
    found = feeds(world)
    assert {one.voice for one in found.values()} == {FeedStatus.SILENT}
    (subject,) = silences(world)
    assert subject.startswith("Common Platform (client-")
    assert found[made.client_id].kind is FeedKind.CLIENT


def _keep_as(world: World, client_id: str, body: bytes) -> None:
    from vcs.intake.inbox import Inbox

    Inbox(world.db, world.sealer).keep((body,), client_id, world.clock.now())


def test_each_message_and_decision_is_counted_once(world: World) -> None:
    speaks(world, MONDAY_2_MARCH)
    world.clock.minutes(5)
    world.sweep()
    world.sweep()
    found = feeds(world)
    assert {code: one.times for code, one in found.items()} == {"court": 1, LEEDS[0]: 1}
    world.clock.days(1)
    world.sweep()
    assert {one.times for one in feeds(world).values()} == {1}


def test_unknown_codes_are_listed_with_how_often_they_came(world: World) -> None:
    one, two = told(MONDAY_2_MARCH), told(date(2026, 3, 3), urn="13EX0000226")
    world.court_tells(*(body.replace(b"OF61131", b"ZZ99999") for body in (one, two)))
    world.sweep()
    world.sweep()
    with world.db.reading() as session:
        (row,) = unknown_codes(session)
    assert (row.kind, row.code, row.times) == ("offence", "ZZ99999", 2)
    assert row.last_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("every", "expected"), [(1, Rhythm(1, 3)), (2, Rhythm(2, 4)), (4, Rhythm(4, 8))]
)
def test_a_rhythm_is_learnt_from_the_usual_gap(every: int, expected: Rhythm) -> None:
    days = working_days(date(2026, 1, 5), date(2026, 3, 2))[::every]
    assert rhythm(days) == expected


def test_a_rhythm_is_bounded_and_takes_eight_days_to_learn() -> None:
    days = working_days(date(2026, 1, 5), date(2026, 6, 30))[::12]
    assert rhythm(days) == Rhythm(12, 15)
    assert rhythm(days[:7]) is None


def test_whoever_is_usually_quiet_for_longer_than_the_bound_is_not_late_before_it() -> None:
    monday = date(2026, 6, 1)
    days = [monday + timedelta(days=28 * n) for n in range(8)]
    found = rhythm(days)
    assert found is not None
    assert found.usual > 15
    assert found.allowed == found.usual


def test_weekends_teach_no_rhythm() -> None:
    weekends = [date(2026, 1, 3) + timedelta(days=7 * n) for n in range(20)]
    assert rhythm(weekends) is None


def test_today_is_no_silence_and_neither_is_a_holiday() -> None:
    assert quiet_for(THURSDAY_2_APRIL, TUESDAY_7_APRIL) == 0
    assert quiet_for(THURSDAY_2_APRIL, date(2026, 4, 8)) == 1
    assert quiet_for(THURSDAY_2_APRIL, THURSDAY_2_APRIL) == 0
