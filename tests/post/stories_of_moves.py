"""Made-up stories of one letter: moves, courts that tell, decisions, print and despatch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.post.moves import House, Spelt, a_house, plainly, spelt
from vcs.access.actors import Actor
from vcs.post.cases.letter_case import ChangedAddress
from vcs.post.gate import LetterCase, Step, holds, why_not_decide
from vcs.post.records import LetterQuestion
from vcs.post.stale.basis import Basis, changes
from vcs.sentences.court_addresses import CourtAddress
from vcs.terms import Role
from vcs.victims.person import Person
from vcs.victims.places.comparing import Sameness, compare_places
from vcs.victims.places.reading import read_place
from vcs.victims.places.same_place import comparable
from vcs.victims.whereabouts.shared import Answered, Match, holding, subject_of

BEGAN, SECOND = Actor(1, "Began", Role.MANAGER), Actor(2, "Second", Role.MANAGER)

SHARED, CHANGED = LetterQuestion.SHARED_ADDRESS, LetterQuestion.CHANGED_ADDRESS

Act = Callable[["Story"], None]

TODAY = date(2026, 3, 20)


@dataclass
class Story:
    """One letter, where its reader lives by turns, and every address that courts tell of."""

    rng: Random
    home: House
    first_home: House
    told_of: list[tuple[House, Spelt, bool]] = field(default_factory=list)
    printed: House | None = None
    opened: bool = False
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


def open_it(story: Story) -> None:
    """Print the letter that was approved: paper lies in a tray, and anything may happen to it."""
    if story.printed is not None and not holds(story.case, Step.OPEN):
        story.opened = True


def becomes_the_offenders(story: Story) -> None:
    """Have a court tell that the offender lives by now where she does."""
    story.told_of.append((story.home, spelt(story.home, story.rng), True))


def begin_again(story: Story) -> None:
    """Begin another letter in place of one that is out of date: no decision is carried over."""
    if story.printed is not None and story.case.changes:
        story.printed = story.made_from = None
        story.opened = False
        story.decisions, story.by_second = {}, set()


def leave(story: Story) -> bool:
    """Let the letter leave if the gate lets it; say whether it left. What left must be right."""
    if not story.opened or holds(story.case, Step.DESPATCH):
        return False
    assert story.printed == story.home
    if story.home in story.near_offenders:
        here = [before for where, before in story.by_second if where == story.home]
        assert any(story.home in before for before in here)
    return True


DECIDES = (somebody_decides, somebody_decides, begin_again)

ACTS = (move, tell, approve, approve, open_it, open_it, *DECIDES)


def a_story(seed: int) -> Story:
    rng = Random(seed)  # noqa: S311  # repeatable, and no secret
    home = a_house(rng)
    return Story(rng, home, home)


def a_couple(seed: int) -> tuple[Story, Story]:
    """Return two victims of one offender in one home: what a court tells is told of both."""
    hers = a_story(seed)
    his = Story(hers.rng, hers.home, hers.home)
    his.told_of = hers.told_of
    return hers, his


def parts(hers: Story, his: Story) -> None:
    """Have one of them leave, and half the time the other stays with the offender."""
    move(hers)
    if hers.rng.random() < 0.5:
        becomes_the_offenders(his)
