"""What became of referrals while only named people may see the case, and after that."""

from __future__ import annotations

from datetime import date

from tests.access.test_restrictions import lift, restricted
from tests.api.partners.test_outcomes import heard
from tests.journeys.program import SOMEBODY, Program, program, referral
from tests.journeys.world import World, told, world
from tests.victims.test_no_reply import MONDAY_23, TUESDAY_24, WEDNESDAY_25, tried
from tests.victims.test_no_reply import referred as referred_on_a_page
from tests.victims.test_preferences import say
from vcs.partners.outcomes.of_units import without
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import ChoiceEntry, choose, record_choice
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.preferences.records import Rule, Way

__all__ = ["world"]


def referred(world: World, unit: Program) -> str:
    """Have a program send somebody; return the reference of the victim."""
    unit.send(referral(victims=[SOMEBODY]))
    return str(heard(world, unit.client_id)[0][0].detail["victims"][0]["victim"])


def rung(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        record_contact(work, victim, ContactEntry(world.today, "by phone", True, "Herself", ""))


def chose(world: World, victim: str, choice: Choice) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        record_choice(work, victim, choice, world.today, "by phone")


def kinds(world: World, unit: Program, after: str = "") -> list[str]:
    return [one.kind for one in heard(world, unit.client_id, after)[0]]


def test_what_happens_while_a_case_is_restricted_comes_when_that_ends(world: World) -> None:
    world.court_tells(told())
    unit, alone = program(world), program(world, None)
    victim = referred(world, alone)
    manager = world.people[Role.MANAGER]
    number = restricted(world, manager)
    before = {one.client_id: heard(world, one.client_id) for one in (unit, alone)}
    rung(world, victim)
    chose(world, victim, Choice.OPT_IN)
    for one in (unit, alone):
        assert heard(world, one.client_id) == before[one.client_id], "nothing hints at it"

    # Other events move the cursors on.
    world.court_tells(told(urn="13EX0000127", shared_at="16:31:00"))
    world.clock.minutes(1)
    lift(world, number, manager)
    for one in (unit, alone):
        _, cursor = before[one.client_id]
        later, _ = heard(world, one.client_id, cursor)
        assert [each.kind for each in later][:2] == ["contacted", "answered"]
        ids = [int(each.cursor) for each in later]
        assert ids == sorted(ids)
        assert heard(world, one.client_id, cursor)[0] == later, "replayed"


def test_what_was_told_and_not_read_before_comes_once_more_and_only_once(world: World) -> None:
    world.court_tells(told())
    unit, other = program(world), program(world, None)
    victim = referred(world, other)
    start = heard(world, unit.client_id)[1]
    rung(world, victim)
    assert kinds(world, unit, start) == ["contacted"]
    number = restricted(world, world.people[Role.MANAGER])
    assert kinds(world, unit, start) == [], "not read in time, and hidden now"
    moved_on = _moved_on(world, unit)
    world.clock.minutes(1)
    lift(world, number, world.people[Role.MANAGER])
    for _ in range(3):
        assert kinds(world, unit, moved_on) == ["contacted"]

    world.clock.minutes(1)
    number = restricted(world, world.people[Role.MANAGER])
    world.clock.minutes(1)
    lift(world, number, world.people[Role.MANAGER])
    assert kinds(world, unit, moved_on) == ["contacted"] * 2, "each restriction hid it"


def _moved_on(world: World, unit: Program) -> str:
    """Have an event of another case, and read it; return the cursor."""
    world.court_tells(told(urn="13EX0000199", shared_at="16:31:00"))
    unit.send(referral(case_reference="13EX0000199", victims=[{**SOMEBODY, "name": "Bo Other"}]))
    return heard(world, unit.client_id)[1]


def test_the_other_offender_of_a_restricted_case_is_hidden_too(world: World) -> None:
    result = ("IMP", "3 Years")
    world.court_tells(told(date(2026, 3, 20), ("Madeup", *result), ("Another", *result)))
    unit, manager = program(world), world.people[Role.MANAGER]
    first, second = world.referrals()
    restricted(world, manager, reference=first)
    world.close_without_victim(reference=second)
    assert kinds(world, unit) == []


def test_nobody_s_reply_is_told_and_no_choice_is(world: World) -> None:
    unit, victim = program(world), referred_on_a_page(world)
    say(world, victim, Way.TEXT, Rule.ONLY)
    tried(world, victim, "by text message", MONDAY_23, TUESDAY_24, WEDNESDAY_25)
    with world.db.writing() as session:
        nobody = ChoiceEntry(Choice.NO_REPLY)
        choose(world.work(session, world.people[Role.VLO]), victim, nobody)
    (one,), cursor = heard(world, unit.client_id)
    assert (one.kind, dict(one.detail)) == ("no_reply", {"victim": victim})
    with world.db.writing() as session:
        out = ChoiceEntry(Choice.OPT_OUT, world.today, "by text message")
        choose(world.work(session, world.people[Role.VLO]), victim, out)
    (one,), _ = heard(world, unit.client_id, cursor)
    assert (one.kind, dict(one.detail)) == ("answered", {"victim": victim})


def test_a_program_hears_of_whom_it_sent_to_another_area_and_of_nobody_beside_them(
    world: World,
) -> None:
    world.court_tells(told())
    elsewhere, unit = program(world, None), program(world)
    theirs = referred(world, elsewhere)
    unit.send(referral(victims=[{**SOMEBODY, "name": "Bo Beside", "postcode": "LS2 4CD"}]))
    found, _ = heard(world, unit.client_id)
    beside = next(one for one in found if one.kind == "accepted").detail["victims"][0]["victim"]
    _, cursor = heard(world, elsewhere.client_id)
    for victim in (theirs, beside):
        rung(world, victim)
    later, _ = heard(world, elsewhere.client_id, cursor)
    assert [(one.kind, one.detail["victim"]) for one in later] == [("contacted", theirs)]


def test_a_chase_leaves_out_what_is_hidden_in_its_list_and_its_counts() -> None:
    due = [
        {"referral": "VCS-1", "due_on": "2026-03-30"},
        {"referral": "VCS-2", "due_on": "2026-04-07"},
        {"referral": "VCS-3", "due_on": "2026-04-09"},
    ]
    told_of = {"late": 1, "today": 1, "soon": 1, "due": due}
    seen = without(told_of, {"VCS-1", "VCS-3"}, date(2026, 4, 7))
    assert seen == {"late": 0, "today": 1, "soon": 0, "due": due[1:2]}
