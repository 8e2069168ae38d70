"""The walk itself, and what it saw on the way."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.prove.deciding import Answers, Reached, answers_of
from tests.prove.facts import Given, walked
from tests.prove.rules import broken
from vcs.law.decision import Decision, OffenceDecision
from vcs.law.eligibility import decide
from vcs.terms import Outcome

MOST_TOLD = 20


@dataclass(slots=True)
class Walked:
    """What a walk saw: how many sets, which outcomes, which answers reached what, what broke."""

    sets: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    seen: dict[Answers, tuple[Reached, int]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def see(self, given: Given, decision: Decision) -> None:
        """Count one decision. The same answers must always reach the same outcome."""
        self.sets += 1
        self.outcomes[decision.outcome] += 1
        for offence in decision.offences:
            self.note(offence, given.number)

    def note(self, offence: OffenceDecision, number: int) -> None:
        """Keep the answers given for one offence, with what they reached and in which set."""
        answers, reached = answers_of(offence), (offence.outcome, offence.route)
        before = self.seen.setdefault(answers, (reached, number))
        if before[0] != reached:
            self.tell(_unseen(answers, (before, (reached, number))))

    def tell(self, sentence: str) -> None:
        """Keep a counter-example, up to as many as anybody reads."""
        if len(self.broken) < MOST_TOLD:
            self.broken.append(sentence)

    def join(self, other: Walked) -> None:
        """Add what another part of the walk saw."""
        self.sets += other.sets
        self.outcomes += other.outcomes
        self.broken += other.broken
        for answers, its in other.seen.items():
            mine = self.seen.setdefault(answers, its)
            if mine[0] != its[0]:
                self.tell(_unseen(answers, (mine, its)))


def _unseen(answers: Answers, two: tuple[tuple[Reached, int], tuple[Reached, int]]) -> str:
    asked = ", ".join(f"{condition} {answer}" for condition, answer in answers)
    each = " and ".join(f"{reached[0]} in set {number}" for reached, number in two)
    return f"The same answers ({asked}) reach {each}: something decides that no reason names."


def walk(count: int, part: int = 0, parts: int = 1) -> Walked:
    """Decide so many sets of facts, or one part of them, and hold every rule against them."""
    seen = Walked()
    with _nothing_collected():
        for given in walked(count, part, parts):
            decision = decide(given.facts, given.rules)
            seen.see(given, decision)
            for sentence in broken(given, decision):
                seen.tell(sentence)
    return seen


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let nobody look for cycles meanwhile: facts and decisions have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
