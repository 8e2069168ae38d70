"""What a person answered before is shown to whoever is asked the same, and a court is learned."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, select

from tests.journeys.world import CANNOT_TELL, CARDIFF, LEEDS, NOWHERE, WALES, YORKSHIRE, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from vcs.consequences.answers import route_referral
from vcs.referrals.questions.earlier_answers import EarlierAnswer
from vcs.referrals.questions.task_reads import TaskRow, TaskView, task_page
from vcs.referrals.records import Referral
from vcs.sentences.records import CourtAnswer
from vcs.terms import Outcome, Role

LONDON = "N07"


def doubt(number: int, court: tuple[str, str] = LEEDS) -> bytes:
    """Return a sentence whose length is not stated, in a case of its own."""
    return told(FRIDAY, ("Madeup", *CANNOT_TELL), urn=f"13EX{number:05}26", court=court)


def asked(world: World, kind: str) -> list[TaskRow]:
    return [task for task in world.tasks() if task.kind == kind]


def decide(world: World, outcome: Outcome, note: str) -> None:
    """Let the manager answer the first question whether contact is owed."""
    world.decide(asked(world, "decide")[0].reference, outcome, note)


def page(world: World, task: TaskRow) -> TaskView:
    with world.db.reading() as session:
        who = world.people[Role.MANAGER]
        return task_page(session, world.sealer, who, task.reference, world.today)


def said(found: tuple[EarlierAnswer, ...]) -> list[tuple[str, str, str]]:
    return [(one.who, one.answer, one.note) for one in found]


def test_who_is_asked_about_an_offence_sees_how_it_was_answered_before(world: World) -> None:
    world.court_tells(doubt(1), doubt(2))
    decide(world, Outcome.NOT_ELIGIBLE, "Nine months, by the register.")
    (task,) = asked(world, "decide")
    (earlier,) = page(world, task).earlier
    assert earlier.answered_at == world.clock.now()
    assert said((earlier,)) == [("Second Manager", "not_eligible", "Nine months, by the register.")]
    assert earlier.case_reference == "13EX0000126"


def test_the_last_five_are_shown_the_newest_first(world: World) -> None:
    world.court_tells(*(doubt(number) for number in range(1, 8)))
    for number in range(6):
        world.clock.move_to(FRIDAY + timedelta(days=number))
        decide(world, Outcome.NOT_ELIGIBLE, f"Answer {number}")
    (task,) = asked(world, "decide")
    shown = [one.note for one in page(world, task).earlier]
    assert shown == [f"Answer {number}" for number in (5, 4, 3, 2, 1)]


def test_an_answer_of_another_region_or_to_another_question_is_not_shown(world: World) -> None:
    world.court_tells(doubt(1, CARDIFF))
    here, world.people[Role.MANAGER] = (
        world.people[Role.MANAGER],
        world.hire(Role.MANAGER, "Carys", region=WALES),
    )
    decide(world, Outcome.NOT_ELIGIBLE, "Nine months.")
    world.people[Role.MANAGER] = here
    world.court_tells(doubt(2))
    (task,) = asked(world, "decide")
    assert page(world, task).earlier == ()


def test_the_same_offence_with_another_fact_missing_is_another_question(world: World) -> None:
    world.court_tells(doubt(1))
    decide(world, Outcome.NOT_ELIGIBLE, "Nine months.")
    body = told(FRIDAY, ("Madeup", "IMP", "2 Years"), urn="13EX0000226")
    world.court_tells(body.replace(b"OF61131", b"ZZ00001"))
    (task,) = asked(world, "decide")
    assert page(world, task).earlier == ()


def lost(number: int, held_on: date = FRIDAY) -> bytes:
    """Return an eligible sentence of a court that no table places."""
    return told(held_on, urn=f"13EX{number:05}26", court=NOWHERE)


def route(world: World, region: str) -> None:
    """Let the manager route the first referral that waits for it."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        route_referral(work, asked(world, "route")[0].reference, region)


def regions(world: World) -> list[str | None]:
    with Session(world.db.engine) as session:
        return list(session.exec(select(Referral.region_code).order_by("id")))


def test_one_answer_for_a_court_is_named_and_chosen_for_nobody(world: World) -> None:
    world.court_tells(lost(1), lost(2))
    route(world, YORKSHIRE)
    (task,) = asked(world, "route")
    assert [one.answer for one in page(world, task).earlier] == [YORKSHIRE]
    assert regions(world) == [YORKSHIRE, None]


def test_two_answers_alike_make_the_region_known_and_nobody_is_asked_again(world: World) -> None:
    world.court_tells(*(lost(number) for number in range(1, 5)))
    route(world, YORKSHIRE)
    route(world, YORKSHIRE)
    assert asked(world, "route") == []
    assert regions(world) == [YORKSHIRE] * 4
    world.court_tells(lost(5))
    assert asked(world, "route") == []
    assert regions(world) == [YORKSHIRE] * 5
    assert world.problems() == []


def test_answers_that_differ_go_on_being_asked(world: World) -> None:
    world.court_tells(*(lost(number) for number in range(1, 5)))
    route(world, YORKSHIRE)
    route(world, LONDON)
    assert len(asked(world, "route")) == 2
    assert regions(world) == [YORKSHIRE, LONDON, None, None]


def test_each_answer_for_a_court_is_a_dated_row_with_who_gave_it(world: World) -> None:
    world.court_tells(lost(1))
    route(world, YORKSHIRE)
    with Session(world.db.engine) as session:
        (row,) = session.exec(select(CourtAnswer)).all()
    assert (row.court, row.region_code) == (NOWHERE[0][:5], YORKSHIRE)
    assert row.answered_by == world.people[Role.MANAGER].account_id
    assert row.answered_at == world.clock.now()


def test_what_a_person_routed_elsewhere_stays_there(world: World) -> None:
    world.court_tells(*(lost(number) for number in range(1, 4)))
    for region in (LONDON, YORKSHIRE, YORKSHIRE):
        route(world, region)
    world.court_tells(lost(1), lost(4))
    assert regions(world) == [LONDON, YORKSHIRE, YORKSHIRE, YORKSHIRE]
