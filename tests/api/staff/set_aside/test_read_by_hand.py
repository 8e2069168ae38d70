"""A message that no program can read, entered by an administrator: decided as any other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import col, select

from tests.api.office import VICTIM, Office, sentencing
from tests.api.staff.set_aside.test_set_aside import aside, trail
from vcs.intake.by_hand.places import address_of
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

ROBBERY = {
    "court": "C13LE",
    "sentenced_on-day": "2",
    "sentenced_on-month": "3",
    "sentenced_on-year": "2026",
    "case_reference": "13ZX0009126",
    "offender_name": "Alex Example",
    "date_of_birth-day": "5",
    "date_of_birth-month": "5",
    "date_of_birth-year": "1985",
    "gives_places": "no",
    "offence-1-code": "th68023",
    "offence-1-committed_on-day": "2",
    "offence-1-committed_on-month": "11",
    "offence-1-committed_on-year": "2025",
    "offence-1-finding": "convicted",
    "offence-1-sentence": "imprisonment",
    "offence-1-length": "2 years 6 months",
    "offence-1-released": "no",
    "offence-1-notification": "no",
}


def at(receipt: str) -> str:
    return f"/set-aside/{receipt}/by-hand"


def enter(office: Office, receipt: str, **answers: str) -> Any:
    """Fill the form, check it and keep it."""
    admin = office.person(Role.ADMINISTRATOR)
    checked = admin.fill(at(receipt), step="check", **(ROBBERY | answers))
    assert checked.status_code == 200, checked.text
    return admin.fill(at(receipt), step="keep", **(ROBBERY | answers))


def test_what_was_read_by_hand_is_referred_like_any_sentence(office: Office) -> None:
    receipt = aside(office)

    assert enter(office, receipt).headers["location"] == f"/set-aside/{receipt}?done=read-by-hand"

    office.read()
    rows = office.person(Role.MANAGER).get("/").text
    assert "Alex Example" in rows
    page = office.person(Role.ADMINISTRATOR).get(f"/set-aside/{receipt}").text
    assert "read, and decided as any other message" in page
    assert len(trail(office, "message.read_by_hand")) == 1
    told = office.receipt(trail(office, "message.read_by_hand")[0])
    assert told["format"] == "read-by-hand"
    assert told["sentenced"][0]["outcome"] == "statutory"


AS_THE_COURT = {
    "offence-1-code": "OF61131",
    "case_reference": "13EX0009126",
    "date_of_birth-day": "14",
    "date_of_birth-month": "2",
    "date_of_birth-year": "1990",
}


@pytest.mark.parametrize("length", ["3 years", "2 months"])
def test_the_court_s_own_message_overtakes_what_was_typed(office: Office, length: str) -> None:
    enter(office, aside(office), **AS_THE_COURT, **{"offence-1-length": length})
    office.read()
    day = office.clock.today()
    office.tell(sentencing(day, first="Alex", last="Example", urn="13EX0009126"))

    manager = office.person(Role.MANAGER)
    assert manager.get("/").text.count("Alex Example") == 1
    assert "app-decision--owed" in manager.get(f"/referrals/{office.first_referral()}").text


def test_the_same_form_sent_twice_is_kept_once(office: Office) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    form = admin.hidden(at(receipt)) | ROBBERY | {"step": "keep"}
    for _ in range(2):
        assert admin.post(at(receipt), form).status_code == 303

    assert len(trail(office, "message.read_by_hand")) == 1


def test_the_answers_and_what_the_law_says_are_shown_before_anything_is_kept(
    office: Office,
) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    checked = admin.fill(at(receipt), step="check", **ROBBERY)

    assert "Monday 2 March 2026" in checked.text
    assert "2 years 6 months" in checked.text
    assert "Robbery" in checked.text
    assert trail(office, "message.read_by_hand") == []


def test_another_offence_keeps_what_was_typed(office: Office) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    page = admin.fill(at(receipt), step="more", offences="1", **ROBBERY)

    assert page.status_code == 200
    assert 'value="Alex Example"' in page.text
    assert "Offence 2" in page.text
    assert "There is a problem" not in page.text


def test_two_offences_are_one_sentence_with_both(office: Office) -> None:
    receipt = aside(office)
    second = {
        "offences": "2",
        "offence-2-title": "Something the message calls affray",
        "offence-2-finding": "convicted",
        "offence-2-sentence": "unknown",
        "offence-2-released": "no",
        "offence-2-notification": "unknown",
    }
    enter(office, receipt, **second)
    office.read()

    told = office.receipt(trail(office, "message.read_by_hand")[0])
    assert [one["outcome"] for one in told["sentenced"][0]["offences"]] == [
        "statutory",
        "cannot_tell",
    ]


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("court", "", "Select the court"),
        ("case_reference", "", "Enter the case reference"),
        ("offender_name", "", "Enter the offender"),
        ("sentenced_on-year", "2036", "must be today or in the past"),
        ("offence-1-length", "some months", "Enter a length such as"),
        ("offence-1-counted", "many", "as a whole number"),
        ("offence-1-code", "", "Enter the offence code, or the offence in words"),
        ("offence-1-committed_on-month", "13", "Enter"),
        ("date_of_birth-year", "2026", "must be before the day of sentence"),
        ("offence-1-notification", "", "Select whether notification was recorded"),
        ("gives_places", "", "Select whether the message gives any"),
        ("gives_places", "yes", "Enter what the message gives"),
        ("offender_places", "14 Pretend Road", "leave the addresses and numbers empty"),
        ("reached_by", "his mother", "one telephone number or email address on each line"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(
    office: Office, field: str, value: str, problem: str
) -> None:
    receipt, admin = aside(office), office.person(Role.ADMINISTRATOR)
    answer = admin.fill(at(receipt), step="check", **(ROBBERY | {field: value}))

    assert answer.status_code == 422
    assert problem in re.sub(r"\s+", " ", answer.text)
    assert 'value="C13LE" selected' in answer.text or field == "court"


def test_a_court_that_is_not_listed_is_routed_by_a_manager(office: Office) -> None:
    receipt = aside(office)
    enter(office, receipt, court="-")
    office.read()

    assert "Alex Example" in office.person(Role.MANAGER).get("/").text


def test_only_an_administrator_enters_a_message(office: Office) -> None:
    receipt = aside(office)

    for role in (Role.MANAGER, Role.VLO, Role.WITNESS_CARE):
        assert office.person(role).get(at(receipt)).status_code == 403
    assert office.person(Role.ADMINISTRATOR).get(at("nothing")).status_code == 404


def test_a_letter_to_an_address_that_was_read_by_hand_waits_as_for_any_other(
    office: Office,
) -> None:
    """She lives where the court knew him last: her first letter must not go to him."""
    receipt = aside(office)
    typed = {
        "gives_places": "yes",
        "offender_places": "77 New Build Way, LS6 9ZT\r\n1 Made Up Lane, Leeds LS1 3AB",
        "others_places": "9 Pretend Lane, LS1 9ZB",
        "reached_by": "0113 496 0000\r\nhim@example.org",
    }
    checked = office.person(Role.ADMINISTRATOR).fill(at(receipt), step="check", **(ROBBERY | typed))
    assert "9 Pretend Lane" in checked.text
    enter(office, receipt, **typed)
    office.read()
    reference = office.first_referral()
    made = office.person(Role.WITNESS_CARE).fill(f"/referrals/{reference}/victims/new", **VICTIM)
    assert made.status_code == 303, made.text
    with office.app.state.door.db.reading() as session:
        asked = set(session.exec(select(Task.kind).where(col(Task.victim_id).is_not(None))))
    assert {TaskKind.ADDRESS_TO_CHECK, TaskKind.PHONE_TO_CHECK} <= asked


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("14 Pretend Road, Leeds, LS1 9ZA", ("14 Pretend Road", "Leeds", "LS1 9ZA")),
        ("14 Pretend Road Leeds ls19za", ("14 Pretend Road Leeds", "LS19ZA")),
        ("  Flat 2 ,, 14  Pretend Road ", ("Flat 2", "14 Pretend Road")),
    ],
)
def test_an_address_in_one_line_has_its_postcode_last(typed: str, parts: tuple[str, ...]) -> None:
    assert address_of(typed) == parts
