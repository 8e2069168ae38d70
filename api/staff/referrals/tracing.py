"""A victim’s details are being traced: step by step, with the day of the next look."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.referrals.heading import about_referral, page_of
from vcs.access.work import Work
from vcs.consequences.closing import before_referral
from vcs.consequences.closing.reopen import LONGEST_REASON
from vcs.consequences.tracing import StepTaken, take_step
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import ReferralStatus
from vcs.referrals.tracing.ladder import LADDER
from vcs.referrals.tracing.reads import trace_view
from vcs.victims.places.numbers import refuse_number

router = APIRouter()

_NEXT_LOOK = Field(
    "look_again_on",
    "When will somebody look again?",
    "date",
    hint="Within the next 28 days, for example 20 3 2026",
    required="Enter the day of the next look",
)

TRACE = about_referral(
    "trace",
    "The victim’s details are being traced",
    "Record it",
    (_NEXT_LOOK,),
    (
        "Use this where a victim is owed contact and cannot be reached yet.",
        "The deadline still runs, and the sentence still counts as not accounted for.",
    ),
)


@forms.serve(router, "/referrals/{reference}/trace", TRACE)
def trace(work: Work, entry: Entry, reference: str) -> str:
    """Record that the details are being traced."""
    before_referral.trace(work, reference, entry.day("look_again_on"))
    return pages.after(page_of(work.actor, reference), "traced")


@router.get("/referrals/{reference}/trace/steps")
def steps(visit: Visiting, reference: str) -> Response:
    """Show every step of the trace, with what came of it."""
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        view = trace_view(session, visit.app.sealer, referral.id)
    return pages.render(
        visit.request,
        "referrals/trace.html",
        title="Trace",
        reference=reference,
        is_open=referral.status != ReferralStatus.CLOSED,
        is_awaited=referral.status == ReferralStatus.AWAITING,
        look_again_on=referral.look_again_on,
        view=view,
    )


_STEP = (
    Field(
        "step",
        "Who was asked?",
        "radios",
        required="Select a step",
        options={str(code): name for code, name in LADDER.items()},
    ),
    Field(
        "outcome",
        "What came of it?",
        "radios",
        required="Select what came of it",
        options=dict(words.TRACE_OUTCOMES),
    ),
    Field(
        "tried_on",
        "When were they asked?",
        "date",
        hint="Leave blank where it cannot be tried",
        is_past=True,
    ),
    Field(
        "words",
        "What was said, or why can it not be tried?",
        "lines",
        hint="Do not enter an address or a telephone number: what was found belongs in the "
        "victim’s details",
        required="Enter what was said, or why it cannot be tried",
        longest=LONGEST_REASON,
    ),
    _NEXT_LOOK,
)


def _step_page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    soon = visit.app.today + timedelta(days=14)
    typed = {
        "look_again_on-day": str(soon.day),
        "look_again_on-month": str(soon.month),
        "look_again_on-year": str(soon.year),
    }
    return FormPage(
        "Record a step of the trace",
        action=f"/referrals/{reference}/trace/step",
        button="Record the step",
        back=f"/referrals/{reference}/trace/steps",
        caption=reference,
        typed=typed,
    )


STEP = Form(_STEP, _step_page)


@forms.serve(router, "/referrals/{reference}/trace/step", STEP)
def step(work: Work, entry: Entry, reference: str) -> str:
    """Record one step of the trace."""
    typed = entry.typed
    refuse_number("words", typed["words"])
    taken = StepTaken(
        typed["step"],
        typed["outcome"],
        entry.day_if_any("tried_on"),
        typed["words"],
        entry.day("look_again_on"),
    )
    take_step(work, reference, taken)
    return pages.after(f"/referrals/{reference}/trace/steps", "step-taken")
