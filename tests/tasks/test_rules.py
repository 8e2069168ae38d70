"""Who sees a task: the same as Python and as SQL, for each kind, role and place."""

from __future__ import annotations

from itertools import product

import pytest
from sqlmodel import Session, select

from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.access.actors import Actor
from vcs.access.rules import MANAGING
from vcs.consequences.answers import open_task
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.intake.regions import REGIONS
from vcs.paging import Slice
from vcs.referrals.questions.task_reads import tasks
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.tasks import kinds
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.kinds import POLICIES, AskedFor, TaskPolicy
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach
from vcs.terms import Role


def ask_each(world: World) -> None:
    """Ask each kind of question about a sentence of ours, of another region, and about none."""
    world.court_tells(told(FRIDAY_20_MARCH, ("Ours", *ELIGIBLE), ("Theirs", *ELIGIBLE)))
    other = next(one.code for one in REGIONS if one.code != ours(world))
    with world.db.writing() as session:
        first, second = session.exec(select(Sentence).order_by("id")).all()
        move(session, second, other)
        places = ((first.id, ours(world)), (second.id, other), (None, ours(world)), (None, None))
        questions = [
            Question(f"{kind}:{n}", kind, "Why?", region, sentence_id=sentence_id)
            for kind, (n, (sentence_id, region)) in product(TaskKind, enumerate(places))
        ]
        open_tasks(session, questions, world.today)


def ours(world: World) -> str:
    region = world.people[Role.MANAGER].region_code
    assert region
    return region


def move(session: Session, sentence: Sentence, region: str) -> None:
    referral = session.exec(select(Referral).where(Referral.sentence_id == sentence.id)).one()
    referral.region_code = sentence.region_code = region
    referral.police_area = sentence.police_area = None
    session.add_all([referral, sentence])


@pytest.mark.parametrize("role", list(Role))
def test_what_a_list_shows_is_what_can_be_opened(world: World, role: Role) -> None:
    ask_each(world)
    who = world.people[role]
    with world.db.writing() as session:
        pages = [tasks(session, who, world.today, Slice(one, 100)).rows for one in (1, 2)]
        listed = {row.reference for rows in pages for row in rows}
        references = session.exec(select(Task.reference)).all()
        opened = {one for one in references if sees(session, who, one)}
    assert opened == listed
    assert bool(listed) == (role in (Role.VLO, *MANAGING, Role.ADMINISTRATOR))


def sees(session: Session, who: Actor, reference: str) -> bool:
    task = session.exec(select(Task).where(Task.reference == reference)).one()
    referral = session.exec(select(Referral).where(Referral.sentence_id == task.sentence_id))
    placed = referral.first() or session.get(Sentence, task.sentence_id or 0)
    return task_reach(who).covers(task, placed)


def test_every_kind_has_a_row_and_somebody_who_answers() -> None:
    assert set(POLICIES) == set(TaskKind)
    assert all(row.answered_by for row in POLICIES.values())


def test_a_row_decides_who_answers_a_question_and_with_what(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_each(world)

    def tried(role: Role, asked: AskedFor) -> None:
        with world.db.writing() as session:
            task = session.exec(select(Task).where(Task.key == "calendar:2")).one()
            open_task(world.work(session, world.people[role]), task.reference, asked)

    tried(Role.ADMINISTRATOR, AskedFor.DONE)
    with pytest.raises(NotFound):
        tried(Role.MANAGER, AskedFor.DONE)
    row = TaskPolicy(AskedFor.REGION, (Role.MANAGER,))
    monkeypatch.setitem(kinds.POLICIES, TaskKind.CALENDAR, row)
    tried(Role.MANAGER, AskedFor.REGION)
    with pytest.raises(NotValid):
        tried(Role.MANAGER, AskedFor.DONE)
    with pytest.raises(NotAllowed):
        tried(Role.ADMINISTRATOR, AskedFor.REGION)
