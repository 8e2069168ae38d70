"""What a victim asks of a licence: in order, with reasons apart, and never around their home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from tests.journeys.world import World, a_victim, told
from tests.victims.test_one_person import change
from vcs.access import trail
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.needs.conditions import requests
from vcs.needs.conditions.catalogue import CONDITIONS, VERSION
from vcs.needs.conditions.homes import ask_about_held
from vcs.needs.conditions.reads import ConditionsView, ManagersSheet, conditions_of, managers_sheet
from vcs.needs.conditions.records import ConditionAnswer, StatementStep
from vcs.needs.conditions.requests import RequestEntry
from vcs.needs.conditions.safe_words import names_home
from vcs.needs.conditions.statement import record_step
from vcs.terms import Role
from vcs.victims.person import Person

TUESDAY_24, WEDNESDAY_25, THURSDAY_26, FRIDAY_27 = (date(2026, 3, day) for day in (24, 25, 26, 27))

NO_CONTACT, ZONE = CONDITIONS[0].code, CONDITIONS[3].code

SCHOOL_RUN = RequestEntry(
    ZONE,
    WEDNESDAY_25,
    "The way from the park to the primary school",
    "My son walks there",
    "canary: he said that he would wait there",
)


def referred(world: World) -> str:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    world.refer(entry=a_victim(name="Olga Other", phone="", address_lines=()))
    world.clock.move_to(FRIDAY_27)
    return victim


def ask(world: World, victim: str, entry: RequestEntry, role: Role = Role.VLO) -> str:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        return requests.ask_for_condition(work, victim, entry).reference


def view(world: World, victim: str, role: Role = Role.VLO) -> ConditionsView:
    with world.db.reading() as session:
        return conditions_of(session, world.sealer, world.people[role], victim)


def sheet(world: World, victim: str) -> ManagersSheet:
    with world.db.reading() as session:
        return managers_sheet(session, world.sealer, world.people[Role.VLO], victim)


def do(world: World, verb: Any, *given: Any) -> None:
    with world.db.writing() as session:
        verb(world.work(session, world.people[Role.VLO]), *given)


def test_each_row_of_the_catalogue_names_its_version_and_source() -> None:
    assert len({row.code for row in CONDITIONS}) == len(CONDITIONS)
    assert {(row.version, bool(row.source)) for row in CONDITIONS} == {(VERSION, True)}


def test_a_request_is_sent_answered_and_told_back_in_this_order(world: World) -> None:
    victim = referred(world)
    request = ask(world, victim, SCHOOL_RUN)
    refused = (request, ConditionAnswer.REFUSED, "Not proportionate", THURSDAY_26)
    for verb, given in (
        (requests.record_answer, refused),
        (requests.record_told, (request, FRIDAY_27)),
    ):
        with pytest.raises(Conflict):
            do(world, verb, *given)
    do(world, requests.record_sent, request, WEDNESDAY_25)
    for answer in (ConditionAnswer.REFUSED, ConditionAnswer.ALTERED):
        with pytest.raises(NotValid) as refusal:
            do(world, requests.record_answer, request, answer, " ", THURSDAY_26)
        assert list(refusal.value.fields) == ["words"]
    with pytest.raises(NotValid) as refusal:
        do(world, requests.record_answer, *refused[:3], TUESDAY_24)
    assert list(refusal.value.fields) == ["answered_on"]
    do(world, requests.record_answer, *refused)
    do(world, requests.record_told, request, FRIDAY_27)
    (one,) = view(world, victim).requests
    assert (one.sent_on, one.answer, one.answer_words, one.told_on) == (
        WEDNESDAY_25,
        "refused",
        "Not proportionate",
        FRIDAY_27,
    )
    with pytest.raises(Conflict):
        do(world, requests.record_sent, request, FRIDAY_27)


def test_the_sheet_holds_what_may_be_used_and_nothing_else(world: World) -> None:
    victim = referred(world)
    ask(world, victim, SCHOOL_RUN)
    found = sheet(world, victim)
    assert (found.offender_name, found.rows[0].usable) == ("Colin Madeup", "My son walks there")
    for hidden in ("canary", "Canary", "LS1", "0113", "Olga", victim):
        assert hidden not in str(found)
    assert view(world, victim).requests[0].private.startswith("canary")
    with world.db.reading() as session:
        row = session.execute(
            text("SELECT usable_sealed, private_sealed FROM condition_request")
        ).one()
        assert trail.verify(session) is None
    assert not any(b"son" in bytes(one) or b"canary" in bytes(one) for one in row)


HOMES = (
    "1 Canary Lane",
    "1, CANARY LN.",
    "within a mile of Canary Lane in Leeds",
    "all of LS1 3AB",
    "ls13ab and around",
    "500 metres around 1 Canary\nLane",
)


@pytest.mark.parametrize("place", HOMES)
def test_a_zone_around_a_home_is_refused_unless_a_manager_says_why(
    world: World, place: str
) -> None:
    victim = referred(world)
    zone = RequestEntry(ZONE, WEDNESDAY_25, place)
    for role, checked in ((Role.VLO, ""), (Role.VLO, "It is fine"), (Role.MANAGER, "")):
        with pytest.raises(NotValid) as refusal:
            ask(world, victim, RequestEntry(ZONE, WEDNESDAY_25, place, checked=checked), role)
        assert list(refusal.value.fields) == ["place"]
    # Reasons that may be used never name it, whoever says so.
    reasons = RequestEntry(ZONE, WEDNESDAY_25, "The park", place, checked="x")
    with pytest.raises(NotValid) as refusal:
        ask(world, victim, reasons, Role.MANAGER)
    assert list(refusal.value.fields) == ["usable"]
    assert view(world, victim).requests == ()
    ask(
        world,
        victim,
        RequestEntry(ZONE, WEDNESDAY_25, zone.place, checked="The court named it"),
        Role.MANAGER,
    )


@pytest.mark.parametrize(
    "place", ["The park", "Leeds city centre", "Canary Wharf", "LS1 4AB", "The lane by the school"]
)
def test_another_place_is_not_a_home(place: str) -> None:
    home = Person("N", "", ("1 Canary Lane", "Leeds"), "LS1 3AB", "", "", "")
    assert not names_home(place, home)


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("12 Eastgate", "Leeds"), "Eastgate, Leeds, between the bridge and number 30"),
        (("12 Eastgate", "Leeds"), "The East Gate"),
        (("Flat 2", "7 Strand", "Leeds"), "The Strand in Leeds"),
        (("Rosebank", "Millthorpe", "Leeds"), "Rosebank, by the church"),
        (("Rosebank", "Millthorpe"), "All of Millthorpe"),
        (("1 Canary Lane, Leeds",), "Canary La."),
        (("1 Canary Lane", "Leeds"), "Around Cannary Lane"),
        (("3 Bridge Street", "Cardiff"), "Near Heol y Bont"),
    ],
)
def test_a_home_is_known_by_one_word_abbreviated_or_misspelt(
    lines: tuple[str, ...], place: str
) -> None:
    assert names_home(place, Person("N", "", lines, "LS1 3AB", "", "", ""))


def test_a_place_that_becomes_anybodys_home_is_held_until_a_manager_says(world: World) -> None:
    victim = referred(world)
    mother = world.refer(entry=a_victim(name="Mother Kin", phone="0113 496 0777", **ELM_ROAD))
    for words in ("9 Elm Rd, Leeds", "Ring 0113 496 0777", "Mother Kin lives near"):
        with pytest.raises(NotValid) as refusal:
            ask(world, victim, RequestEntry(ZONE, WEDNESDAY_25, words))
        assert list(refusal.value.fields) == ["place"]
    request = ask(world, victim, RequestEntry(ZONE, WEDNESDAY_25, "Harbour Street, number 4"))
    other = ask(world, victim, RequestEntry(NO_CONTACT, WEDNESDAY_25, "", "Ann goes there"))
    assert (len(sheet(world, victim).rows), _asks_about_held(world)) == (2, 0)
    change(world, mother, address_lines=("4 Harbour Street", "Leeds"))
    change(world, victim, name="Ann")
    found = sheet(world, victim)
    assert (found.rows, found.held, _asks_about_held(world), _asks_about_held(world)) == (
        (),
        2,
        2,
        0,
    )
    with pytest.raises(NotAllowed):
        do(world, requests.check_place, request, "The court named it")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        requests.check_place(work, request, "The court named it")
    assert [row.place for row in sheet(world, victim).rows] == ["Harbour Street, number 4"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        with pytest.raises(Conflict):
            requests.check_place(work, other, "It is only a name")
    # What was said of one home says nothing of the next.
    change(world, victim, address_lines=("6 Harbour Street", "Leeds"))
    assert sheet(world, victim).rows == ()


ELM_ROAD: dict[str, Any] = {"address_lines": ("9 Elm Road", "Leeds"), "postcode": "LS9 9ZZ"}


def _asks_about_held(world: World) -> int:
    with world.db.writing() as session:
        return ask_about_held(session, world.sealer, world.clock.now(), world.today)


@pytest.mark.parametrize(
    "words",
    ["Ring 0113 496 0777", "+44 113 4960777", "Canary.Victim@example.org", "OLGA OTHER too"],
)
def test_what_leads_to_them_or_names_others_does_not_leave(world: World, words: str) -> None:
    victim = referred(world)
    for field in ("place", "usable"):
        with pytest.raises(NotValid) as refusal:
            ask(world, victim, RequestEntry(NO_CONTACT, WEDNESDAY_25, **{field: words}))
        assert list(refusal.value.fields) == [field]
    ask(world, victim, RequestEntry(NO_CONTACT, WEDNESDAY_25, private=words))


def test_a_word_that_is_a_name_too_leaves_when_a_manager_says_why(world: World) -> None:
    victim = referred(world)
    request = ask(world, victim, RequestEntry(ZONE, WEDNESDAY_25, "The park", "They hope to rest"))
    change(world, victim, name="Grace Hope")
    entry = RequestEntry(ZONE, WEDNESDAY_25, "The church of Grace", "They hope to rest there")
    with pytest.raises(NotValid) as refusal:
        ask(world, victim, replace(entry, checked="No name"))
    assert list(refusal.value.fields) == ["place", "usable"]
    ask(world, victim, replace(entry, checked="No name"), Role.MANAGER)
    assert (len(sheet(world, victim).rows), sheet(world, victim).held) == (1, 1)
    _checks(world, request)
    assert len(sheet(world, victim).rows) == 2
    # A name beside a title is one, whoever says that it is not.
    with pytest.raises(NotValid):
        ask(world, victim, replace(entry, usable="Ms Hope rests", checked="x"), Role.MANAGER)


def test_a_word_about_a_place_lets_no_reasons_leave_that_name_the_same_home(world: World) -> None:
    victim = referred(world)
    both = RequestEntry(ZONE, WEDNESDAY_25, "Harbour Street", "Harbour Street is where I shop")
    request = ask(world, victim, both)
    change(world, victim, address_lines=("4 Harbour Street", "Leeds"))
    with pytest.raises(Conflict):
        _checks(world, request)
    assert (sheet(world, victim).rows, sheet(world, victim).held) == ((), 1)


def _checks(world: World, request: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        requests.check_place(work, request, "The court named it")


def test_a_zone_needs_a_place_a_day_and_a_row_of_the_catalogue(world: World) -> None:
    victim = referred(world)
    for entry, field in (
        (RequestEntry(ZONE, WEDNESDAY_25), "place"),
        (RequestEntry(NO_CONTACT, date(2026, 3, 23)), "asked_on"),
        (RequestEntry(NO_CONTACT, date(2026, 3, 28)), "asked_on"),
    ):
        with pytest.raises(NotValid) as refusal:
            ask(world, victim, entry)
        assert list(refusal.value.fields) == [field]
    with pytest.raises(NotFound):
        ask(world, victim, RequestEntry("none", WEDNESDAY_25))
    for role in (Role.WITNESS_CARE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            view(world, victim, role)


def test_a_statement_is_offered_wanted_written_and_read_each_on_its_day(world: World) -> None:
    victim = referred(world)
    do(world, record_step, victim, StatementStep.OFFERED, TUESDAY_24)
    do(world, record_step, victim, StatementStep.WANTED, WEDNESDAY_25, "By video")
    with pytest.raises(NotValid) as refusal:
        do(world, record_step, victim, StatementStep.READ, FRIDAY_27)
    assert list(refusal.value.fields) == ["words"]
    do(world, record_step, victim, StatementStep.READ, FRIDAY_27, "Read by a friend")
    assert [(one.step, one.words) for one in view(world, victim).steps] == [
        ("offered", ""),
        ("wanted", "By video"),
        ("read", "Read by a friend"),
    ]
    assert world.view().history[0].event == "statement.step"
    assert world.problems() == []
