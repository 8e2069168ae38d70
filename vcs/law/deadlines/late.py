"""What is owed for a sentence that was found only after its time limits had passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.law.deadlines import duties
from vcs.law.decision import Deadline


@dataclass(frozen=True, slots=True)
class FoundLate:
    """A deadline to work to. ``lawful_due_on`` is the day that had passed when it was found.

    ``lawful_due_on`` None is a deadline that was found in time.
    """

    deadline: Deadline
    lawful_due_on: date | None = None


def counted_from(found_on: date, lawful: Deadline, known_on: date | None = None) -> FoundLate:
    """Count a time limit from the day its sentence was found, where by law it had passed then.

    A day that passed before anybody knew can no longer be kept. The clock that people work to
    starts anew; how late it truly is stays beside it.
    """
    if lawful.due_on >= found_on:
        return FoundLate(lawful)
    anew = duties.counted_again(lawful.duty, lawful.provision, found_on, known_on)
    return FoundLate(anew, lawful.due_on) if anew else FoundLate(lawful)
