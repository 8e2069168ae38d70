"""Asking an administrator about values that no key opens, and about a calendar that runs out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from vcs.intake.cursors import held_cursor
from vcs.keys.unopened import Look, Unopened
from vcs.law.deadlines.calendar_end import calendar_warning
from vcs.law.deadlines.working_days import official_until
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

MOST_AT_ONCE = 20

"""Open questions of this kind: where a whole key is lost, a thousand more would help nobody."""

_TASKS = table_of(Task)


def keep_looks(session: Session, looks: Sequence[Look], today: date) -> int:
    """Ask once about each value found, and keep how far the looks came; returns how many."""
    for look in looks:
        if look.has_moved:
            held_cursor(session, look.cursor).last_id = look.last_id
    new = not_asked(session, [one for look in looks for one in look.found])
    open_tasks(session, [question(one, today) for one in new], today)
    return len(new)


def not_asked(session: Session, found: Sequence[Unopened]) -> list[Unopened]:
    """Return the values nobody was asked about yet, as many as may be asked about now."""
    keys = [one.key for one in found]
    known = set(session.execute(select(_TASKS.c.key).where(_TASKS.c.key.in_(keys))).scalars())
    is_open = (_TASKS.c.kind == TaskKind.CANNOT_OPEN, _TASKS.c.done_at.is_(None))
    count = session.execute(select(func.count()).where(*is_open)).scalar_one()
    return [one for one in found if one.key not in known][: max(MOST_AT_ONCE - count, 0)]


def question(one: Unopened, today: date) -> Question:
    """Return the question to an administrator about one value."""
    text = (
        f"A sealed value of {one.reference} cannot be opened with the keys that the program has. "
        "It is damaged, or was sealed with another key. Give the missing key, or restore the value "
        "from a backup, and say here what was done. Everything else goes on."
    )
    return Question(one.key, TaskKind.CANNOT_OPEN, text, due_on=today)


def calendar_question(session: Session, today: date) -> list[Question]:
    """Return the question for the next year of bank holidays, where it is due and not asked yet."""
    key = f"calendar:{official_until().year}"
    is_known = session.execute(select(_TASKS.c.id).where(_TASKS.c.key == key)).first()
    words = () if is_known else calendar_warning(today)
    return [Question(key, TaskKind.CALENDAR, one, due_on=today) for one in words]
