"""The court takes a sentence back after the victim was referred and written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.example.messages import Json, as_bytes, hearing, ident, person, result
from tests.journeys.test_victim_to_choice import approve, draft, open_letter
from tests.journeys.traps.test_each_trap import (
    BORN,
    THEFT,
    WOUNDING,
    count,
    message,
    of,
    one,
    prison,
)
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import LEEDS, World
from vcs.intake.common_platform import notices
from vcs.terms import Outcome

FIRST = message(of("Madeup", count(WOUNDING, prison("3 Years"))))

QUASHED = result("IMP", FRIDAY) | {
    "judicialResultTypeId": ident("quashed"),
    "label": "Appeal Allowed - Conviction and Order Reversed",
    "cjsCode": "2083",
    "resultText": "Appeal Allowed - Conviction and Order Reversed",
}

TAKEN_BACK: dict[str, tuple[bytes, str]] = {
    "reduced": (one(count(WOUNDING, prison("8 Months")), at="15:00:00"), "sentence_changed"),
    "quashed": (
        one(count(WOUNDING, prison("3 Years"), QUASHED), at="15:00:00"),
        "sentence_changed",
    ),
    "struck out": (
        one(count(WOUNDING, prison("3 Years", isDeleted=True)), at="15:00:00"),
        "sentence_gone",
    ),
    "the hearing deleted": (notices.of_deletion(FIRST["hearing"]["id"]), "sentence_changed"),
}


def written_to(world: World) -> str:
    """Have the victim referred and written to; return the letter's reference."""
    world.court_tells(as_bytes(FIRST))
    letter = draft(world, world.refer())
    approve(world, letter)
    return letter


@pytest.mark.parametrize("how", TAKEN_BACK)
def test_nothing_is_taken_from_the_victim_and_one_person_is_asked_once(
    world: World, how: str
) -> None:
    letter = written_to(world)
    before = world.view()
    body, asked = TAKEN_BACK[how]
    world.court_tells(body, body)
    view = world.view()
    assert (view.status, view.basis) == ("referred", "statutory")
    assert view.victims == before.victims
    assert view.deadlines == before.deadlines
    assert [task.kind for task in world.tasks()] == [asked]
    refused = open_letter(world, letter)
    assert refused.pdf is None
    assert "changed this sentence" in " ".join(refused.why_not)
    world.clock.days(1)
    world.sweep()
    assert [task.kind for task in world.tasks()] == [asked]
    assert world.problems() == []


def test_the_new_decision_stands_beside_the_old_and_two_people_may_withdraw(world: World) -> None:
    written_to(world)
    world.court_tells(TAKEN_BACK["reduced"][0])
    view = world.view()
    assert view.decision.outcome == Outcome.NOT_ELIGIBLE
    assert [earlier.outcome for earlier in view.decision.earlier] == [Outcome.STATUTORY]
    (task,) = world.tasks()
    world.decide(task.reference, Outcome.NOT_ELIGIBLE, "Confirmed with the court.")
    assert (world.view().status, world.tasks()) == ("closed", ())
    assert world.problems() == []


def test_several_days_cases_and_people_in_one_hearing_are_each_a_sentence(world: World) -> None:
    monday = FRIDAY + timedelta(days=3)
    both_days = count(WOUNDING, prison("3 Years")), count(THEFT, prison("6 Months"))
    both_days[1]["judicialResults"][0]["orderedDate"] = monday.isoformat()
    told = hearing("13EX0000126", LEEDS, FRIDAY, [of("One", *both_days), of("Two", both_days[0])])
    other = hearing("13EX0000226", LEEDS, FRIDAY, [person("Colin", "One", BORN, [both_days[0]])])
    cases: list[Json] = told["hearing"]["prosecutionCases"]
    cases.extend(other["hearing"]["prosecutionCases"])
    world.court_tells(as_bytes(told))
    found = [(one.case_reference, one.sentenced_on, one.outcome) for one in world.sentences()]
    assert sorted(found) == [
        ("13EX0000126", FRIDAY, Outcome.STATUTORY),
        ("13EX0000126", FRIDAY, Outcome.STATUTORY),
        ("13EX0000126", monday, Outcome.NOT_ELIGIBLE),
        ("13EX0000226", FRIDAY, Outcome.STATUTORY),
    ]
    assert len(world.referrals()) == 3
    assert world.problems() == []
