"""The door of offender managers' systems: one answer for every case, then what may be used."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.guards.session import App
from api.openapi.problems import PROBLEMS
from api.state import AppState
from vcs import logs
from vcs.access.reads import units_for_programs
from vcs.consultations.ask import Asked, KeptQuestion, ask
from vcs.consultations.kinds import LEAD, NO_ANSWER, STEPS, ConsultationKind
from vcs.consultations.reads import answer_of
from vcs.errors import NotFound

router = APIRouter(tags=["Consultation"])


class Question(BaseModel):
    """What an offender manager asks before a decision."""

    model_config = ConfigDict(extra="forbid")

    reference: str = Field(max_length=60, description="A CRN, a prison number, a PNC or a URN")
    kind: ConsultationKind
    about: str = Field("", max_length=2000, description="What is to be decided, in words")
    decision_on: date | None = None
    offender: str = Field(
        "", max_length=200, description="The offender’s name. With a URN: whom of the case you mean"
    )
    date_of_birth: date | None = Field(None, description="The offender’s date of birth")


class UnitToConsult(BaseModel):
    """A victim liaison unit and how it is reached."""

    region: str
    name: str
    phone: str
    email: str


class Consulted(BaseModel):
    """The answer: the same words, status and units for every reference."""

    receipt: str
    status: Literal["consult_the_unit"]
    answer_by: date
    words: str
    steps: list[str]
    units: list[UnitToConsult]


class RequestedCondition(BaseModel):
    """A condition that is asked for, as far as it may be used. Never tell the offender of it."""

    code: str
    version: str
    condition: str
    place: str
    reasons: str


class ConsultationAnswer(BaseModel):
    """What the unit answered. *No answer* is the same whether or not there is a victim."""

    receipt: str
    kind: ConsultationKind
    asked_on: date
    answer_by: date
    status: Literal["no_answer", "requests"]
    words: str
    requests: list[RequestedCondition]


@router.post(
    "/consultations",
    status_code=200,
    response_model=Consulted,
    responses=PROBLEMS(400, 401, 403, 408, 413, 422, 503),
)
async def consult(
    request: Request, app: App, question: Annotated[Question, Body()]
) -> JSONResponse:
    """Keep a question, and say how the unit is consulted: alike for every reference."""
    asked = Asked(
        question.reference,
        question.kind,
        question.about,
        question.decision_on,
        question.offender,
        question.date_of_birth,
    )
    kept, units = await run_in_threadpool(_keep, app, request.state.client_id, asked)
    logs.bind(receipt=kept.receipt)
    told = Consulted(
        receipt=kept.receipt,
        status="consult_the_unit",
        answer_by=kept.answer_by,
        words=LEAD,
        steps=list(STEPS),
        units=units,
    )
    return JSONResponse(told.model_dump(mode="json"))


@router.get(
    "/consultations/{receipt}",
    response_model=ConsultationAnswer,
    responses=PROBLEMS(401, 403, 404, 503),
)
def answer(request: Request, receipt: str, app: App) -> JSONResponse:
    """Report what the unit answered: requests only where whoever asks agreed to that."""
    with app.db.reading() as session:
        found = answer_of(session, app.sealer, request.state.client_id, receipt)
    if found is None:
        raise NotFound("There is no such receipt.")
    told = ConsultationAnswer(
        receipt=found.receipt,
        kind=ConsultationKind(found.kind),
        asked_on=found.asked_on,
        answer_by=found.answer_by,
        status="requests" if found.requests else "no_answer",
        words="" if found.requests else NO_ANSWER,
        requests=[
            RequestedCondition(
                code=one.code,
                version=one.version,
                condition=one.condition,
                place=one.place,
                reasons=one.reasons,
            )
            for one in found.requests
        ],
    )
    return JSONResponse(told.model_dump(mode="json"))


def _keep(app: AppState, client_id: str, asked: Asked) -> tuple[KeptQuestion, list[UnitToConsult]]:
    with app.db.writing() as session:
        kept = ask(session, app.sealer, asked, (client_id, app.now()))
        units = [
            UnitToConsult(region=one.region, name=one.name, phone=one.phone, email=one.email)
            for one in units_for_programs(session)
        ]
    return kept, units
