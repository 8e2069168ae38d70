"""The ladder: on which day who is told, within which bounds, and what is forecast."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.journeys.world import CARDIFF, FRIDAY_20_MARCH, TUESDAY_7_APRIL, World, told
from tests.services.mailbox import text_of
from vcs.alerts.at_once import KINDS
from vcs.alerts.forecast import forecast
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.rungs.ladder import LADDER, ROLE_OF, Rung, Stand, rung_on, weekly_on, with_changes
from vcs.alerts.rungs.ladder_changes import changes_in, ladder_in, ladder_version, set_rung
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.terms import Role


def days(starts_on: date, due_on: date) -> dict[Rung, date]:
    return {row.rung: rung_on(row, starts_on, due_on) for row in LADDER}


def test_the_days_of_a_duty_of_ten_working_days_over_easter() -> None:
    assert days(FRIDAY_20_MARCH, TUESDAY_7_APRIL) == {
        Rung.HALF_TIME: date(2026, 3, 27),
        Rung.THREE_QUARTERS: date(2026, 4, 1),
        Rung.BREACH: date(2026, 4, 8),
        Rung.WELL_OVER: date(2026, 4, 10),
        Rung.WEEKLY_LIST: date(2026, 4, 27),
    }


def test_a_leap_day_and_a_due_day_on_a_weekend_are_counted_alike() -> None:
    found = days(date(2028, 2, 15), date(2028, 2, 29))
    assert found[Rung.BREACH] == date(2028, 3, 1)
    assert days(date(2026, 3, 20), date(2026, 4, 4))[Rung.BREACH] == date(2026, 4, 7)
    assert days(date(2026, 4, 4), date(2026, 4, 5))[Rung.HALF_TIME] == date(2026, 4, 7)


def test_the_weekly_list_goes_on_the_first_working_day_of_a_week() -> None:
    assert weekly_on(date(2026, 4, 6)) == date(2026, 4, 7)  # Easter Monday
    assert weekly_on(date(2026, 4, 7)) == date(2026, 4, 7)
    assert weekly_on(date(2026, 4, 8)) == date(2026, 4, 13)


def test_the_rungs_only_go_up() -> None:
    for share in (30, 60):
        for quarters in (60, 90):
            rows = with_changes({Rung.HALF_TIME: share, Rung.THREE_QUARTERS: quarters})
            found = [rung_on(row, FRIDAY_20_MARCH, TUESDAY_7_APRIL) for row in rows]
            assert all(before <= after for before, after in pairwise(found))
    assert set(ROLE_OF) == set(Stand)


def test_every_kind_that_goes_at_once_says_why_and_no_other_does() -> None:
    assert {str(kind) for kind in KINDS} == set(kinds_that(When.AT_ONCE))
    assert all(why.endswith(".") for why in KINDS.values())


def told_whom(world: World) -> list[tuple[str, str, str | None, str]]:
    with world.db.reading() as session:
        found = forecast(session, world.referrals()[0], world.today)
    return [(one.on.isoformat(), one.rung, one.who, one.role) for one in found]


def test_the_forecast_says_who_is_told_what_when(world: World) -> None:
    world.court_tells(told())
    head = "Head Of Public Protection"
    assert told_whom(world) == [
        ("2026-03-27", "half time", "Unit Administrator", "unit_administrator"),
        ("2026-04-01", "ahead", "Manager", "manager"),
        ("2026-04-01", "three quarters", "Unit Administrator", "unit_administrator"),
        ("2026-04-08", "breach", "Manager", "manager"),
        ("2026-04-08", "breach", "Unit Administrator", "unit_administrator"),
        ("2026-04-10", "well over", head, "head_of_public_protection"),
        ("2026-04-27", "weekly list", head, "head_of_public_protection"),
    ]


def test_what_is_forecast_is_what_happens(world: World) -> None:
    world.court_tells(told())
    expected = told_whom(world)
    for number in range(25):
        world.clock.move_to(date.fromordinal(FRIDAY_20_MARCH.toordinal() + number))
        world.sweep()
    for role in {role for *_, role in expected}:
        mails = [one for one in world.digests(Role(role)) if world.only_referral() in text_of(one)]
        days = [one["Date"].datetime.date().isoformat() for one in mails]
        assert days[0] == min(on for on, *_, held in expected if held == role)


def test_an_excluded_manager_is_passed_over_for_the_next_rung(world: World) -> None:
    from tests.access.test_exclusions import excluded

    world.court_tells(told())
    excluded(world, Role.MANAGER)
    breach = {who for _, rung, who, _ in told_whom(world) if rung == "breach"}
    assert breach == {"Unit Administrator", "Head Of Public Protection"}


def test_where_nobody_stands_an_administrator_is_told_and_asked(world: World) -> None:
    world.court_tells(told(court=CARDIFF, urn="62EX0000126"))
    assert {who for _, _, who, _ in told_whom(world)} == {"Administrator"}
    for day in (8, 9):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
    asked = [one.question for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "rung_empty"]
    assert len([one for one in asked if "unit manager in Wales" in one]) == 1


def test_a_region_moves_its_rungs_within_bounds_and_it_is_kept_who_did(world: World) -> None:
    world.court_tells(told())
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.HEAD])
        set_rung(work, "well over", 2, "The head asks", ladder_version(ladder_in(session, "N55")))
    with world.db.reading() as session:
        assert ladder_in(session, "N55")[3].after == 2
        assert ladder_in(session, "N03")[3].after == 3
        (change,) = changes_in(session, "N55")
    assert (change.who, change.after) == ("Head Of Public Protection", 2)
    assert ("2026-04-09", "well over") in {(on, rung) for on, rung, _, _ in told_whom(world)}


@pytest.mark.parametrize(("rung", "after"), [("breach", 2), ("well over", 6), ("half time", 10)])
def test_no_region_puts_a_rung_off_beyond_its_bounds(world: World, rung: str, after: int) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.HEAD])
        seen = ladder_version(ladder_in(session, "N55"))
        with pytest.raises(NotValid, match="correcting"):
            set_rung(work, rung, after, "Later", seen)


def test_an_officer_changes_no_ladder_and_an_unknown_referral_has_no_forecast(
    world: World,
) -> None:
    with pytest.raises(NotAllowed), world.db.writing() as session:
        set_rung(world.work(session, world.people[Role.VLO]), "well over", 3, "Why", "")
    with pytest.raises(NotFound), world.db.reading() as session:
        forecast(session, "VCS-0000-0000", world.today)
