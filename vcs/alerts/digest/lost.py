"""Ask a person to tell of what the program could not put into anybody's morning email.

One fault in one row must keep no other row, and nobody else's email, from going.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.alerts.at_once import tell_of_task
from vcs.alerts.digest.gather import Morning
from vcs.clock import london_date
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

_WHY = (
    "A fault of the program kept something out of the morning’s emails of your region. Nobody may "
    "have read of it: the task says of what."
)


def lost_questions(morning: Morning) -> list[Question]:
    """Return a question for each region of which something could not be told this morning."""
    regions = {one.region_code for one in morning.lost}
    regions |= {one.region_code for one in morning.unwritten}
    return [_question(morning, region) for region in sorted(regions, key=str)]


def ask_of_lost(session: Session, questions: Iterable[Question], now: datetime) -> None:
    """Ask about what could not be told, and tell of the question at once. A repeat does nothing."""
    asked = list(questions)
    open_tasks(session, asked, london_date(now))
    keys = [one.key for one in asked]
    for task in session.exec(select(Task).where(col(Task.key).in_(keys))).all():
        tell_of_task(session, task, (_WHY, ""), now)


def _question(morning: Morning, region_code: str | None) -> Question:
    asked = " ".join((*_parts(morning, region_code), "This is a fault of the program."))
    key = f"{TaskKind.ALERT_NOT_SENT}:lost:{region_code or ''}:{morning.rules.today}"
    return Question(key, TaskKind.ALERT_NOT_SENT, asked, region_code)


def _parts(morning: Morning, region_code: str | None) -> Iterator[str]:
    rows = [one.reference for one in morning.lost if one.region_code == region_code]
    people = [one.name for one in morning.unwritten if one.region_code == region_code]
    if rows:
        yield f"In nobody’s morning email: {_some(rows)}. Look at each, and tell who must know."
    if people:
        yield f"No morning email to {_some(people)}. Tell them by other means what was missed."


def _some(names: list[str], most: int = 20) -> str:
    others = len(names) - most
    return ", ".join(names[:most]) + (f" and {others} others" if others > 0 else "")
