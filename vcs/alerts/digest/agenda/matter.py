"""What a row of a digest is about: one duty, clock or decision, and what is to be decided of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vcs.alerts.rungs.ladder import LadderRow, Rung, Stand, rung_on
from vcs.law.deadlines import duties
from vcs.law.deadlines.due import DECIDE


class Decision(StrEnum):
    """What a reader is asked to decide. Rows are grouped by it, in this order."""

    REFER = "Nobody has been referred: chase witness care, or settle that nobody can be"
    ALLOCATE = "No officer has it: give it to one"
    CONTACT = "First contact has not been made: see that it is, or plan it"
    NEEDS = "Needs have not been asked about: see that they are, or plan it"
    DECIDE = "Nobody has decided whether contact is owed: decide, or say who will"
    CODE = "A result code is not explained: find out what it means"
    READ = "A court message could not be read: try it again, or read it by hand"
    SEND = "An approved letter has not been sent: send it, or withdraw it"
    WRITE = "Nobody has written this year: write, or plan it"
    COMPLAINT = "A complaint has not been answered: answer it, or say who will"
    OTHER = "Something else is overdue: open it"


ALLOCATE, ASK_AGAIN = "allocate", "ask-needs-again"

BY_DUTY = {
    duties.REFER: Decision.REFER,
    duties.FIRST_CONTACT: Decision.CONTACT,
    duties.ASSESS_NEEDS: Decision.NEEDS,
    DECIDE: Decision.DECIDE,
    ALLOCATE: Decision.ALLOCATE,
    "send-letter": Decision.SEND,
    "annual-contact": Decision.WRITE,
    ASK_AGAIN: Decision.NEEDS,
    "complaint-acknowledged": Decision.COMPLAINT,
    "complaint-answered": Decision.COMPLAINT,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One duty or decision. ``key`` names it for good; ``path`` is its page.

    ``lowest`` is the first stand that the ladder may name for it: a decision is its managers'.
    ``more_alike`` counts the messages that could not be read for the same reason, and for which
    its row speaks. ``in_question`` is what a person is deciding about: whether it is owed at all.
    """

    key: str
    reference: str
    path: str
    region_code: str | None
    sentence_id: int | None
    officer_id: int | None
    duty: str
    decision: Decision
    starts_on: date
    due_on: date
    lowest: Stand = Stand.OFFICER
    settled_on: date | None = None
    referral_reference: str | None = None
    victim_id: int | None = None
    more_alike: int = 0
    in_question: bool = False

    @property
    def police_area(self) -> None:
        """Return nothing: no reader of digests is placed by a police area."""
        return

    def is_missed(self, today: date) -> bool:
        """Say whether its day has passed."""
        return self.due_on < today

    def reached(self, ladder: Iterable[LadderRow]) -> dict[Rung, date]:
        """Return the day of each rung; none past the calendar's end."""
        days = {}
        for row in ladder:
            try:
                days[row.rung] = rung_on(row, self.starts_on, self.due_on)
            except ValueError:
                continue
        return days


def deadline_matter(deadline_id: int) -> str:
    """Return the key of a deadline's matter."""
    return f"deadline:{deadline_id}"


def task_matter(task_id: int) -> str:
    """Return the key of a task's matter."""
    return f"task:{task_id}"


def clock_matter(clock_id: int) -> str:
    """Return the key of a clock's matter."""
    return f"clock:{clock_id}"


def alert_matter(alert_id: int) -> str:
    """Return the key of what was told at once, by an email of its own."""
    return f"alert:{alert_id}"


def page_of(matter: str) -> str:
    """Return the last part of the address of a matter's page of the digest."""
    return matter.replace(":", "-")


def id_of(matter: str, kind: str) -> int | None:
    """Return the id that a matter's key ends in, where it is of a kind."""
    name, _, number = matter.partition(":")
    return int(number) if name == kind and number.isascii() and number.isdigit() else None
