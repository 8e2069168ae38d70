"""One scenario: facts, a question, the answers to choose from, and what is right about it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from vcs.law.decision import Decision

MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class Scenario:
    """A question of a course.

    ``wrong`` is the answer that people commonly give, with ``mistake`` for why they do; ``others``
    are the remaining answers. ``provisions`` are all that count as the reason, the first of them
    what the question turns on. ``decision`` is what the program decides on these facts, where they
    are the facts of a sentence. What is not ``is_scored`` rests on a point that nobody confirmed.
    """

    id: str
    facts: str
    question: str
    right: str
    wrong: str
    mistake: str
    why: str
    provisions: tuple[str, ...]
    others: tuple[str, ...] = ()
    is_safety: bool = False
    is_scored: bool = True
    decision: Decision | None = field(default=None, compare=False)

    @property
    def turns_on(self) -> str:
        """Return the provision that the question turns on."""
        return self.provisions[0]

    def _cited(self) -> frozenset[str]:
        """Return every provision that somebody could argue for."""
        offences = self.decision.offences if self.decision else ()
        asked = {one.provision for offence in offences for one in offence.reasons}
        return frozenset({*self.provisions, *asked})

    def answers(self) -> dict[str, str]:
        """Return the answers by a key, in an order that does not give the right one away."""
        given = [self.right, self.wrong, *self.others]
        random.Random(self.id).shuffle(given)  # noqa: S311 - an order, and no secret
        return {f"a{number}": answer for number, answer in enumerate(given, start=1)}

    def reasons(self, all_provisions: tuple[str, ...]) -> dict[str, str]:
        """Return provisions by a key: one that counts, and others that do not."""
        drawn = random.Random(f"why {self.id}")  # noqa: S311 - an order, and no secret
        rest = [one for one in all_provisions if one not in self._cited()]
        given = [self.turns_on, *drawn.sample(rest, MOST_REASONS - 1)]
        drawn.shuffle(given)
        return {f"p{number}": name for number, name in enumerate(given, start=1)}
