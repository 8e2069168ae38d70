"""Witness care refers somebody again, or under a reference that is not quite the court's."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.program import CASE, COLIN, program, referral
from tests.journeys.world import World, told
from vcs.tasks.records import TaskKind


def test_somebody_who_said_no_and_is_referred_again_is_asked_about(world: World) -> None:
    world.court_tells(told())
    wcu = program(world)
    (_, victim) = wcu.send(referral()).victims[0]
    opt_out = {"victim_reference": victim, "said_on": "2026-03-20", "how": "by phone"}
    wcu.send({"kind": "opt_out"} | opt_out)
    before = [one.reference for one in world.tasks()]
    world.clock.move_to(date(2026, 3, 25))
    assert wcu.send(referral()).status == "attached"
    (asked,) = [one for one in world.tasks() if one.reference not in before]
    assert asked.kind == TaskKind.WITNESS_CARE_SAYS
    assert "changed their mind" in asked.question
    assert world.view().victims[0].choice == "opt_out"


@pytest.mark.parametrize(
    "written",
    ["I3EX0000126", "13EX000126", "URN 13EX0000126", "13EX0000162", "13EX1/26", "T20267001"],
)
def test_a_miswritten_case_of_the_very_offender_is_a_persons_at_once(
    world: World, written: str
) -> None:
    world.court_tells(told())
    received = program(world).send(referral(case_reference=written))
    assert received.status == "a_person_decides"
    (asked,) = [one for one in world.tasks() if one.kind == TaskKind.REFERRAL_TO_MATCH]
    assert world.only_referral() in asked.question


@pytest.mark.parametrize(
    ("written", "offender"),
    [
        ("13EX0000999", COLIN),
        ("13EX0000127", COLIN | {"date_of_birth": "1991-02-14"}),
        ("13EX0000127", COLIN | {"name": "Ann Other"}),
        ("13EX0000127", {"name": COLIN["name"]}),
    ],
)
def test_another_case_or_another_offender_waits_for_its_sentence(
    world: World, written: str, offender: dict[str, str]
) -> None:
    world.court_tells(told())
    sent = referral(case_reference=written, offender=offender)
    assert program(world).send(sent).status == "waiting_for_sentence"
    assert written != CASE


def test_a_courts_own_number_counts_only_while_nobody_is_referred(world: World) -> None:
    world.court_tells(told())
    wcu, by_number = program(world), referral(case_reference="T20267001")
    another_day = wcu.send(by_number | {"sentenced_on": "2026-03-19"})
    assert wcu.send(referral()).status == "attached"

    assert another_day.status == wcu.send(by_number).status == "waiting_for_sentence"


@pytest.mark.parametrize("written", ["13EX0000162", "13EX0000127", "T20267001"])
def test_a_miswritten_case_that_is_referred_first_is_a_persons_when_the_sentence_comes(
    world: World, written: str
) -> None:
    wcu = program(world)
    early = wcu.send(referral(case_reference=written))
    other = wcu.send(referral(case_reference=written, offender=COLIN | {"name": "Ann Other"}))
    world.sweep()
    assert early.status == other.status == "waiting_for_sentence"
    world.court_tells(told())
    for _ in range(2):
        world.sweep()
        assert wcu.receipt(early.receipt).status == "a_person_decides"
        assert wcu.receipt(other.receipt).status == "waiting_for_sentence"
        (asked,) = [one for one in world.tasks() if one.kind == TaskKind.REFERRAL_TO_MATCH]
        assert world.only_referral() in asked.question
