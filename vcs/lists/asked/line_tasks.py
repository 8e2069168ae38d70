"""Ask a person about lines of a list: once for one matter, however many lines and lists name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access.work import Work
from vcs.alerts.causes.late_decisions import withdraw_late_decisions
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.intake.regions import region_named
from vcs.lists.asked.asked_lines import asked_lines
from vcs.lists.asked.questions import (
    UNKNOWN,
    UNKNOWN_TOPICS,
    is_asked,
    key_of_line,
    question_of,
)
from vcs.lists.asked.unknown import Groups
from vcs.lists.decided import is_urgent
from vcs.lists.endings import Reason
from vcs.lists.reconcile import Ended, Reconciled, whole_window
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskTopic

_TASKS = table_of(Task)

_AT_A_TIME: Final = 500

_MOST_URGENT: Final = (
    Reason.ELIGIBLE_UNKNOWN_TO_US,
    Reason.DISCRETIONARY_UNKNOWN_TO_US,
    Reason.UNDECIDED_UNKNOWN_TO_US,
)


@dataclass(slots=True)
class _Matter:
    """What one question is about: the line that says most of it."""

    question: Question
    ended: Ended
    task_id: int | None = None


def ask_about(work: Work, found: Reconciled) -> Mapping[int, int]:
    """Open the questions of a list. Returns the task of each line that has one, by its place."""
    matters: dict[str, _Matter] = {}
    names: dict[int, str] = {}
    groups, held = _groups(work.session, work.sealer)
    for place, ended in enumerate(found.ended):
        if not is_asked(ended.ending):
            continue
        question = question_of(found.coverage.kind, ended, work.sealer, work.today)
        name = _name(groups, ended, question.key)
        names[place] = name
        before = matters.get(name)
        if before is None or _rank(ended) < _rank(before.ended):
            matters[name] = _Matter(question, ended, held.get(name))
    ids = _opened(work, matters)
    return {place: ids[name] for place, name in names.items()}


def _name(groups: Groups, ended: Ended, key: str) -> str:
    """Return the name of the matter of a line, the same for each line of one sentence."""
    if ended.line is None or ended.ending.reason not in UNKNOWN:
        return key
    name = groups.of(ended.line)
    if name is None:
        groups.lead(key, ended.line)
    return name or key


def _rank(ended: Ended) -> int:
    reason = ended.ending.reason
    return _MOST_URGENT.index(reason) if reason in _MOST_URGENT else len(_MOST_URGENT)


def _groups(session: Session, sealer: Sealer) -> tuple[Groups, dict[str, int]]:
    """Return the sentences of lists that are asked about already, and the task of each matter.

    A line that nothing could be decided about is found by what it says: its digest is another one
    under each sealing key.
    """
    groups = Groups(whole_window(session))
    held: dict[str, int] = {}
    for one in asked_lines(session, sealer, (*UNKNOWN_TOPICS, str(TaskTopic.LIST_UNSURE))):
        held[key_of_line(one.text, sealer)] = one.task_id
        if one.is_unknown:
            name = f"task:{one.task_id}"
            held[name] = one.task_id
            groups.lead(name, one.line)
    return groups, held


def _opened(work: Work, matters: Mapping[str, _Matter]) -> dict[str, int]:
    new = {name: one for name, one in matters.items() if one.task_id is None}
    before = _ids_of(work.session, [one.question.key for one in new.values()])
    open_tasks(work.session, (one.question for one in new.values()), work.today)
    ids = _ids_of(work.session, [one.question.key for one in new.values()])
    for name, one in matters.items():
        one.task_id = one.task_id or ids[one.question.key]
        if one.question.key not in before and name in new:
            _alert(work, one)
        elif one.ended.ending.reason is Reason.ELIGIBLE_UNKNOWN_TO_US:
            _raise(work, one)
    return {name: one.task_id or 0 for name, one in matters.items()}


def _ids_of(session: Session, keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(0, len(keys), _AT_A_TIME):
        query = select(_TASKS.c.key, _TASKS.c.id)
        some = query.where(_TASKS.c.key.in_(keys[at : at + _AT_A_TIME]))
        found |= {row.key: row.id for row in session.execute(some)}
    return found


def _raise(work: Work, matter: _Matter) -> None:
    """Say of an open question that contact is owed, where a further list shows it."""
    said = matter.question.text
    other = work.session.get_one(Task, matter.task_id)
    if other.topic != TaskTopic.UNKNOWN_TO_US:
        other.question, other.topic = said, TaskTopic.UNKNOWN_TO_US
        other.region_code = other.region_code or matter.question.region_code
        work.session.add(other)
        _alert(work, matter)


def _alert(work: Work, matter: _Matter) -> None:
    """Owe an email at once where contact is owed and the release may be near."""
    ended = matter.ended
    is_owed = ended.ending.reason is Reason.ELIGIBLE_UNKNOWN_TO_US
    if not is_owed or ended.line is None or not is_urgent(ended.line):
        return
    region = region_named(matter.question.region_code)
    values = {"region": region.name if region else "no region yet"}
    code = matter.question.region_code
    subject = matter.question.key
    notice = Notice(AlertKind.LIST_UNKNOWN, subject, work.today.isoformat(), values, code)
    owe_alert(work.session, notice, work.now)


def end_tasks(work: Work, task_ids: Iterable[int], answer: str) -> int:
    """Close questions that answered themselves. Their keys are free for a later list to ask anew.

    Returns how many were open.
    """
    wanted = sorted(set(task_ids))
    open_ones = (_TASKS.c.id.in_(wanted), _TASKS.c.done_at.is_(None))
    done = {
        "done_at": work.now,
        "answer": answer,
        "key": _TASKS.c.key + ":" + _TASKS.c.reference,
    }
    ended = work.session.execute(
        update(_TASKS).where(*open_ones).values(done).returning(_TASKS.c.id)
    )
    ids = list(ended.scalars())
    withdraw_late_decisions(work.session, ids, work.now)
    return len(ids)
