"""One sentence stays one, whatever id changes and whichever feeds tell of it: with its victim."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from api.example.shapes import as_police_result, as_spi
from tests.journeys.program import SOMEBODY, program, referral
from tests.journeys.world import FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.sentences.records import SentenceReport

NOON = told(shared_at="12:00:00")

Change = Callable[[dict[str, Any]], Any]


def later(*changes: Change, body: bytes | None = None) -> bytes:
    """Return a later share of the same hearing, changed."""
    message = json.loads(body or told(shared_at="13:00:00"))
    for change in changes:
        change(message)
    return json.dumps(message).encode()


def _defendant(message: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = message["hearing"]["prosecutionCases"][0]["defendants"][0]
    return found


def _details(message: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _defendant(message)["personDefendant"]["personDetails"]
    return found


def new_id(message: dict[str, Any]) -> None:
    _defendant(message)["id"] = "another-id"


def new_master(message: dict[str, Any]) -> None:
    _defendant(message)["masterDefendantId"] = "another-master"


def new_case(message: dict[str, Any]) -> None:
    message["hearing"]["prosecutionCases"][0]["id"] = "another-case"


def registered_anew(message: dict[str, Any]) -> None:
    new_case(message)
    identifier = message["hearing"]["prosecutionCases"][0]["prosecutionCaseIdentifier"]
    identifier["caseURN"] = "13EX0000999"


def middle_name(message: dict[str, Any]) -> None:
    _details(message)["middleName"] = "Rhodri"


def no_birth(message: dict[str, Any]) -> None:
    del _details(message)["dateOfBirth"]


def other_birth(message: dict[str, Any]) -> None:
    _details(message)["dateOfBirth"] = "1971-01-01"


def surname_alone(message: dict[str, Any]) -> None:
    del _details(message)["firstName"]


def in_force(world: World) -> list[Any]:
    return [one for one in world.sentences() if not one.gone]


@pytest.mark.parametrize(
    "changes",
    [
        (new_id,),
        (new_id, new_master),
        (new_case,),
        (new_id, new_case, new_master),
        (registered_anew,),
        (registered_anew, new_id),
        (new_id, middle_name),
        (new_id, no_birth),
    ],
    ids=lambda changes: "-".join(one.__name__ for one in changes),
)
def test_an_id_that_changes_parts_nobody_from_her_victim(
    world: World, changes: tuple[Change, ...]
) -> None:
    world.court_tells(NOON)
    assert program(world).send(referral(victims=[SOMEBODY])).status == "attached"
    world.court_tells(later(*changes))
    (sentence,) = world.sentences()
    assert not sentence.gone
    assert [one.name for one in world.view().victims] == ["Nia Canary-Name"]
    assert world.tasks() == ()
    assert world.problems() == []


@pytest.mark.parametrize("changes", [(new_id, new_master, other_birth)])
def test_somebody_else_of_that_name_is_a_sentence_of_their_own(
    world: World, changes: tuple[Change, ...]
) -> None:
    world.court_tells(NOON)
    world.court_tells(later(*changes))
    assert len(world.sentences()) == 2
    assert len(world.referrals()) == 2


def test_a_partial_name_without_a_birth_date_joins_nobody_and_is_asked_about_once(
    world: World,
) -> None:
    body = later(new_id, new_master, no_birth, surname_alone, other_hearing, other_offence)
    world.court_tells(NOON, body)
    assert len(in_force(world)) == 2
    asked = [one for one in world.tasks() if "may be one" in one.question]
    assert len(asked) == 1


def other_hearing(message: dict[str, Any]) -> None:
    message["hearing"]["id"] = "another-hearing"


def other_offence(message: dict[str, Any]) -> None:
    for offence in _defendant(message)["offences"]:
        offence["id"] = "another-offence"


def test_two_that_one_message_tells_apart_are_two(world: World) -> None:
    message = json.loads(NOON)
    (case,) = message["hearing"]["prosecutionCases"]
    twin = json.loads(json.dumps(case["defendants"][0]))
    case["defendants"].append(twin | {"id": "twin", "masterDefendantId": "twin"})
    world.court_tells(json.dumps(message).encode())
    assert len(world.referrals()) == 2
    # Whose the new id is cannot be told: neither gets the other's victims.
    world.court_tells(later(new_id))
    asked = [one for one in world.tasks() if "may be one" in one.question]
    assert asked


def spi(body: bytes = NOON, old: str = "", new: str = "") -> bytes:
    """Return a share as SPI tells it, with something in it written otherwise."""
    made = as_spi(json.loads(body)).decode()
    assert re.search(old, made)
    return (re.sub(old, new, made) if old else made).encode()


@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("urn", ["13EX0000126", "13ex 00001 26"])
def test_one_sentence_told_by_two_feeds_is_one_referral(
    world: World, order: int, at_once: bool, urn: str
) -> None:
    bodies = [NOON, spi(NOON, "13EX0000126", urn)]
    arrivals = bodies if order == 0 else bodies[::-1]
    if at_once:
        world.court_tells(*arrivals)
    else:
        for body in arrivals:
            world.court_tells(body)
    assert len(world.sentences()) == len(world.referrals()) == 1
    assert len([one for one in world.view().deadlines if one.duty == "refer-to-probation"]) == 1
    assert world.tasks() == ()
    assert world.problems() == []
    with world.db.reading() as session:
        assert len(session.exec(select(SentenceReport.id)).all()) == 2


def test_three_feeds_in_any_order_and_a_changed_id_end_as_one(world: World) -> None:
    police = json.dumps(as_police_result(json.loads(NOON))).encode()
    for number, order in enumerate(itertools.permutations((NOON, spi(), police))):
        urn = f"13EX0000{number + 3}26"
        world.court_tells(*(body.replace(b"13EX0000126", urn.encode()) for body in order))
    assert len(in_force(world)) == len(world.referrals())


def test_where_one_feed_leaves_the_birth_date_out_one_task_asks_and_one_clock_runs(
    world: World,
) -> None:
    bare = spi(NOON, "<DC:Birthdate>[^<]*</DC:Birthdate>")
    world.court_tells(NOON)
    world.court_tells(bare)
    assert len(world.referrals()) == 1
    (task,) = world.tasks()
    assert "Two feeds tell of a sentence" in task.question


def test_two_feeds_that_differ_are_one_clock_and_one_question(world: World) -> None:
    short = told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE))
    world.court_tells(NOON, spi(short))
    assert len(world.sentences()) == len(world.referrals()) == 1
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"


def test_the_home_that_only_one_feed_told_is_still_the_offenders(world: World) -> None:
    no_address = later(lambda message: _details(message).pop("address"), body=NOON)
    world.court_tells(no_address)
    world.court_tells(
        spi(NOON, "</DC:SimpleAddress>", "<DC:PostCode>EX1 1EX</DC:PostCode></DC:SimpleAddress>")
    )
    assert len(world.referrals()) == 1
    victim = SOMEBODY | {"address_lines": ["1 Example Street"], "postcode": "EX1 1EX"}
    assert program(world).send(referral(victims=[victim])).status == "a_person_decides"
    assert "address_to_check" in {one.kind for one in world.tasks()}
