"""What is tried, and what each sentence that moves is assumed to cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vcs.law.rule_sets import RuleSet
from vcs.terms import Outcome


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A duty with another time, in working days."""

    duty: str
    days: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is tried: another rule set, another least length in months, or both."""

    rules: RuleSet | None = None
    least_months: int | None = None

    @property
    def words(self) -> str:
        """Say what is tried."""
        parts = [self.rules.id] if self.rules else []
        parts += [f"{self.least_months} months or more"] if self.least_months else []
        return ", ".join(parts) or "the law as it is"


@dataclass(frozen=True, slots=True)
class Effort:
    """What one sentence with an outcome costs: letters that are drafted, hours of work."""

    letters: int
    hours: float


ASSUMED: Final[Mapping[Outcome, Effort]] = {
    Outcome.STATUTORY: Effort(1, 6.0),
    Outcome.NOTIFICATION_SCHEME: Effort(1, 3.0),
    Outcome.CANNOT_TELL: Effort(0, 0.5),
    Outcome.DISCRETIONARY: Effort(0, 0.5),
    Outcome.NOT_ELIGIBLE: Effort(0, 0.0),
}
"""Per sentence with one victim, in the first year. Assumed and never measured: the first letter is
the one that the program drafts; hours are a guess of ours, to be replaced by whoever knows."""
