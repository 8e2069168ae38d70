"""Which sentences of a message would be answered otherwise, and how: to be counted by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vcs.consequences.past.replay import Difference, in_plain_words


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One sentence whose answer differs. ``about`` is a receipt or a sentence's reference.

    ``was`` and ``now`` are outcomes; None is a sentence that the message was not read to tell.
    """

    about: str
    was: str | None
    now: str | None

    @property
    def group(self) -> str:
        """Say the change in words that are alike for all of its kind."""
        was, now = (in_plain_words(one or "not listed") for one in (self.was, self.now))
        return f"{was} → {now}"


def outcome_changes(found: Difference) -> Iterator[OutcomeChange]:
    """List the sentences of a message whose outcome would change, or that it would tell anew."""
    was, now = ([str(one.entry["outcome"]) for one in r.told] for r in (found.was, found.now))
    if len(was) == len(now):
        pairs = ((a, b) for a, b in zip(was, now, strict=True) if a != b)
        yield from (OutcomeChange(found.receipt, a, b) for a, b in pairs)
        return
    left = Counter(was)
    for outcome in now:
        if left[outcome]:
            left[outcome] -= 1
        else:
            yield OutcomeChange(found.receipt, None, outcome)
    yield from (OutcomeChange(found.receipt, outcome, None) for outcome in left.elements())
