"""What takes a sentence back reaches it under other ids, from another feed, in any order."""

from __future__ import annotations

import itertools
import json
from datetime import date

import pytest

from api.example.messages import Json, ident
from api.example.shapes import as_copy, as_spi
from tests.intake.platform_shapes import in_topic
from tests.journeys.shares.court_again import (
    ALLOWED,
    CONVICTION_GONE,
    GRIEVOUS,
    MONDAY_30_MARCH,
    ORIGINAL,
    SHORTER,
    count,
    prison,
    said,
    sentenced,
)
from tests.journeys.world import World

MASTER = ident("another master")

WEDNESDAY_8_APRIL = date(2026, 4, 8)
"""The day after the referral was due."""


def another_master(body: bytes, *, case_named: bool = True) -> bytes:
    """Return a message in which a person's master id is none of the ids in the case."""
    message = json.loads(body)
    told = message["hearing"]
    for case in told.get("prosecutionCases", ()):
        case["defendants"][0]["masterDefendantId"] = MASTER
    for one in told.get("courtApplications", ()):
        one["subject"]["masterDefendant"]["masterDefendantId"] = MASTER
        if not case_named:
            del one["subject"]["masterDefendant"]["defendantCase"]
    return json.dumps(message).encode()


def ended(words: str, code: str) -> bytes:
    """Return a later hearing of the case, with one result for its offence and no sentence."""
    result = said(words, "", MONDAY_30_MARCH) | {"cjsCode": code}
    message = json.loads(sentenced(count(GRIEVOUS, result), on=MONDAY_30_MARCH))
    message["hearing"]["id"] = ident("later hearing")
    message["sharedTime"] = "2026-03-30T15:00:00Z"
    return json.dumps(message).encode()


def by_spi(body: bytes) -> bytes:
    return as_spi(json.loads(body))


def passed_again(length: str) -> bytes:
    message = json.loads(
        sentenced(count(GRIEVOUS, prison(length, MONDAY_30_MARCH)), on=MONDAY_30_MARCH)
    )
    message["hearing"]["id"] = ident("later hearing")
    return json.dumps(message).encode()


QUASHED, DIED = ended("Conviction quashed", "2079"), ended("Defendant deceased", "2065")

LATER = {
    "its master id is another one": [another_master(ORIGINAL), another_master(CONVICTION_GONE)],
    "only the master id is named": [
        another_master(ORIGINAL),
        another_master(ALLOWED, case_named=False),
    ],
    "a sentence is shorter under another master id": [
        another_master(ORIGINAL),
        another_master(SHORTER),
    ],
    "both feeds told it, and one takes it back": [ORIGINAL, by_spi(ORIGINAL), by_spi(QUASHED)],
    "the other feed takes it back": [ORIGINAL, by_spi(QUASHED)],
    "the platform takes back what SPI told": [by_spi(ORIGINAL), CONVICTION_GONE],
    "a declaration makes it void": [ORIGINAL, ended("Statutory Declaration", "3049")],
    "it is passed again, shorter, in a new hearing": [ORIGINAL, passed_again("10 Months")],
    "the offender has died": [ORIGINAL, DIED],
    "SPI tells that the offender has died": [ORIGINAL, by_spi(DIED)],
}


@pytest.mark.parametrize("bodies", LATER.values(), ids=LATER)
def test_a_person_is_asked_once_and_nobody_is_alerted_meanwhile(
    world: World, bodies: list[bytes]
) -> None:
    world.court_tells(*bodies)
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"
    assert "a referral was owed, due by Tuesday 7 April 2026" in task.question
    assert world.view().status == "awaiting"
    world.clock.move_to(WEDNESDAY_8_APRIL)
    world.sweep()
    assert world.only_referral() not in world.misses_told()
    assert world.problems() == []


def test_the_order_in_which_the_feeds_come_changes_nothing(world: World) -> None:
    tellings = [ORIGINAL, by_spi(ORIGINAL), by_spi(QUASHED)]
    for number, order in enumerate(itertools.permutations(tellings)):
        urn = f"13EX00009{number}26".encode()
        for body in order:
            world.court_tells(_of_case(body, urn, number))
    asked = [one.kind for one in world.tasks()]
    assert asked == ["sentence_changed"] * 6
    assert len(world.referrals()) == 6


def _of_case(body: bytes, urn: bytes, number: int) -> bytes:
    """Return a message of another case, with another person in it."""
    (defendant,) = json.loads(ORIGINAL)["hearing"]["prosecutionCases"][0]["defendants"]
    case, first, later = (
        ident("case", "13EX0000926"),
        ident("first hearing"),
        ident("later hearing"),
    )
    for name in (defendant["id"], case, first, later):
        body = body.replace(name.encode(), ident(name, number).encode())
    return body.replace(b"13EX0000926", urn).replace(b"Madeup", b"Madeup" + b"abcdef"[number:][:1])


def test_one_who_died_before_any_sentence_is_asked_about_by_nobody(world: World) -> None:
    (receipt,) = world.court_tells(DIED)
    assert (receipt["sentenced"], world.tasks()) == ([], ())
    assert world.problems() == []


def test_a_later_sentence_that_is_owed_too_is_asked_about_and_both_clocks_run(
    world: World,
) -> None:
    world.court_tells(ORIGINAL)
    world.clock.move_to(MONDAY_30_MARCH)
    world.court_tells(passed_again("18 Months"))
    (task,) = world.tasks()
    assert (task.kind, len(world.referrals())) == ("question", 2)
    assert "takes the place of the earlier one" in task.question
    assert world.problems() == []


@pytest.mark.parametrize("copied", [False, True])
def test_a_hearing_deleted_on_the_topic_is_asked_about_in_whatever_form_it_is_held(
    world: World, copied: bool
) -> None:
    message = json.loads(ORIGINAL)
    attributes = {"messageType": "COMMON_PLATFORM_HEARING_DELETED", "hearingEventType": "Deleted"}
    notice: Json = {"hearingId": message["hearing"]["id"]}
    held = json.dumps(as_copy(message)).encode() if copied else ORIGINAL
    world.court_tells(held, json.dumps(in_topic(notice, **attributes)).encode())
    (task,) = world.tasks()
    assert task.kind in ("sentence_changed", "sentence_gone")
