"""Ask administrators for an account where a rung of the ladder names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from vcs.alerts.digest.gather import Morning
from vcs.alerts.rungs.ladder import Stand
from vcs.intake.regions import region_named
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

_HELD_BY_SOMEBODY = (Stand.UNIT_ADMINISTRATOR, Stand.MANAGER, Stand.HEAD)


def empty_rungs(session: Session, morning: Morning) -> list[Question]:
    """Return a question for each rung of a region that passed something up this morning.

    None where the question is open already.
    """
    staff = morning.rules.directory
    passed = {
        (one.matter.region_code, one.reader.wanted)
        for told in morning.told.values()
        for one in told
        if one.reader.passed_up
    }
    found = [
        _question(region, stand)
        for region, stand in sorted(passed, key=str)
        if region is not None and stand in _HELD_BY_SOMEBODY and staff.is_vacant(stand, region)
    ]
    asked = select(Task.key).where(
        col(Task.key).in_([one.key for one in found]), col(Task.done_at).is_(None)
    )
    is_open = set(session.exec(asked)) if found else set()
    return [one for one in found if one.key not in is_open]


def ask_about(session: Session, questions: Iterable[Question], today: date) -> None:
    """Ask about empty rungs, again where it was answered and the rung is still empty."""
    asked = list(questions)
    open_tasks(session, asked, today)
    keys = [one.key for one in asked]
    session.execute(
        update(Task)
        .where(col(Task.key).in_(keys), col(Task.done_at).is_not(None))
        .values(done_at=None, done_by=None, answer=None, opened_on=today)
    )


def _question(region_code: str, stand: Stand) -> Question:
    region = region_named(region_code)
    name = region.name if region else region_code
    asked = (
        f"Nobody has an account as {stand} in {name}: what is overdue there goes one rung up. Give "
        "somebody an account."
    )
    return Question(f"{TaskKind.RUNG_EMPTY}:{region_code}:{stand}", TaskKind.RUNG_EMPTY, asked)
