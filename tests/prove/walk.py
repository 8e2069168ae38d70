"""The walk itself, and what it saw on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.prove.facts import facts_of, numbers
from tests.prove.rules import broken
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.terms import Answer, Outcome

THOROUGHLY_EACH = 12
"""Of so many sets one is tried against every rule: each needs several decisions more."""

MOST_TOLD = 20


@dataclass(slots=True)
class Walked:
    """What a walk saw: how many sets, which outcomes, which conditions decided, what broke."""

    sets: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    decided_by: Counter[tuple[str, Answer]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def see(self, decision: Decision) -> None:
        """Count one decision."""
        self.sets += 1
        self.outcomes[decision.outcome] += 1
        for offence in decision.offences:
            for reason in offence.reasons:
                self.decided_by[reason.condition, reason.answer] += 1


def walk(count: int, part: int = 0, parts: int = 1) -> Walked:
    """Decide so many sets of facts, or one part of them, and hold every rule against them."""
    walked = Walked()
    for place, number in enumerate(numbers(count, part, parts)):
        facts = facts_of(number)
        decision = decide(facts)
        walked.see(decision)
        thoroughly = place % THOROUGHLY_EACH == 0
        for sentence in broken(facts, decision, thoroughly=thoroughly):
            if len(walked.broken) < MOST_TOLD:
                walked.broken.append(f"Set {number}: {sentence}.")
    return walked
