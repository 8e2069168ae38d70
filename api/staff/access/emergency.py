"""Opening a referral in an emergency: the same answer whether or not there is one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.emergency.policy import REASONS
from vcs.referrals.emergency import LONGEST_WORDS, open_in_emergency

router = APIRouter(include_in_schema=False)

_FIELDS = (
    Field(
        "reference",
        "Which referral?",
        hint="Its reference, like VCS-7K3M-9QTD",
        required="Enter a reference like VCS-7K3M-9QTD",
        longest=20,
        width="govuk-input--width-20",
    ),
    Field(
        "reason",
        "What is the emergency?",
        "radios",
        required="Select what the emergency is",
        options=REASONS,
    ),
    Field(
        "words",
        "What has happened, and what must you do?",
        "lines",
        hint="Do not name a victim. Managers read this at once",
        required="Enter what has happened and what you must do",
        longest=LONGEST_WORDS,
    ),
)


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Open a referral in an emergency",
        action="/emergency",
        button="Record this and open it",
        back="/",
        lead=(
            "Only for a danger now, when you must act on a referral that you cannot open.",
            "It is recorded first. Managers are told at once who opened what, and why.",
        ),
    )


EMERGENCY = Form(_FIELDS, _page)


@forms.serve_look(router, "/emergency", EMERGENCY)
def open_now(visit: Visit, entry: Entry) -> Response:
    """Record it, and say until when the referral can be seen if there is one."""
    asked = entry.typed
    with visit.app.db.writing() as session:
        work = visit.work(session)
        opened = open_in_emergency(work, asked["reference"], asked["reason"], asked["words"])
    return pages.render(
        visit.request,
        "referrals/emergency.html",
        title="This has been recorded",
        reference=opened.reference,
        until=opened.until,
    )
