"""What is of letters to partners alone: whose addresses are compared, and through which doors."""

from __future__ import annotations

import pytest

from tests.journeys.world import World
from tests.post.others.a_partner import approve
from tests.post.others.test_others import ready
from tests.post.sorts import NOTICE, TO_PARTNERS
from vcs.clock import london_date
from vcs.errors import NotAllowed, NotFound
from vcs.post import letters as to_victims
from vcs.post.addresses.both_addresses import REASON
from vcs.post.drafts.one_by_one import kinds_waiting
from vcs.post.gate import HoldKind
from vcs.post.letters import MadeLetter
from vcs.post.opening import TO_POST, open_for_printing
from vcs.post.others.opening import reveal_for_other
from vcs.post.posting import record_posted
from vcs.post.records import LetterQuestion
from vcs.terms import Role

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What the gate says of values is the same on either database: one is enough here."""

HANDS_OVER = TO_PARTNERS[NOTICE]

NAMES_NOBODY = [kind for kind in TO_PARTNERS if kind != NOTICE]


def test_a_manager_who_saw_both_addresses_lets_a_hand_over_go(world: World) -> None:
    letter = HANDS_OVER.begin(world)
    HANDS_OVER.arrange(world, HoldKind.SHARED_ADDRESS)
    second = world.people[Role.MANAGER]
    with world.db.writing() as session:
        both = reveal_for_other(world.work(session, second), letter, REASON)
    assert "1 Canary Lane" in str(both)
    with world.db.writing() as session, pytest.raises(NotAllowed):
        reveal_for_other(world.work(session, world.people[Role.VLO]), letter, REASON)
    assert HANDS_OVER.decide(world, letter, LetterQuestion.SHARED_ADDRESS, second)
    approve(world, letter, Role.VLO)


@pytest.mark.parametrize("kind", NAMES_NOBODY[:1])
def test_a_letter_that_is_about_nobody_shows_no_addresses(world: World, kind: str) -> None:
    letter = ready(world, kind)
    with world.db.writing() as session, pytest.raises(NotFound):
        reveal_for_other(world.work(session, world.people[Role.MANAGER]), letter, REASON)


def test_no_door_for_letters_to_victims_opens_one_to_a_partner(world: World) -> None:
    letter = HANDS_OVER.begin(world)
    who = world.people[Role.MANAGER]
    made = MadeLetter(b"%PDF-1.7", "v1", "{}")
    with world.db.writing() as session, pytest.raises(NotFound):
        to_victims.save_approved_letter(world.work(session, who), letter, made)
    approve(world, letter)
    with world.db.writing() as session, pytest.raises(NotFound):
        open_for_printing(world.work(session, who), letter, TO_POST)
    with world.db.writing() as session, pytest.raises(NotFound):
        record_posted(world.work(session, who), letter, london_date(world.clock.now()))
    with world.db.reading() as session:
        waits = kinds_waiting(session, who, world.clock.now())
    assert NOTICE not in {one.kind for one in waits}
