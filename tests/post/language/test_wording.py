"""Words that may not go stop an approval, and only a second person lets them pass."""

from __future__ import annotations

import json

import pytest

from tests.journeys.test_victim_to_choice import PDF, draft
from tests.journeys.world import World, a_victim, told
from vcs.errors import NotAllowed
from vcs.post import letters
from vcs.post.language.wording import WordingHeld, pass_wording
from vcs.post.letters import MadeLetter
from vcs.terms import Role


def contents(reason: str, **facts: str) -> str:
    given = {"salutation": "Ms Canary-Name", "decline_reason": reason} | facts
    window = ["Nia Canary-Name", "1 Canary Lane", "Leeds", "LS1 3AB"]
    return json.dumps({"window": window, "parts": [{"language": "en", "facts": given}]})


def approve(world: World, letter: str, made_of: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letters.save_approved_letter(work, letter, MadeLetter(PDF, "v1", made_of))


def let_pass(world: World, letter: str, made_of: str, role: Role = Role.MANAGER) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        pass_wording(work, letter, (made_of, ""), "The town is in the news already")


@pytest.fixture
def begun(world: World) -> tuple[World, str]:
    world.court_tells(told())
    letter = draft(world, world.refer())
    world.refer(
        "", a_victim(name="Rhys Otherman", phone="", email="", address_lines=("9 Elm Row",))
    )
    return world, letter


def test_a_prison_stops_it_until_a_second_person_lets_it_pass(begun: tuple[World, str]) -> None:
    world, letter = begun
    named = contents("The sentence is served in Wakefield.")
    with pytest.raises(WordingHeld, match="Wakefield"):
        approve(world, letter, named)
    with pytest.raises(NotAllowed):
        let_pass(world, letter, named, Role.VLO)
    let_pass(world, letter, named)
    with pytest.raises(WordingHeld, match="Durham"):
        approve(world, letter, contents("The sentence is served in Durham."))
    approve(world, letter, named)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the lint reads words alone
@pytest.mark.parametrize(
    "wrong",
    [
        contents("We wrote to Rhys Otherman too."),
        contents("It is too short.", salutation="Mr Otherman"),
        contents("It is too short.", reference="VCS-0000-0000"),
    ],
)
def test_another_victims_name_or_letter_is_let_pass_by_nobody(
    begun: tuple[World, str], wrong: str
) -> None:
    world, letter = begun
    with pytest.raises(WordingHeld):
        approve(world, letter, wrong)
    with pytest.raises(WordingHeld):
        let_pass(world, letter, wrong)
    with pytest.raises(WordingHeld):
        approve(world, letter, wrong)
