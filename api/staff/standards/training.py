"""Courses: take one, see your own score; for managers, how many have passed and what goes wrong."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.files import csv_file
from api.staff.forms import Form, FormPage
from api.training_certificate import packed
from vcs.access.reads import names_of
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.lists.certificate.signing import signer_of
from vcs.training import sit
from vcs.training.again import last_passed
from vcs.training.courses import MINUTES, QUESTIONS, course, provisions
from vcs.training.records import CourseAnswer, CourseSitting
from vcs.training.register import completion, own_courses, wrong_provisions
from vcs.training.scenario import Scenario
from vcs.training.walk import begin_walk, walk_of

router = APIRouter()

_HEAD = ("region", "role", "course", "people", "passed")


@router.get("/training")
def training(visit: Visiting) -> Response:
    """List the courses, one's own first."""
    with visit.app.db.reading() as session:
        found = own_courses(session, visit.officer, visit.app.today)
    return pages.render(
        visit.request,
        "training/courses.html",
        title="Training",
        found=found,
        may_see=may(visit.officer, Act.SEE_TRAINING),
        minutes=MINUTES,
    )


@router.get("/training/register")
def register(visit: Visiting) -> Response:
    """Show how many have passed, and which provisions are answered wrongly most."""
    with visit.app.db.reading() as session:
        found = completion(session, visit.officer, visit.app.today)
        wrong = wrong_provisions(session, visit.officer)
    return pages.render(
        visit.request, "training/register.html", title="Who has passed", found=found, wrong=wrong
    )


@router.get("/training/register.csv")
def register_csv(visit: Visiting) -> Response:
    """Give how many have passed as a file for a spreadsheet."""
    with visit.app.db.reading() as session:
        found = completion(session, visit.officer, visit.app.today)
    rows = [
        (one.region, words.ROLES[one.role], one.course, one.people, one.passed) for one in found
    ]
    return csv_file.answer("training", _HEAD, lambda: iter(rows))


def _course_page(visit: Visit, course: str) -> FormPage:
    about = _named(course)
    with visit.app.db.reading() as session:
        passed_on = last_passed(session, visit.officer.account_id, course, visit.app.today)
    asks = f"{QUESTIONS} questions, about {MINUTES} minutes."
    if passed_on:
        asks = (
            f"You passed this course on {passed_on:%-d %B %Y}. If questions have changed since, "
            f"you are asked only those, and otherwise all {QUESTIONS}."
        )
    return FormPage(
        about.title,
        action=f"/training/courses/{course}",
        button="Begin",
        back="/training",
        lead=(
            about.about,
            f"{asks} For each, choose an answer and the reason for it: two points for both, one "
            "for the answer alone.",
            "You pass with 80% and no question about safety answered wrongly. Only you see your "
            "answers. Everybody in the questions is made up.",
        ),
    )


_named = course

BEGIN = Form((), _course_page)


@forms.serve(router, "/training/courses/{course}", BEGIN)
def begin(work: Work, entry: Entry, course: str) -> str:
    """Begin a sitting."""
    del entry
    return f"/training/sittings/{sit.begin(work, course).reference}/1"


@router.get("/training/sittings/{sitting}")
def result(visit: Visiting, sitting: str) -> Response:
    """Show a score and, where it was passed, the certificate."""
    with visit.app.db.reading() as session:
        own = sit.own_sitting(session, visit.officer.account_id, sitting)
        rows = sit.answers_of(session, own)
    return pages.render(
        visit.request,
        "training/result.html",
        title=course(own.course).title,
        sitting=own,
        rows=rows,
        next_place=next((row.place for row in rows if row.answer is None), None),
        counts=sit.counts(own, visit.app.today),
    )


