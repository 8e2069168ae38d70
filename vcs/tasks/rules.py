"""Who sees a task: one rule, as Python and as SQL, over the reach of ``vcs/access/rules.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import col

from vcs.access.actors import NOTHING_HIDDEN, Actor, Hidden, Placed, Reach
from vcs.access.rules import MANAGING, reach
from vcs.tasks.kinds import POLICIES
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role

_NOTHING = Reach()


@dataclass(frozen=True, slots=True)
class TaskReach:
    """Which tasks somebody sees.

    ``of_a_sentence`` is where the sentence of a task must lie, or its referral once it has one;
    ``of_no_sentence`` where a task must lie that is about none.
    """

    of_the_program: bool = False
    of_a_sentence: Reach = _NOTHING
    of_no_sentence: Reach = _NOTHING
    hidden: Hidden = NOTHING_HIDDEN

    def covers(self, task: Task, placed: Placed | None) -> bool:
        """Return whether a task is within reach. ``placed`` is its referral or sentence, if any."""
        if POLICIES[TaskKind(task.kind)].of_administrators:
            return self.of_the_program
        if self._hides(task):
            return False
        if placed is None:
            return self.of_no_sentence.covers(_Place(task.region_code))
        return self.of_a_sentence.covers(placed)

    def _hides(self, task: Task) -> bool:
        """Return whether a task is about a referral, person, request or sentence that is hidden."""
        return (
            task.referral_id in self.hidden.referrals
            or task.person_id in self.hidden.people
            or task.request_receipt in self.hidden.requests
            or task.other_sentence_id in self.hidden.sentences
        )

    def covering(self, within: Callable[[Reach], ColumnElement[bool]]) -> ColumnElement[bool]:
        """Return the same rule for a query. ``within`` says it of the sentence beside a task."""
        of_program = col(Task.kind).in_(_OF_THE_PROGRAM)
        is_of_none = col(Task.sentence_id).is_(None)
        of_none = and_(is_of_none, self.of_no_sentence.covering(col(Task.region_code), None, None))
        of_one = and_(~is_of_none, within(self.of_a_sentence))
        of_a_unit = and_(~of_program, or_(of_none, of_one), *self._not_hidden())
        return or_(of_program, of_a_unit) if self.of_the_program else of_a_unit

    def _not_hidden(self) -> Iterator[ColumnElement[bool]]:
        for column, hidden in (
            (col(Task.referral_id), self.hidden.referrals),
            (col(Task.person_id), self.hidden.people),
            (col(Task.request_receipt), self.hidden.requests),
            (col(Task.other_sentence_id), self.hidden.sentences),
        ):
            if hidden:
                yield or_(column.is_(None), column.not_in(hidden))


@dataclass(frozen=True, slots=True)
class _Place:
    region_code: str | None
    police_area: str | None = None
    sentence_id: int | None = None


_OF_THE_PROGRAM = [str(kind) for kind, row in POLICIES.items() if row.of_administrators]


def task_reach(actor: Actor) -> TaskReach:
    """Return which tasks somebody sees, and may answer where the kind of task names their role."""
    if actor.role is Role.ADMINISTRATOR:
        return TaskReach(of_the_program=True, of_no_sentence=Reach(everywhere=True))
    if actor.role in MANAGING:
        return TaskReach(
            of_a_sentence=reach(actor),
            of_no_sentence=Reach(region_code=actor.region_code),
            hidden=actor.hidden,
        )
    if actor.role is Role.VLO:
        return TaskReach(of_a_sentence=reach(actor), hidden=actor.hidden)
    return TaskReach()


def unknown_first() -> ColumnElement[int]:
    """Return the order of tasks: what nobody was told of comes before what somebody knows."""
    return case(
        (col(Task.topic) == str(TaskTopic.UNKNOWN_TO_US), 0),
        (col(Task.topic) == str(TaskTopic.UNKNOWN_UNDECIDED), 1),
        else_=2,
    )
