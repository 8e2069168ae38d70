"""Ask administrators for an account where a rung of the ladder names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from vcs.alerts.digest.gather import Morning
from vcs.alerts.rungs.directory import Directory
from vcs.alerts.rungs.ladder import Stand
from vcs.intake.regions import region_named
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.kinds import may_answer
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

_FOR_MANAGERS = [str(kind) for kind in TaskKind if may_answer(Role.MANAGER, kind)]

_HELD_BY_SOMEBODY = (Stand.UNIT_ADMINISTRATOR, Stand.MANAGER, Stand.HEAD)


def empty_rungs(session: Session, morning: Morning) -> list[Question]:
    """Return a question for each rung of a region that passed something up this morning.

    And for each region whose managers a task waits for and that has none.
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
    named = {one.key for one in found}
    found += [one for one in _asked_of_nobody(session, staff) if one.key not in named]
    asked = select(Task.key).where(
        col(Task.key).in_([one.key for one in found]), col(Task.done_at).is_(None)
    )
    is_open = set(session.exec(asked)) if found else set()
    return [one for one in found if one.key not in is_open]


def _asked_of_nobody(session: Session, staff: Directory) -> Iterator[Question]:
    """Yield a question for each region in which a task waits for a manager, and there is none.

    Most tasks have no clock of their own: no rung of the ladder would ever name them.
    """
    region = func.coalesce(col(Task.region_code), col(Sentence.region_code))
    waiting = (
        select(region)
        .select_from(Task)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .where(col(Task.done_at).is_(None), col(Task.kind).in_(_FOR_MANAGERS))
        .distinct()
    )
    for code in sorted(one for one in session.execute(waiting).scalars() if one is not None):
        if all(staff.is_vacant(stand, code) for stand in (Stand.MANAGER, Stand.HEAD)):
            yield _question(code, Stand.MANAGER)


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
        f"Nobody has an account as {stand} in {name}: what is overdue there goes to whoever is "
        "next above, and questions about lists that name no sentence of ours are yours to answer. "
        "Give somebody an account."
    )
    return Question(f"{TaskKind.RUNG_EMPTY}:{region_code}:{stand}", TaskKind.RUNG_EMPTY, asked)
