"""No letter to an old address, and none to an offender's unless a second person decided so.

Ten thousand made-up stories of moves, couples and co-defendants against the gate alone, and some
of them through the real verbs on a real database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

import pytest
from sqlmodel import col, select

from tests.journeys.test_victim_to_choice import CONTENTS, PDF, draft
from tests.journeys.world import World, a_victim, told
from tests.post.moves import House, Spelt, a_house, plainly, spelt
from tests.victims.test_one_person import change
from vcs.access.actors import Actor
from vcs.errors import VcsError
from vcs.post import letters, opening
from vcs.post.addresses.both_addresses import REASON, reveal_for_letter
from vcs.post.cases.letter_case import ChangedAddress
from vcs.post.decisions import decide
from vcs.post.gate import LetterCase, Step, holds, why_not_decide
from vcs.post.letters import MadeLetter
from vcs.post.records import LetterQuestion
from vcs.post.stale.basis import Basis, changes
from vcs.sentences.court_addresses import CourtAddress
from vcs.sentences.records import Sentence
from vcs.terms import Role
from vcs.victims.person import Person
from vcs.victims.places.comparing import Sameness, compare_places
from vcs.victims.places.reading import read_place
from vcs.victims.places.same_place import comparable
from vcs.victims.whereabouts.shared import Answered, Match, holding, subject_of

STORIES, AT_A_TIME = 10_000, 1_000

BEGAN, SECOND = Actor(1, "Began", Role.MANAGER), Actor(2, "Second", Role.MANAGER)

SHARED, CHANGED = LetterQuestion.SHARED_ADDRESS, LetterQuestion.CHANGED_ADDRESS

TODAY, NOW = date(2026, 3, 20), datetime(2026, 3, 20, 12, tzinfo=UTC)


@dataclass
class Story:
    """One letter, where its reader lives by turns, and every address that courts tell of."""

    rng: Random
    home: House
    first_home: House
    told_of: list[tuple[House, Spelt, bool]] = field(default_factory=list)
    printed: House | None = None
    made_from: Basis | None = None
    decisions: dict[LetterQuestion, set[str]] = field(default_factory=dict)
    by_second: set[tuple[House, frozenset[House]]] = field(default_factory=set)

    @property
    def person(self) -> Person:
        lines, code = plainly(self.home)
        return Person("Nia Example", "", lines, code, "", "", "")

    @property
    def basis(self) -> Basis:
        lines, code = plainly(self.home)
        return Basis("Nia", "Nia", comparable(lines, code), "victim", "3 years", None)

    @property
    def shared(self) -> tuple[Match, ...]:
        """Return the court's addresses that hold the letter, as the program compares them."""
        here = read_place(*plainly(self.home))
        found = []
        for _, (lines, code), is_offenders in self.told_of:
            sameness = compare_places(here, read_place(lines, code))
            if sameness is not Sameness.DIFFERENT:
                court = CourtAddress(lines, code, is_offenders, True, "VCS-AAAA-AAAA")
                found.append(Match(court, sameness))
        return holding(found, Answered())

    @property
    def near_offenders(self) -> frozenset[House]:
        """Return the houses that courts told of: the truth that no spelling hides."""
        return frozenset(house for house, _, _ in self.told_of)

    def subjects(self) -> dict[LetterQuestion, str]:
        return {SHARED: subject_of(self.person, self.shared), CHANGED: self.basis.address}

    @property
    def case(self) -> LetterCase:
        about, said = self.subjects(), self.decisions
        moved = self.home != self.first_home
        return LetterCase(
            name="Nia Example",
            changes=changes(self.made_from, self.basis) if self.printed else (),
            has_shared_address=bool(self.shared),
            changed_address=ChangedAddress(TODAY, "account:9", "here") if moved else None,
            decided=frozenset(one for one in about if about[one] in said.get(one, ())),
            drafted_by=BEGAN.account_id,
        )


def move(story: Story) -> None:
    """Move somewhere: to a new home, back, or to an address that a court told of."""
    there = [a_house(story.rng), story.first_home, *story.near_offenders]
    story.home = story.rng.choice(there)


def tell(story: Story) -> None:
    """Have a court tell where the offender or a co-defendant lives: sometimes with her."""
    house = story.rng.choice((a_house(story.rng), story.home, story.first_home))
    story.told_of.append((house, spelt(house, story.rng), story.rng.random() < 0.5))


def approve(story: Story) -> None:
    if story.printed is None and not holds(story.case, Step.APPROVE):
        story.printed, story.made_from = story.home, story.basis


def somebody_decides(story: Story) -> None:
    who = story.rng.choice((BEGAN, SECOND))
    question = story.rng.choice((SHARED, CHANGED))
    if not why_not_decide(story.case, question, who):
        story.decisions.setdefault(question, set()).add(story.subjects()[question])
        if question is SHARED:
            story.by_second.add((story.home, story.near_offenders))


def begin_again(story: Story) -> None:
    """Begin another letter in place of one that is out of date: no decision is carried over."""
    if story.printed is not None and story.case.changes:
        story.printed = story.made_from = None
        story.decisions, story.by_second = {}, set()


def leave(story: Story) -> bool:
    """Let the letter leave if the gate lets it; say whether it left. What left must be right."""
    if story.printed is None or holds(story.case, Step.DESPATCH):
        return False
    assert story.printed == story.home
    if story.home in story.near_offenders:
        here = [before for where, before in story.by_second if where == story.home]
        assert any(story.home in before for before in here)
    return True


ACTS = (move, tell, approve, approve, somebody_decides, somebody_decides, begin_again)


def a_story(seed: int) -> Story:
    rng = Random(seed)  # noqa: S311  # repeatable, and no secret
    home = a_house(rng)
    return Story(rng, home, home)


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
                decide(work, letter, question, "I went there", "Nobody else")
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
