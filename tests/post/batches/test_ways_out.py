"""Each reason of the gate, against everything by which a letter could get out all the same."""

from __future__ import annotations

import pytest

from tests.journeys.world import World
from tests.post.batches.once_told import Told, kept, told
from tests.post.batches.ways_out import BY_EMAIL, goes_out
from tests.post.sorts import (
    BY_EMAIL_ALONE,
    NOTICE,
    OF_DOOR,
    OF_MAILBOX,
    ONLY_ONCE_APPROVED,
    SORTS,
    TO_PARTNERS,
    TO_VICTIM,
    Sort,
    the_victim,
)
from tests.victims.test_preferences import say
from vcs.errors import VcsError
from vcs.post.gate import HoldKind, Step
from vcs.post.holds.policies import POLICIES, Past
from vcs.post.records import LetterQuestion
from vcs.terms import Role
from vcs.victims.preferences.records import Rule, Way

__all__ = ["kept", "told"]

HELD = [(sort.name, hold) for sort in SORTS.values() for hold in sort.held_by]

OF_EMAIL = {(BY_EMAIL_ALONE.name, hold) for hold in set(HoldKind) - OF_MAILBOX}
"""How these hold an email before it is approved is told of letters on paper."""

DECIDED_ABOUT = (TO_VICTIM.name, BY_EMAIL_ALONE.name, NOTICE)
"""A letter to another partner names nobody: what may be decided about it is a part of these."""


def test_every_reason_of_the_gate_is_tried_against_every_way_out() -> None:
    assert {hold for _, hold in HELD} == set(HoldKind)
    assert {hold for name, hold in HELD if name == TO_VICTIM.name} == set(HoldKind) - OF_MAILBOX


@pytest.mark.parametrize("name", SORTS)
def test_a_letter_that_nothing_holds_gets_out_by_every_way_that_is_its_own(
    told: Told, name: str
) -> None:
    sort = SORTS[name]
    world, letter = told(sort, True)
    assert sort.gets_out(world, letter, sort.officer(world)) == list(sort.out)


@pytest.mark.parametrize(
    ("name", "hold"),
    [one for one in HELD if one[1] not in ONLY_ONCE_APPROVED and one not in OF_EMAIL],
)
def test_what_holds_a_draft_is_not_got_past_from_an_old_tab(
    told: Told, name: str, hold: HoldKind
) -> None:
    sort = SORTS[name]
    world, letter = told(sort, False)
    sort.arrange(world, hold)
    stays_a_draft(world, sort, letter, hold)


def stays_a_draft(world: World, sort: Sort, letter: str, hold: HoldKind) -> None:
    assert hold in sort.held_at(world, letter, Step.APPROVE)
    with pytest.raises(VcsError):
        sort.approve(world, letter)


@pytest.mark.parametrize(("name", "hold"), HELD)
def test_what_holds_an_approved_letter_is_not_got_past_by_any_way_out(
    told: Told, name: str, hold: HoldKind
) -> None:
    sort = SORTS[name]
    world, letter = told(sort, True)
    sort.arrange(world, hold)
    assert hold in sort.held_at(world, letter, Step.DESPATCH)
    went = sort.gets_out(world, letter, sort.officer(world, hold))
    # Whoever wants nothing by post and allowed email is emailed, and sent no paper.
    by_email = ["given as an email", "sent as an email"]
    assert went == (by_email if (sort, hold) == (TO_VICTIM, HoldKind.POST_NEVER) else [])


@pytest.mark.parametrize("hold", sorted(OF_DOOR))
def test_nothing_of_her_door_stops_an_email_until_it_could_go_by_post_too(
    told: Told, hold: HoldKind
) -> None:
    world, letter = told(BY_EMAIL_ALONE, False)
    BY_EMAIL_ALONE.arrange(world, hold)
    BY_EMAIL_ALONE.approve(world, letter)
    who = world.people[Role.VLO]
    assert BY_EMAIL_ALONE.gets_out(world, letter, who) == list(BY_EMAIL_ALONE.out)
    say(world, the_victim(world), Way.POST, Rule.ALLOWED)
    assert hold in BY_EMAIL_ALONE.held_at(world, letter, Step.DESPATCH)
    assert BY_EMAIL_ALONE.gets_out(world, letter, who) == []


@pytest.mark.parametrize(
    ("name", "hold"),
    [one for one in HELD if one[0] in DECIDED_ABOUT and one not in OF_EMAIL],
)
def test_only_what_the_table_allows_is_decided_and_never_by_whoever_began_it(
    told: Told, name: str, hold: HoldKind
) -> None:
    sort = SORTS[name]
    world, letter = told(sort, hold in ONLY_ONCE_APPROVED)
    sort.arrange(world, hold)
    policy = POLICIES[hold]
    began, second = world.people[Role.VLO], world.hire(Role.MANAGER, "Second Person")
    asked = [policy.question] if policy.question else list(LetterQuestion)
    assert not any(sort.decide(world, letter, one, began) for one in asked)
    went = [one for one in asked if sort.decide(world, letter, one, second)]
    stands = hold in sort.held_at(world, letter, Step.DESPATCH)
    if hold is HoldKind.SHARED_ADDRESS:
        # Having seen neither address, not even a second manager decides.
        assert stands
    else:
        assert stands is (policy.past not in (Past.COLLEAGUE, Past.MANAGER))
        assert stands or went


@pytest.mark.parametrize(
    ("passed", "arises"),
    [
        (HoldKind.NOT_NOW, HoldKind.OPTED_OUT),
        (HoldKind.SHARED_ADDRESS, HoldKind.NOT_SAFE_TO_POST),
        (HoldKind.KEPT_APART, HoldKind.DECEASED),
    ],
)
def test_a_decision_lets_a_letter_past_its_own_reason_and_past_no_other(
    told: Told, passed: HoldKind, arises: HoldKind
) -> None:
    world, letter = told(TO_VICTIM, False)
    TO_VICTIM.arrange(world, passed)
    second, question = world.hire(Role.MANAGER, "Second Person"), POLICIES[passed].question
    assert question is not None
    if passed is HoldKind.SHARED_ADDRESS:
        TO_VICTIM.reveal(world, letter, second)
    assert TO_VICTIM.decide(world, letter, question, second)
    assert passed not in TO_VICTIM.held_at(world, letter, Step.DESPATCH)
    TO_VICTIM.arrange(world, arises)
    stays_a_draft(world, TO_VICTIM, letter, arises)
    assert not any(TO_VICTIM.decide(world, letter, one, second) for one in _asked_of(arises))
    assert TO_VICTIM.gets_out(world, letter, world.people[Role.VLO]) == []


def _asked_of(hold: HoldKind) -> list[LetterQuestion]:
    question = POLICIES[hold].question
    return [question] if question else []


@pytest.mark.parametrize("kind", TO_PARTNERS)
def test_a_letter_to_a_partner_never_goes_by_email_to_anybody(told: Told, kind: str) -> None:
    world, letter = told(TO_PARTNERS[kind], True)
    who = world.people[Role.MANAGER]
    assert [way for way in BY_EMAIL if goes_out(world, letter, BY_EMAIL[way], who)] == []
