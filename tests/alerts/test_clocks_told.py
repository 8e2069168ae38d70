"""The unit's own clocks are rows of the digest, climb the ladder, and say each thing once."""

from __future__ import annotations

from datetime import date, datetime

from tests.alerts.test_digest import newest, seven, sweep_on
from tests.journeys.test_officer_leaves import assigned
from tests.journeys.test_victim_to_choice import approve, draft
from tests.journeys.world import FRIDAY_20_MARCH, World, told
from tests.services.mailbox import text_of
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import open_matters
from vcs.alerts.digest.recipients.acts import plan
from vcs.alerts.forecast import forecast
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

SEND = "Send a letter that was approved"

GIVE = "Give the referral to an officer"


def text_for(world: World, role: Role) -> str:
    return text_of(world.digests(role)[-1])


def with_an_approved_letter(world: World) -> str:
    world.court_tells(told())
    reference = world.only_referral()
    assigned(world, reference, world.people[Role.VLO].account_id)
    approve(world, draft(world, world.refer()))
    return reference


def test_an_approved_letter_that_nobody_sends_climbs_from_officer_to_head(world: World) -> None:
    """Approved on Friday 20 March: two working days, ours."""
    with_an_approved_letter(world)
    sweep_on(world, seven(2026, 3, 23))
    assert SEND in text_for(world, Role.VLO)
    assert "AN APPROVED LETTER HAS NOT BEEN SENT" in text_for(world, Role.VLO)
    assert SEND not in newest(world)
    sweep_on(world, seven(2026, 3, 24))
    assert SEND in text_for(world, Role.UNIT_ADMINISTRATOR)
    assert SEND not in newest(world)
    sweep_on(world, seven(2026, 3, 25))
    assert f"NEW: {world.only_referral()}, 1 working day overdue" in newest(world)
    assert SEND in newest(world)
    sweep_on(world, seven(2026, 3, 26))
    assert SEND not in text_for(world, Role.HEAD)
    sweep_on(world, seven(2026, 3, 27))
    assert SEND in text_for(world, Role.HEAD)


def test_a_plan_about_a_clock_holds_its_row_and_not_the_clock(world: World) -> None:
    with_an_approved_letter(world)
    sweep_on(world, seven(2026, 3, 25))
    (found,) = [one.key for one in matters(world) if one.duty == "send-letter"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        plan(work, found, date(2026, 3, 27), "It goes on Friday")
    sweep_on(world, seven(2026, 3, 26), seven(2026, 3, 27))
    assert SEND not in newest(world)
    sweep_on(world, seven(2026, 3, 30))
    assert SEND in text_for(world, Role.HEAD)
    assert "has passed" in text_for(world, Role.HEAD)


def test_a_referral_without_an_officer_is_one_row_at_each_time(world: World) -> None:
    """Referred on Friday 20 March: two working days to allocate, twenty to make contact."""
    world.court_tells(told())
    world.refer()
    reference = world.only_referral()
    sweep_on(world, seven(2026, 3, 25))
    rows = [line for line in newest(world).splitlines() if reference in line and "http" not in line]
    assert len(rows) == 1
    assert GIVE in newest(world)
    sweep_on(world, *(seven(2026, 4, day) for day in (17, 20, 21, 22)))
    rows = [line for line in newest(world).splitlines() if reference in line and "http" not in line]
    assert len(rows) == 1
    assert f"NEW: {reference}" in newest(world)
    assert GIVE not in newest(world)
    assert "another reader" not in "".join(text_of(one) for one in world.digests())
    assigned(world, reference, world.people[Role.VLO].account_id)
    sweep_on(world, seven(2026, 4, 23))
    assert "First contact with the victim" in newest(world)


def test_giving_it_to_an_officer_settles_its_row(world: World) -> None:
    world.court_tells(told())
    world.refer()
    sweep_on(world, seven(2026, 3, 25))
    world.clock.move_to(datetime(2026, 3, 25, 12, tzinfo=world.clock.now().tzinfo))
    assigned(world, world.only_referral(), world.people[Role.VLO].account_id)
    sweep_on(world, seven(2026, 3, 26))
    assert "Settled on Wednesday 25 March 2026, 1 working day late." in newest(world)


def test_nobody_is_told_of_a_clock_of_the_court_or_of_a_back_stop(world: World) -> None:
    world.court_tells(told())
    sweep_on(world, seven(2026, 4, 8), seven(2026, 5, 6))
    for role in (Role.VLO, Role.UNIT_ADMINISTRATOR, Role.MANAGER, Role.HEAD):
        text = text_for(world, role)
        assert "Look into a sentence" not in text
        assert "whoever was late before" not in text
        assert "Tell the witness care unit the outcome" not in text
    assert newest(world).count(f"{world.only_referral()}, ") == 1


def test_a_discretionary_case_has_five_days_and_is_told_of_when_they_are_over(
    world: World,
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("X", "IMP", "8 Months")), told(urn="13EX0000226"))
    with world.db.writing() as session:
        session.add(
            Task(
                reference="VCS-0000-0001",
                key="x",
                kind=TaskKind.DISCRETION,
                question="Is contact offered?",
                region_code="N55",
                due_on=date(2026, 3, 27),
                opened_on=FRIDAY_20_MARCH,
                sentence_id=1,
            )
        )
    sweep_on(world, seven(2026, 3, 30))
    assert "VCS-0000-0001, 1 working day overdue" in newest(world)


def matters(world: World) -> list[Matter]:
    with world.db.reading() as session:
        return list(open_matters(session, world.today).rows)


def test_the_forecast_names_clocks_and_decisions_too(world: World) -> None:
    reference = with_an_approved_letter(world)
    with world.db.reading() as session:
        found = forecast(session, reference, world.today)
    assert ("send-letter", "three quarters") in {(one.duty, one.rung) for one in found}
    assert [one.on for one in found] == sorted(one.on for one in found)
