"""No letter to an old address, and none to an offender's unless a second person decided so.

Ten thousand made-up stories of moves, couples and co-defendants against the gate alone, and some
of them through the real verbs on a real database.
"""

from __future__ import annotations

from random import Random

import pytest
from sqlmodel import col, select

from tests.journeys.test_victim_to_choice import CONTENTS, PDF, draft
from tests.journeys.world import World, a_victim, told
from tests.post.moves import House, Spelt, a_house, plainly, spelt
from tests.post.stories_of_moves import (
    ACTS,
    BEGAN,
    CHANGED,
    SECOND,
    SHARED,
    TODAY,
    Act,
    Story,
    a_couple,
    a_story,
    approve,
    becomes_the_offenders,
    leave,
    move,
    open_it,
    parts,
    tell,
)
from tests.victims.test_one_person import change
from vcs.access.actors import Actor
from vcs.errors import VcsError
from vcs.post import letters, opening
from vcs.post.addresses.both_addresses import REASON, marks_for_letter, reveal_for_letter
from vcs.post.decisions import AboutShared, decide
from vcs.post.find import find_letter
from vcs.post.gate import why_not_decide
from vcs.post.letters import MadeLetter
from vcs.post.records import LetterQuestion
from vcs.sentences.records import Sentence
from vcs.terms import Role

STORIES, AT_A_TIME = 10_000, 1_000


@pytest.mark.parametrize("first", range(0, STORIES, AT_A_TIME))
def test_no_made_up_story_sends_a_letter_to_a_wrong_address(first: int) -> None:
    left = held = 0
    for seed in range(first, first + AT_A_TIME):
        story = a_story(seed)
        for _ in range(12):
            story.rng.choice(ACTS)(story)
            # It may lie in the program for as long as anything happens.
            if story.rng.random() < 0.3 and leave(story):
                left += 1
                break
        else:
            held += 1
    # A gate that lets nothing out, or everything, would prove nothing.
    assert min(left, held) > AT_A_TIME // 10


@pytest.mark.parametrize("first", range(0, STORIES // 2, AT_A_TIME))
def test_no_letter_to_a_couple_goes_where_one_of_them_lived(first: int) -> None:
    left = held = 0
    for seed in range(first, first + AT_A_TIME):
        couple = a_couple(seed)
        rng, going = couple[0].rng, list(couple)
        for _ in range(24):
            rng.choice(ACTS)(rng.choice(couple))
            if rng.random() < 0.1:
                parts(*couple)
            if rng.random() < 0.3 and going:
                going = [one for one in going if not leave(one)]
        left, held = left + 2 - len(going), held + len(going)
    assert min(left, held) > AT_A_TIME // 10


def stays(story: Story) -> None:
    """Assert that a letter stays, also in the hand of whoever printed it before, and asks anew."""
    assert not leave(story)
    open_it(story)
    approve(story)
    assert not leave(story)


@pytest.mark.parametrize("how_far", [(approve,), (approve, open_it)])
@pytest.mark.parametrize("happens", [move, becomes_the_offenders])
def test_what_happens_between_approval_print_and_despatch_stops_it(
    how_far: tuple[Act, ...], happens: Act
) -> None:
    stopped = 0
    for seed in range(AT_A_TIME):
        story = a_story(seed)
        for act in how_far:
            act(story)
        assert story.printed == story.home
        happens(story)
        if happens is move and story.home == story.printed:
            continue
        stays(story)
        stopped += 1
    assert stopped > AT_A_TIME // 3


@pytest.mark.parametrize("how_far", [(approve,), (approve, open_it)])
def test_a_home_that_became_the_offenders_takes_a_second_person_who_saw_that(
    how_far: tuple[Act, ...],
) -> None:
    for seed in range(AT_A_TIME):
        story = a_story(seed)
        # A court told of another place first, and a second person decided about that.
        tell(story)
        if any(house == story.home and is_his for house, _, is_his in story.told_of):
            continue  # that was seen already
        story.decisions[SHARED] = {story.subjects()[SHARED]}
        for act in how_far:
            act(story)
        becomes_the_offenders(story)
        stays(story)
        assert why_not_decide(story.case, SHARED, BEGAN)
        assert not why_not_decide(story.case, SHARED, SECOND)


def court_tells(world: World, spelt_as: list[Spelt]) -> None:
    """Have the court hold these addresses for the offender and a co-defendant."""
    with world.db.writing() as session:
        held = session.exec(select(Sentence).order_by(col(Sentence.id)))
        for sentence, (lines, code) in zip(held, spelt_as, strict=False):
            sentence.offender_address = world.sealer.seal_json([*lines, code])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(24))
def test_the_same_through_the_real_verbs(world: World, seed: int) -> None:
    rng = Random(seed)  # noqa: S311  # repeatable, and no secret
    both = ("Madeup", "IMP", "3 Years"), ("Other", "IMP", "4 Years")
    world.court_tells(told(TODAY, *both))
    home = first = a_house(rng)
    lines, code = plainly(home)
    victim = world.refer(world.referrals()[0], a_victim(address_lines=lines, postcode=code))
    began, second = world.people[Role.VLO], world.people[Role.MANAGER]
    letter, printed, courts, decided = draft(world, victim), None, list[House](), set[House]()
    for _ in range(6):
        what = rng.choice(("move", "court", "approve", "decide", "decide", "print"))
        if what == "move":
            home = rng.choice((a_house(rng), first, *courts))
            lines, code = plainly(home)
            change(world, victim, address_lines=lines, postcode=code, safe_to_post=True)
        elif what == "court":
            courts = [rng.choice((a_house(rng), home, first)) for _ in range(2)]
            court_tells(world, [spelt(one, rng) for one in courts])
            decided.clear()
        elif what == "approve" and approve_really(world, letter, began):
            printed = home
        elif what == "decide" and let_go(world, letter, second):
            decided.add(home)
        elif what == "print" and opens(world, letter, began):
            assert printed == home
            assert home not in courts or home in decided


def approve_really(world: World, letter: str, who: Actor) -> bool:
    try:
        with world.db.writing() as session:
            made = MadeLetter(PDF, "v1", CONTENTS)
            letters.save_approved_letter(world.work(session, who), letter, made)
    except VcsError:
        return False
    return True


def let_go(world: World, letter: str, who: Actor) -> bool:
    """Decide whatever a manager may; say whether that was about the shared address."""
    went = False
    for question in (CHANGED, LetterQuestion.UNCONFIRMED_ADDRESS, SHARED):
        try:
            with world.db.writing() as session:
                work = world.work(session, who)
                if question is SHARED:
                    reveal_for_letter(work, letter, REASON)
                _, victim, _ = find_letter(session, letter, who)
                marks = marks_for_letter(session, world.sealer, victim, world.today)
                decide(work, letter, question, "I went there", AboutShared("Nobody else", marks))
                went = question is SHARED
        except VcsError:
            continue
    return went


def opens(world: World, letter: str, who: Actor) -> bool:
    try:
        with world.db.writing() as session:
            work = world.work(session, who)
            return opening.open_for_printing(work, letter, opening.TO_POST).pdf is not None
    except VcsError:
        return False