@router.get("/training/sittings/{sitting}/certificate.zip")
def certificate(visit: Visiting, sitting: str) -> Response:
    """Give one's own certificate, signed with the service's key."""
    app = visit.app
    with app.db.reading() as session:
        own = sit.own_sitting(session, visit.officer.account_id, sitting)
        name = names_of(session)[visit.officer.account_id]
        signer = signer_of(session, app.settings)
        made = packed(own, name, signer, is_training=app.settings.is_training)
    headers = {"Content-Disposition": f'attachment; filename="certificate-{own.reference}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


def _question(visit: Visit, sitting: str, place: str) -> tuple[CourseSitting, CourseAnswer, int]:
    """Return a sitting, one of its questions, and how many it has."""
    with visit.app.db.reading() as session:
        own = sit.own_sitting(session, visit.officer.account_id, sitting)
        rows = sit.answers_of(session, own)
    for row in rows:
        if str(row.place) == place:
            return own, row, len(rows)
    raise NotFound("There is no such question.")


def _fields(visit: Visit, sitting: str, place: str) -> tuple[Field, ...]:
    own, row, _ = _question(visit, sitting, place)
    scenario = sit.scenario_of(own, row)
    return (
        Field(
            "answer",
            scenario.question,
            "radios",
            required="Select an answer",
            options=scenario.answers(),
        ),
        Field(
            "reason",
            "Why? Which provision or guidance decides it?",
            "radios",
            required="Select the reason",
            options=scenario.reasons(provisions(sit.law_of(own))),
        ),
    )


def _question_page(visit: Visit, sitting: str, place: str) -> FormPage:
    own, row, how_many = _question(visit, sitting, place)
    return FormPage(
        course(own.course).title,
        action=f"/training/sittings/{sitting}/{place}",
        button="Answer",
        back="/training",
        caption=f"Question {place} of {how_many}",
        template="training/question.html",
        more={"scenario": sit.scenario_of(own, row)},
    )


QUESTION = Form(_fields, _question_page)


@router.get("/training/sittings/{sitting}/{place}")
def question(visit: Visiting, sitting: str, place: str) -> Response:
    """Show a question; once it is answered, its answer with the reasons."""
    own, row, how_many = _question(visit, sitting, place)
    if row.answer is None:
        return forms.ask(visit, QUESTION)
    return _answered(visit, own, row, how_many)


def _answered(visit: Visit, own: CourseSitting, row: CourseAnswer, how_many: int) -> Response:
    scenario: Scenario = sit.scenario_of(own, row)
    return pages.render(
        visit.request,
        "training/answer.html",
        title=course(own.course).title,
        sitting=own,
        row=row,
        scenario=scenario,
        how_many=how_many,
    )


@router.post("/training/sittings/{sitting}/{place}")
def answer(visit: Visiting, posted: Posted, sitting: str, place: str) -> Response:
    """Keep an answer, and show what is right."""
    _question(visit, sitting, place)
    entry = forms.read_sent(visit, QUESTION, posted)

    def keep(work: Work) -> str:
        given = sit.Given(entry.typed["answer"], entry.typed["reason"])
        sit.answer(work, sitting, int(place), given)
        return f"/training/sittings/{sitting}/{place}"

    return forms.submit(visit, entry, keep, lambda refused: QUESTION.show(visit, refused))


def _walk_page(visit: Visit) -> FormPage:
    with visit.app.db.reading() as session:
        steps = walk_of(session, visit.officer)
    return FormPage(
        "A walk through the pages",
        action="/training/walk",
        button="Begin again" if steps else "Begin",
        back="/training",
        template="training/walk.html",
        lead=("Tasks on the real pages, with made-up people. Each checks itself.",),
        more={"steps": steps},
    )


def _only_in_training(visit: Visit) -> None:
    if not visit.app.settings.is_training:
        raise NotFound("The walk is there in training only: it would change real records.")


WALK = Form((), _walk_page, check=_only_in_training)


@router.get("/training/walk")
def walk(visit: Visiting) -> Response:
    """Show the tasks of one's role, and which are done."""
    _only_in_training(visit)
    return forms.ask(visit, WALK)


@router.post("/training/walk")
def walk_again(visit: Visiting, posted: Posted) -> Response:
    """Begin the walk, or begin it again."""
    entry = forms.read_sent(visit, WALK, posted)

    def start(work: Work) -> str:
        begin_walk(work)
        return pages.after("/training/walk", "walk-begun")

    return forms.submit(visit, entry, start, lambda refused: WALK.show(visit, refused))
