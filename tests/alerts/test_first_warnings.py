"""A warning that comes with a victim, by whichever way in, is told at once and exactly once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.alerts.test_at_once import MANAGER, OFFICER, given, mailed
from tests.journeys.program import SOMEBODY, program, referral
from tests.journeys.test_officer_leaves import assigned, disabled
from tests.journeys.world import World, a_victim, told
from tests.victims.test_joining import join
from tests.victims.test_one_person import known, rows
from vcs.alerts.causes.safety_warnings import tell_of_warning
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.consequences.people.address_answers import answer_about_address, there_to_see
from vcs.needs.answers import Conversation, ItemAnswer, record_answers
from vcs.needs.standard import ItemGroup
from vcs.terms import Role
from vcs.victims.details.add import add_known_victim
from vcs.victims.entries import VictimEntry
from vcs.victims.preferences.anything import NeverContact, record_never
from vcs.victims.preferences.change import PreferenceEntry, change_preference
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.records import AddressFinding, Victim

__all__ = ["given"]

BOTH = [("safety", OFFICER), ("safety", MANAGER)]

UNSAFE = {"safe_to_post": False, "safe_contact_notes": "Canary: he reads her post"}


def a_second_referral(world: World) -> str:
    """Return a referral of the same officer, about another offence."""
    held = set(world.referrals())
    world.court_tells(told(urn="13EX0000226"))
    (new,) = set(world.referrals()) - held
    assigned(world, new, world.people[Role.VLO].account_id)
    return new


def warned_in(world: World) -> list[str]:
    """Return the referrals in which somebody was warned, in the order of the emails."""
    alerts = rows(world, AlertRecord)
    return [one.subject for one in alerts if one.kind == AlertKind.SAFETY_WARNING]


def by_form(world: World, **changes: Any) -> None:
    world.refer("", a_victim(**changes))


def by_program(world: World, *people: dict[str, Any]) -> None:
    victims = [SOMEBODY | one for one in people]
    sent = program(world).send(referral(referral_reference=world.only_referral(), victims=victims))
    assert sent.status == "attached"


@pytest.mark.parametrize(
    "warning",
    [
        {"safe_to_post": False},
        {"safe_contact_notes": "Canary: he reads her post"},
        {"name": "Nia Canary-Name (at risk)"},
    ],
)
def test_a_warning_on_the_form_of_witness_care_is_told_once(
    given: World, warning: dict[str, Any]
) -> None:
    by_form(given, **warning)
    assert mailed(given) == BOTH
    assert mailed(given) == BOTH
    assert "Canary" not in "".join(one.as_string() for one in given.mail())


@pytest.mark.parametrize("said", ["", "asked: none", "None."])
def test_where_somebody_asked_and_there_is_none_nobody_is_told(given: World, said: str) -> None:
    by_form(given, safe_contact_notes=said)
    assert mailed(given) == []


def test_a_program_that_warns_of_two_people_at_once_is_one_mail(given: World) -> None:
    two = {"safe_to_post": False}, {"name": "Ann Canary", "safe_contact_notes": "Never ring"}
    by_program(given, *two)
    assert mailed(given) == BOTH
    assert mailed(given) == BOTH


def test_a_warning_sent_before_the_sentence_is_told_when_it_attaches(world: World) -> None:
    early = referral(victims=[SOMEBODY | {"safe_to_post": False}])
    assert program(world).send(early).status == "waiting_for_sentence"
    assert mailed(world) == []
    world.court_tells(told())
    assert mailed(world) == [("safety", MANAGER)]


def test_what_warned_before_is_told_to_the_unit_of_another_referral(given: World) -> None:
    by_form(given, **UNSAFE)
    assert mailed(given) == BOTH
    (victim,) = rows(given, Victim)
    second = a_second_referral(given)
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.WITNESS_CARE])
        add_known_victim(work, second, victim.reference, a_victim())
    assert mailed(given) == [*BOTH, *BOTH]
    assert warned_in(given)[1:] == [second]


def forbids(world: World, rule: Rule, who: Role) -> None:
    (victim,) = rows(world, Victim)
    with world.db.writing() as session:
        seen = standing_preferences(session, world.sealer, victim.person_id).version
        entry = PreferenceEntry(Way.PHONE, rule, world.today, HowKnown.THEM)
        change_preference(world.work(session, world.people[who]), victim.reference, seen, entry)


def test_never_by_phone_is_told_and_allowed_by_phone_is_not(given: World) -> None:
    given.refer()
    forbids(given, Rule.ALLOWED, Role.MANAGER)
    assert mailed(given) == []
    forbids(given, Rule.NEVER, Role.MANAGER)
    assert mailed(given) == BOTH


def test_the_officer_is_not_told_of_what_she_heard_herself(given: World) -> None:
    given.refer()
    forbids(given, Rule.NEVER, Role.VLO)
    assert mailed(given) == [("safety", MANAGER)]


def test_never_about_anything_is_told(given: World) -> None:
    victim = given.refer()
    never = NeverContact(given.today, HowKnown.THEM, "Canary: leave me alone")
    with given.db.writing() as session:
        record_never(given.work(session, given.people[Role.MANAGER]), victim, never)
    assert mailed(given) == BOTH


def test_an_address_that_is_found_not_safe_is_told(given: World) -> None:
    given.refer("", a_victim(address_lines=("1 Example Street", "Exeter"), postcode="EX1 1AA"))
    before = mailed(given)
    (task,) = [one for one in given.tasks() if one.kind == "address_to_check"]
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.MANAGER])
        finding = AddressFinding.SAME_NOT_SAFE
        seen = there_to_see(session, given.sealer, work.actor, task.reference)
        answer_about_address(work, task.reference, finding, "His mother", seen)
    assert mailed(given) == [*before, *BOTH]


def test_two_records_that_become_one_warn_where_it_was_not_known(given: World) -> None:
    first, second = given.only_referral(), a_second_referral(given)
    one = given.refer(first)
    other = given.refer(second, a_victim(name="Nia C-Name", **UNSAFE))
    assert mailed(given) == BOTH
    join(given, one, other)
    assert mailed(given) == [*BOTH, *BOTH]
    assert warned_in(given) == [second, first]


@pytest.mark.parametrize(("who", "told"), [(Role.MANAGER, BOTH), (Role.VLO, BOTH[1:])])
def test_what_a_colleague_heard_about_her_safety_is_told(
    given: World, who: Role, told: list[tuple[str, str]]
) -> None:
    victim = given.refer()
    heard = (ItemAnswer("safety", "said", "Canary: he knows where I live"),)
    asked = Conversation(ItemGroup.SAFE, heard, given.today, "by phone")
    with given.db.writing() as session:
        record_answers(given.work(session, given.people[who]), victim, asked)
    assert mailed(given) == told


def test_what_she_says_about_her_safety_warns_in_every_referral_of_hers(given: World) -> None:
    first, second = given.only_referral(), a_second_referral(given)
    victim = given.refer(first)
    known(given, second, victim, a_victim())
    heard = (ItemAnswer("safety", "said", "Canary: he knows where I live"),)
    asked = Conversation(ItemGroup.SAFE, heard, given.today, "by phone")
    with given.db.writing() as session:
        record_answers(given.work(session, given.people[Role.MANAGER]), victim, asked)
    given.sweep()
    assert sorted(set(warned_in(given))) == sorted([first, second])


def test_a_warning_about_somebody_who_has_no_officer_reaches_the_manager(world: World) -> None:
    world.court_tells(told())
    by_form(world, safe_to_post=False)
    assert mailed(world) == [("safety", MANAGER)]


def test_a_region_without_manager_or_head_tells_an_administrator(world: World) -> None:
    for role in (Role.MANAGER, Role.HEAD):
        disabled(world, world.people[role].account_id)
    world.court_tells(told())
    by_form(world, safe_to_post=False)
    assert mailed(world) == [("safety", "administrator@example.org")]


def test_a_second_entry_that_warns_more_is_one_mail_in_each_referral(given: World) -> None:
    victim = given.refer()
    second = a_second_referral(given)
    entry: VictimEntry = replace(a_victim(), safe_to_post=False)
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.WITNESS_CARE])
        add_known_victim(work, second, victim, entry)
    assert mailed(given) == [*BOTH, *BOTH]
    assert sorted(warned_in(given)) == sorted(given.referrals())


def test_a_warning_that_is_gone_by_the_time_ends_nothing(given: World) -> None:
    """The scheduler found it; before it told anybody the victim was withdrawn."""
    with given.db.writing() as session:
        assert tell_of_warning(session, 4711, given.clock.now(), given.today, given.sealer) is False
    assert warned_in(given) == []
