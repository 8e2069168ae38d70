"""Each reason of the gate, against everything by which a letter could get out all the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.journeys.test_victim_to_choice import CONTENTS, PDF, draft
from tests.journeys.world import World, told
from tests.post.batches.ways_out import BY_EMAIL, ON_PAPER, Way, goes_out
from tests.post.held_for import ARRANGE
from tests.victims.test_preferences import say
from vcs.access.actors import Actor
from vcs.errors import VcsError
from vcs.post import letters
from vcs.post.cases.case import gather
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, Step, holds
from vcs.post.holds.policies import POLICIES, Past
from vcs.post.letters import MadeLetter
from vcs.post.reads import visible_letter
from vcs.post.records import LetterQuestion
from vcs.terms import Role
from vcs.victims.preferences.records import Rule
from vcs.victims.preferences.records import Way as Channel

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What the gate says of values is the same on either database: one is enough here."""

ONLY_ONCE_APPROVED = {HoldKind.CHANGED, HoldKind.SIGNED_OTHERWISE, HoldKind.EXCLUDED}

SEES_NOTHING = HoldKind.EXCLUDED
"""Whoever approved it may not see the case any more: a colleague tries."""


def begun(world: World) -> tuple[str, str]:
    world.court_tells(told())
    victim = world.refer()
    return victim, draft(world, victim)


def approve(world: World, letter: str, who: Actor) -> None:
    with world.db.writing() as session:
        made = MadeLetter(PDF, "v1", CONTENTS)
        letters.save_approved_letter(world.work(session, who), letter, made)


def approved(world: World) -> tuple[str, str]:
    """Return somebody who may be emailed too, and a letter to them that nothing holds."""
    victim, letter = begun(world)
    say(world, victim, Channel.EMAIL, Rule.ALLOWED)
    approve(world, letter, world.people[Role.VLO])
    return victim, letter


def officer(world: World, kind: HoldKind) -> Actor:
    return world.hire(Role.VLO, "A Colleague") if kind is SEES_NOTHING else world.people[Role.VLO]


def held_at(world: World, letter: str, step: Step) -> set[HoldKind]:
    with world.db.reading() as session:
        kept, victim, _ = visible_letter(session, letter, world.people[Role.MANAGER])
        return {
            hold.kind
            for hold in holds(gather(session, world.sealer, victim, kept, world.today).case, step)
        }


WAYS: Mapping[str, Way] = ON_PAPER | BY_EMAIL


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_that_nothing_holds_gets_out_by_every_way(world: World, way: str) -> None:
    _, letter = approved(world)
    assert goes_out(world, letter, WAYS[way], world.people[Role.VLO])


@pytest.mark.parametrize("kind", [one for one in HoldKind if one not in ONLY_ONCE_APPROVED])
def test_what_holds_a_draft_is_not_got_past_from_an_old_tab(world: World, kind: HoldKind) -> None:
    victim, letter = begun(world)
    ARRANGE[kind](world, victim)
    assert kind in held_at(world, letter, Step.APPROVE)
    with pytest.raises(VcsError):
        approve(world, letter, world.people[Role.VLO])


@pytest.mark.parametrize("kind", list(HoldKind))
def test_what_holds_an_approved_letter_is_not_got_past_by_any_way_out(
    world: World, kind: HoldKind
) -> None:
    victim, letter = approved(world)
    ARRANGE[kind](world, victim)
    assert kind in held_at(world, letter, Step.DESPATCH)
    who = officer(world, kind)
    went = [way for way in WAYS if goes_out(world, letter, WAYS[way], who)]
    # Whoever wants nothing by post and allowed email is emailed, and sent no paper.
    assert went == (list(BY_EMAIL) if kind is HoldKind.POST_NEVER else [])


@pytest.mark.parametrize("kind", list(HoldKind))
def test_only_what_the_table_allows_is_decided_and_never_by_whoever_began_it(
    world: World, kind: HoldKind
) -> None:
    victim, letter = begun(world)
    if kind in ONLY_ONCE_APPROVED:
        approve(world, letter, world.people[Role.VLO])
    ARRANGE[kind](world, victim)
    policy = POLICIES[kind]
    began, second = world.people[Role.VLO], world.hire(Role.MANAGER, "Second Person")
    asked = [policy.question] if policy.question else list(LetterQuestion)
    for question in asked:
        assert not let_go(world, letter, question, began)
    went = [one for one in asked if let_go(world, letter, one, second)]
    stands = kind in held_at(world, letter, Step.DESPATCH)
    if kind is HoldKind.SHARED_ADDRESS:
        # Having seen neither address, not even a second manager decides.
        assert stands
    else:
        assert stands is (policy.past not in (Past.COLLEAGUE, Past.MANAGER))
        assert stands or went


def let_go(world: World, letter: str, question: LetterQuestion, who: Actor) -> bool:
    try:
        with world.db.writing() as session:
            decide(world.work(session, who), letter, question, "I asked her", "Her mother")
    except VcsError:
        return False
    return True
