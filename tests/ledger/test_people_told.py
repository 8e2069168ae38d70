"""The dump and the checks tell of events, needs, families and preferences, and of no word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.events.told import PLANNED, asks_for, happens
from tests.journeys.world import World, a_victim
from tests.needs.test_asked_again import RECALLED, asked_all
from tests.needs.test_needs import FRIDAY_27, referred
from tests.victims.test_first_contact import SPOKE, contact
from vcs.terms import Role
from vcs.victims.family.births import record_birth
from vcs.victims.family.links import link
from vcs.victims.family.records import LinkKind
from vcs.victims.preferences.change import PreferenceEntry, Said, change_preference
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.records import ContactRecord, Victim

CANARY = "canary: letters only"


def says(world: World, victim: str, way: Way, rule: Rule) -> None:
    entry = PreferenceEntry(way, rule, FRIDAY_27, HowKnown.THEM, Said(words=CANARY))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        person = session.exec(select(Victim).where(Victim.reference == victim)).one().person_id
        version = standing_preferences(session, world.sealer, person).version
        change_preference(work, victim, version, entry)


def test_the_dump_tells_of_events_needs_family_and_preferences_without_a_word(
    world: World,
) -> None:
    victim = asked_all(world)
    before = world.state()
    assert before["events"] == []
    happens(world, RECALLED)
    says(world, victim, Way.PHONE, Rule.NEVER)
    asks_for(world, victim, "police", on=FRIDAY_27)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_birth(work, victim, date(1990, 6, 9), "they said so")
        link(work, LinkKind.LEAD, victim)
    dump = world.state()
    (event,) = dump["events"]
    (hers,) = dump["sentences"][0]["referral"]["victims"]
    assert (event["kind"], event["taken_back"], event["held"]) == ("recalled", False, True)
    assert [one["person"] for one in event["lines"]] == [hers["person"]]
    assert {(one["item"], one["answer"]) for one in hers["needs"]} >= {("safety", "nothing")}
    assert [(one["way"], one["rule"], one["ended"]) for one in hers["preferences"]] == [
        ("phone", "never", False)
    ]
    assert [one[0] for one in hers["if_out"]] == ["police"]
    assert len(hers["births"]) == 1
    assert [one[:2] for one in dump["sentences"][0]["referral"]["family"]] == [
        ["lead", hers["person"]]
    ]
    assert dump == world.state()
    for word in ("canary", "1990", "VCS-", "Nia"):
        assert word not in json.dumps({"event": event, "hers": hers})
    assert set(before["sentences"][0]) == set(dump["sentences"][0])


def later(world: World) -> None:
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))


def spoilt(world: World, statement: str) -> str:
    """Spoil the data by hand, and return the problem that the checks name then."""
    assert world.problems() == []
    with world.db.writing() as session:
        session.execute(text(statement))
    (problem,) = world.problems()
    return problem.partition(":")[0]


def test_a_planned_event_that_leaves_somebody_out_is_named(world: World) -> None:
    asked_all(world)
    happens(world, PLANNED)
    world.refer(entry=a_victim(name="Olga Other", phone="", address_lines=("3 Canary Lane",)))
    world.sweep()
    assert spoilt(world, "DELETE FROM event_line WHERE id = (SELECT max(id) FROM event_line)") == (
        "Events of which somebody in an open referral of that offender is not to be told"
    )
    world.sweep()
    assert world.problems() == []


@pytest.mark.parametrize("rule", [Rule.NEVER, Rule.ALLOWED])
def test_a_contact_by_a_forbidden_way_is_named_unless_it_has_its_reason(
    world: World, rule: Rule
) -> None:
    victim = referred(world)
    contact(world, victim, SPOKE)
    later(world)
    says(world, victim, Way.PHONE, rule)
    later(world)
    emergency = "He is at her door" if rule is Rule.NEVER else ""
    contact(world, victim, replace(SPOKE, happened_on=FRIDAY_27, emergency=emergency))
    assert world.problems() == []
    # As a row that some other hand wrote: the words of the first, which hold no reason.
    with world.db.writing() as session:
        first, second = session.exec(select(ContactRecord).order_by("id")).all()
        second.sealed = first.sealed
        session.add(second)
    found = [one.partition(":")[0] for one in world.problems()]
    expected = ["Referrals with a contact by a forbidden way and no reason for it"]
    assert found == (expected if rule is Rule.NEVER else [])


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "DELETE FROM need_answer WHERE item = 'home'",
            "Referrals whose needs count as asked about and are not",
        ),
        (
            "DELETE FROM task WHERE kind = 'needs_again'",
            "Referrals whose needs are due again and nobody is asked",
        ),
    ],
)
def test_needs_that_count_as_asked_and_were_not_are_named(
    world: World, statement: str, words: str
) -> None:
    asked_all(world)
    happens(world, RECALLED)
    assert spoilt(world, statement) == words
