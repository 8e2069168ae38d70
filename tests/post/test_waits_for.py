"""A letter that waits for a manager's answer names the task, to those who may see it."""

from __future__ import annotations

from sqlmodel import select

from tests.journeys.test_victim_to_choice import draft
from tests.journeys.world import World, told
from vcs.post.cases.case import case_of_letter
from vcs.post.cases.open_questions import tasks_to_answer
from vcs.post.records import LetterQuestion
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.terms import Role
from vcs.victims.records import Victim


def test_it_names_the_task_that_asks_whether_this_is_somebody_we_know(world: World) -> None:
    world.court_tells(told())
    letter = draft(world, world.refer())
    with world.db.writing() as session:
        victim = session.exec(select(Victim)).one()
        referral = session.get_one(Referral, victim.referral_id)
        place = (referral.region_code, None, referral.sentence_id, referral.id)
        asked = Question("same", TaskKind.SAME_PERSON, "Are they one?", *place, victim_id=victim.id)
        open_tasks(session, [asked], world.today)
    manager, elsewhere = world.people[Role.MANAGER], world.hire(Role.MANAGER, "W. Ales", "N03")
    with world.db.reading() as session:
        case = case_of_letter(session, world.sealer, manager, letter, world.today)
        (task,) = tasks_to_answer(session, manager, case.waits_for)
        assert (task.question, task.kind) == (LetterQuestion.PERSON_ASKED, "same_person")
        assert tasks_to_answer(session, elsewhere, case.waits_for) == ()
