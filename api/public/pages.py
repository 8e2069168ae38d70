"""``/rules``, ``/check`` and ``/eligibility/check``: open to anyone, and nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from api.described.feeds import Checked
from api.described.others import ASKED
from api.described.problems import PROBLEMS
from api.officer import pages
from api.public import what_if
from api.public.asked import Asked, answered, facts_of
from api.public.lawbook import lawbook
from api.public.search import search
from api.public.what_if import WhatIf, read_what_if
from api.security import TheDoor
from vcs.errors import NotValid
from vcs.law import rule_sets
from vcs.law.conditions.voices import outcome_in_plain_words
from vcs.law.duties import deadlines
from vcs.law.eligibility import decide
from vcs.terms import Language

router = APIRouter()
On = Annotated[str, Query(max_length=10)]


@router.get("/rules", include_in_schema=False)
def rules(
    request: Request, here: TheDoor, on: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show the whole law as applied on a day."""
    day, problem = pages.day_asked(on, here.today)
    return pages.render(
        request,
        "public/rules.html",
        status=422 if problem else 200,
        title="The law as applied",
        book=lawbook(day),
        on=on,
        problem=problem,
    )


@router.get("/check", include_in_schema=False)
def check(request: Request, here: TheDoor) -> Response:
    """Answer a what-if question. What is asked stands in the address, and names nobody."""
    asked = read_what_if(request.query_params, here.today)
    found = search(asked.words) if asked.words else []
    return pages.render(
        request,
        "public/check.html",
        status=422 if asked.errors else 200,
        title="Check a sentence",
        asked=asked,
        errors=asked.errors,
        found=found,
        form=what_if,
        **_answer(asked, here.today),
    )


def _answer(asked: WhatIf, today: date) -> dict[str, Any]:
    if asked.facts is None:
        return {"decision": None}
    facts = facts_of(asked.facts)
    decision = decide(facts, rule_sets.named(asked.facts.rule_set))
    return {
        "decision": decision,
        "plain": [(one, outcome_in_plain_words(decision.outcome, one)) for one in Language],
        "owed": deadlines(decision.outcome, facts.sentenced_on, today),
    }


@router.post(
    "/eligibility/check",
    response_model=Checked,
    responses=PROBLEMS(408, 413, 422),
    openapi_extra=ASKED,
)
async def eligibility_check(request: Request, here: TheDoor) -> JSONResponse:
    """Answer the same question for programs."""
    try:
        asked = Asked.model_validate_json(await request.body())
    except ValidationError as refusal:
        wrong = {
            ".".join(str(step) for step in one["loc"]) or "body": one["msg"]
            for one in refusal.errors(include_url=False, include_context=False, include_input=False)
        }
        raise NotValid("Check the fields named below.", wrong) from None
    return JSONResponse(answered(asked, here.today))
