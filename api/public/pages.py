"""``/rules``, ``/check`` and ``/eligibility/check``: open to anyone, and nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.responses import JSONResponse, Response

from api.guards.session import App
from api.openapi.feeds import Checked
from api.openapi.others import ASKED
from api.openapi.problems import PROBLEMS
from api.public import questions
from api.public.answer import answer_to
from api.public.asked import Asked, answered
from api.public.law_sections import offence_sections, result_section
from api.public.lawbook import lawbook
from api.public.search import search
from api.public.what_if import FORM, read_what_if
from api.staff import pages
from vcs.errors import NotFound, NotValid
from vcs.law.book.sections import Section
from vcs.law.specified_offence import offences

router = APIRouter()

On = Annotated[str, Query(max_length=10)]


@router.get("/rules", include_in_schema=False)
def rules(request: Request, app: App, on: On = "", since: On = "") -> Response:
    """Show the whole law as applied on a day, and what changed since an earlier one."""
    day, problem = pages.day_asked(on, app.today)
    before, wrong = pages.day_asked(since, day)
    if since and not wrong and before >= day:
        wrong = f"Enter a day before {day.isoformat()}"
    problems = {name: why for name, why in (("on", problem), ("since", wrong)) if why}
    return pages.render(
        request,
        "public/rules.html",
        status=422 if problems else 200,
        title="The law as applied",
        book=lawbook(day, before if since and not wrong else None),
        on="" if problem else on,
        typed={"on": on, "since": since},
        problems=problems,
        errors=[{"text": why, "href": f"#{name}"} for name, why in problems.items()],
    )


@router.get("/rules/offences", include_in_schema=False)
def rules_of_offences(
    request: Request, app: App, group: Annotated[str, Query(max_length=2)] = "1", on: On = ""
) -> Response:
    """Show the offences that the law of a day lists or that are in doubt, a group at a time."""
    day, problem = pages.day_asked(on, app.today)
    groups = offence_sections(day)
    place = int(group) if group.isascii() and group.isdigit() else 0
    if problem or not 1 <= place <= len(groups):
        raise NotFound
    return _section(request, groups[place - 1], groups, day, on)


@router.get("/rules/results", include_in_schema=False)
def rules_of_results(request: Request, app: App, on: On = "") -> Response:
    """Show what each result code, definition and form of words means."""
    day, problem = pages.day_asked(on, app.today)
    if problem:
        raise NotFound
    return _section(request, result_section(), (), day, on)


def _section(
    request: Request, chosen: Section, others: tuple[Section, ...], day: date, on: str
) -> Response:
    return pages.render(
        request,
        "public/section.html",
        title=f"{chosen.number} {chosen.title}",
        chosen=chosen,
        others=others,
        day=day,
        on=on,
    )


@router.get("/check", include_in_schema=False)
def check(request: Request, app: App) -> Response:
    """Answer a what-if question. The question is in the address, and names nobody."""
    asked = read_what_if(request.query_params, app.today)
    return pages.render(
        request,
        "public/check.html",
        status=422 if asked.errors else 200,
        title="Check a sentence",
        asked=asked,
        errors=asked.errors,
        found=search(asked.words) if asked.words else None,
        form=questions,
        marker=FORM,
        chosen=offences.find(asked.code),
        answer=answer_to(asked, app.today),
        base_url=app.settings.base_url,
    )


@router.post(
    "/eligibility/check",
    response_model=Checked,
    responses=PROBLEMS(408, 413, 422),
    openapi_extra=ASKED,
)
async def eligibility_check(request: Request, app: App) -> JSONResponse:
    """Answer the same question for programs."""
    try:
        asked = Asked.model_validate_json(await request.body())
    except ValidationError as refusal:
        wrong = {
            _where(error): error["msg"]
            for error in refusal.errors(
                include_url=False, include_context=False, include_input=False
            )
        }
        raise NotValid("Check the fields named below.", wrong) from None
    return JSONResponse(answered(asked, app.today))


def _where(refusal: ErrorDetails) -> str:
    """Name the field that is wrong; a name that we do not know is never repeated."""
    *steps, last = refusal["loc"] or ("body",)
    steps.append("(not known)" if refusal["type"] == "extra_forbidden" else last)
    return ".".join(str(step) for step in steps)
